"""Photos by their hash."""

from __future__ import annotations

from django.db import models

from wangge.lib.scoping import Scoped

KEPT = "with the matter it belongs to, at most three years"


class Photo(Scoped):
    """照片: ``digest`` is the SHA-256 of the whole file in hex; ``received`` bytes of ``size`` are here.
    Complete when ``complete_at`` is set; ``refused`` says why it will never be (not a picture)."""

    personal = {"content": ("photos show homes and people", KEPT)}
    sealed_files = ("content",)  # as soon as it is complete
    digest = models.CharField(max_length=64, unique=True)
    area_code = models.CharField(max_length=15, db_index=True)
    size = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=10, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    content = models.FileField(upload_to="photos/%Y/%m/", blank=True)
    tries = models.PositiveSmallIntegerField(default=0)  # how often the whole had another hash
    refused = models.CharField(max_length=20, blank=True)
    made_by = models.CharField(max_length=60)
    begun_at = models.DateTimeField(auto_now_add=True)
    complete_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.pk}"

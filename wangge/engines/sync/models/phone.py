"""A worker's phone."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wangge.lib.scoping import Scoped


class Phone(Scoped):
    """工作手机: one installation of the field app, of one worker. Revoked, it wipes itself when it calls."""

    personal = {"name": ("whose phone it is, to find it when it is lost", "a year after it was last seen")}
    device = models.UUIDField(unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    area_code = models.CharField(max_length=15, db_index=True)
    name = models.CharField(max_length=60, blank=True)
    app = models.CharField(max_length=40, blank=True)
    last_seq = models.PositiveIntegerField(default=0)
    registered_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    pulled_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    wiped_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.pk}"

"""Posters asked for on a page and written by the worker."""

from django.conf import settings
from django.db import models

from wangge.lib.scoping import Scoped

from ..enums import Paper, PosterState


class PosterRun(Scoped):
    """One PDF with the posters of these codes; the file goes after a day."""

    personal = {"created_by": ("account that asked for it and may fetch it", "as long as the trail")}
    area_code = models.CharField(max_length=15, db_index=True)
    codes = models.JSONField(default=list)  # keys of the codes, in the order of the pages
    paper = models.CharField(max_length=2, choices=Paper.choices)
    base = models.CharField(max_length=200)  # where the printed addresses lead: scheme and host
    state = models.CharField(max_length=8, choices=PosterState.choices, default=PosterState.WAITING)
    drawn = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    stored = models.CharField(max_length=60, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.pk}"

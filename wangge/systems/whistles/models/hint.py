"""Somebody in the field asks for a whistle she may not blow herself."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wangge.lib.scoping import Scoped

from .whistle import Whistle

KEPT = "two years"


class Hint(Scoped):
    """请吹哨 (转吹哨 on a patrol): once for each ``op``, answered by a whistle or put aside with a reason."""

    personal = {
        "words": ("what was seen; may speak of somebody", KEPT),
        "reason": ("why no whistle was blown; may speak of somebody", KEPT),
        "lon": ("where it was seen, to send the units there", KEPT),
        "lat": ("where it was seen", KEPT),
    }
    op = models.UUIDField(unique=True)
    area_code = models.CharField(max_length=15)
    title = models.CharField(max_length=80)
    words = models.CharField(max_length=2000, blank=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    photos = models.JSONField(default=list)
    account = models.CharField(max_length=150)  # who asked
    at = models.DateTimeField()
    whistle = models.ForeignKey(Whistle, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=150, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["area_code"], name="hint_open", condition=Q(answered_at=None))]

    def __str__(self) -> str:
        return self.title

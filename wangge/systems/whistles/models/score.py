"""What the community that whistled thinks of a unit that came."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wangge.lib.scoping import Scoped

from .whistle import Call

MOST = 5


class Score(Scoped):
    """评价: response, attitude and result, one to five each. Once for each call; when the matter has to be
    done again the one before does not stand any more and another is given."""

    personal = {
        "words": ("what was said of it; may speak of somebody", "as the case"),
        "name": ("who judged, as readers know her", "as the case"),
    }
    area_lookup = "call__whistle__case__area_code"
    op = models.UUIDField(unique=True)
    call = models.ForeignKey(Call, models.CASCADE, related_name="scores")
    response = models.PositiveSmallIntegerField()
    attitude = models.PositiveSmallIntegerField()
    result = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=500, blank=True)
    account = models.CharField(max_length=150)
    name = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    standing = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call"], condition=Q(standing=True), name="score_once"),
            models.CheckConstraint(
                condition=Q(response__range=(1, MOST), attitude__range=(1, MOST), result__range=(1, MOST)),
                name="score_one_to_five",
            ),
        ]
        indexes = [models.Index(fields=["at"], name="score_at")]

    def __str__(self) -> str:
        return f"{self.call_id}"

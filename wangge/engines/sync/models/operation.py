"""What a phone sent, and the receipt it got."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from wangge.lib.scoping import Scoped

from ..enums import State
from .phone import Phone

KEPT = "three years, then counts only"
ODD_CLOCK = 300  # seconds a clock may be wrong before anybody is told


class Operation(Scoped):
    """操作: once for each ``op``. ``receipt`` is what the phone shows green for; the same ``op`` again gets
    it again. ``payload_sealed`` keeps what was sent, also when it was rejected: nothing is lost."""

    personal = {"payload_sealed": ("what was sent, sealed", KEPT)}
    op = models.UUIDField(unique=True)
    phone = models.ForeignKey(Phone, models.PROTECT, related_name="operations")
    area_code = models.CharField(max_length=15, db_index=True)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    payload_sealed = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices)
    reason = models.CharField(max_length=300, blank=True)
    result = models.JSONField(default=dict)  # identifiers and counts, no personal values
    photos = models.JSONField(default=list)  # [{"digest", "size"}]
    receipt = models.CharField(max_length=64)
    at = models.DateTimeField()  # by the phone's clock
    skew = models.IntegerField(default=0)  # seconds the phone's clock was ahead
    received_at = models.DateTimeField(default=timezone.now)
    copy_of = models.UUIDField(null=True, blank=True)  # the operation whose number it bore as well

    class Meta:
        indexes = [
            models.Index(fields=["phone", "-id"], name="operation_of_phone"),
            models.Index(
                fields=["area_code", "-id"], name="operation_rejected", condition=models.Q(state="rejected")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def true_at(self) -> datetime:
        """When it was recorded, by the server's clock."""
        return self.at - timedelta(seconds=self.skew)

    @property
    def odd_clock(self) -> bool:
        """Whether the phone's clock was so wrong that people should know."""
        return abs(self.skew) > ODD_CLOCK

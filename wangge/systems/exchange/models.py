"""数据共享台账 (S38): what was asked, who agreed, and what each comparison came to; no row of any list."""

from __future__ import annotations

from django.db import models

from wangge.lib.scoping import Scoped

from .enums import OPEN, OVER, READY, State

TRAIL = ("account name; to answer for it", "five years after it is over")
WORDS = ("why; somebody may write a name", "five years after it is over")


class ShareRequest(Scoped):
    """共享申请: an office's lists may be compared with the people of one area, for one purpose, until a day.

    ``asked_from`` is the prefix of the widest area in which the asker may ask: who agrees stands above it.
    """

    personal = {
        "asked_by": TRAIL, "decided_by": TRAIL, "closed_by": TRAIL, "purpose": WORDS, "reason": WORDS,
    }  # fmt: skip
    op = models.UUIDField(unique=True)
    area_code = models.CharField(max_length=15)
    office = models.CharField(max_length=60)
    purpose = models.CharField(max_length=200)
    basis = models.CharField(max_length=200)
    fields = models.JSONField(default=list)
    expires_on = models.DateField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.ASKED)
    asked_from = models.CharField(max_length=15)
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)  # why it was declined
    closed_by = models.CharField(max_length=150, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    example = models.BooleanField(default=False)
    demo = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["area_code", "-id"], name="share_area"),
            models.Index(fields=["state", "expires_on"], name="share_expires"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_open(self) -> bool:
        """Still on its way."""
        return self.state in OPEN

    @property
    def is_ready(self) -> bool:
        """A list may be compared."""
        return self.state in READY

    @property
    def is_over(self) -> bool:
        """Nothing comes after."""
        return self.state in OVER


class Handover(Scoped):
    """一次比对: one list was read and answered in flags; counts and the file's digest stay, nothing of it."""

    personal = {"by": TRAIL}
    area_lookup = "share__area_code"
    op = models.UUIDField(unique=True)
    share = models.ForeignKey(ShareRequest, models.CASCADE, related_name="handovers")
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    here = models.PositiveIntegerField()
    differs = models.PositiveIntegerField()
    absent = models.PositiveIntegerField()
    invalid = models.PositiveIntegerField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="handover_at")]

    def __str__(self) -> str:
        return f"{self.pk}"

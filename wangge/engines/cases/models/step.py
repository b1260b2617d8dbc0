"""What was done, when, by whom; and the clocks that run meanwhile."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from .case import KEPT, Case
from .unit import Unit


class Step(models.Model):
    """一步: never changed afterwards. ``hash`` closes over its fields and the hash of the step before it.
    From ``seed`` comes a salt for each field, so that one can be left out of a bundle without breaking the
    proof (``lib.evidence``)."""

    personal = {
        "words": ("what was said of it; may speak of somebody", KEPT),
        "name": ("who acted, as readers know her", KEPT),
        "lon": ("where it was done", KEPT),
        "lat": ("where it was done", KEPT),
    }
    case = models.ForeignKey(Case, models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    op = models.UUIDField()
    key = models.CharField(max_length=30)  # of the procedure; "open", or "clock"
    came_from = models.CharField(max_length=30, blank=True)
    came_to = models.CharField(max_length=30)
    who = models.CharField(max_length=10, blank=True)  # in what capacity
    actor = models.CharField(max_length=150)
    actor_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=60, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)  # by the phone's own clock
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    words = models.CharField(max_length=2000, blank=True)
    photos = models.JSONField(default=list)  # [{"digest", "when"}]
    data = models.JSONField(default=dict)
    hash = models.CharField(max_length=64)
    seed = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="step_number"),
            models.UniqueConstraint(fields=["case", "op"], name="step_op"),
        ]
        indexes = [  # few; figures ask which matters failed in a period
            models.Index(fields=["at"], include=["case"], condition=models.Q(key="fail"), name="step_failed")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}.{self.number}"


class Clock(models.Model):
    """时限: one run of a clock of the procedure. ``limit`` is as it was when it started; ``pauses`` are
    pairs of moments, the last open while the case stands still. ``due_at`` is None while paused."""

    personal: dict[str, tuple[str, str]] = {}
    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks")
    key = models.CharField(max_length=30)
    limit = models.CharField(max_length=10)
    until = models.DateTimeField(null=True, blank=True)  # an extension that was granted: ends then instead
    started_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    pauses = models.JSONField(default=list)
    warn_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    late_at = models.DateTimeField(null=True, blank=True)
    rung = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["case"], condition=models.Q(stopped_at=None), name="clock_running"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.key}"

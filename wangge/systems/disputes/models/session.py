"""One sitting of mediation."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wangge.lib.scoping import Scoped

from ..enums import Result, Way
from .dispute import KEPT, SAID


class Session(Scoped):
    """调解记录: when, where, who mediated, what each side said (sealed JSON: party's number → words)."""

    personal = {
        "said_sealed": ("what each side said, sealed", KEPT),
        "place": ("where they met; may be somebody's home", KEPT),
        "others": ("who mediated beside the staff, by name", KEPT),
    }
    sealed_as = {"said_sealed": SAID}
    area_lookup = "case__area_code"
    op = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64)
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    step = models.PositiveIntegerField()
    held_on = models.DateField()
    place = models.CharField(max_length=120)
    way = models.CharField(max_length=10, choices=Way.choices)
    others = models.CharField(max_length=120, blank=True)
    said_sealed = models.TextField(blank=True)
    result = models.CharField(max_length=10, choices=Result.choices)
    next_on = models.DateField(null=True, blank=True)
    account = models.CharField(max_length=150)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="dispute_session_number")]
        indexes = [models.Index(fields=["held_on"], name="dispute_session_held")]

    def __str__(self) -> str:
        return f"{self.pk}"


class Mediator(Scoped):
    """调解人 of a session who has an account; the monthly log counts them."""

    personal: dict[str, tuple[str, str]] = {}
    area_lookup = "session__case__area_code"
    session = models.ForeignKey(Session, models.CASCADE, related_name="mediators")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "user"], name="dispute_mediator_once")]

    def __str__(self) -> str:
        return f"{self.pk}"

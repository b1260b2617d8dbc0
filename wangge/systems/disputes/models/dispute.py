"""What is kept of a dispute beside its case; who handles it; what was said with its steps."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from wangge.lib.scoping import Scoped

from ..enums import How, Way

KEPT = "until a set time after it is closed (dispute.keep_days, three years), then erased by itself"
SAID = "disputes.said"  # what words are sealed for


class Dispute(Scoped):
    """纠纷: when it happened, how many people it concerns, how and by which body it is settled (spec 3.4)."""

    personal: dict[str, tuple[str, str]] = {}
    area_lookup = "case__area_code"
    case = models.OneToOneField("cases.Case", models.CASCADE, related_name="dispute")
    digest = models.CharField(max_length=64)  # of what was sent with the case's op
    happened_on = models.DateField(null=True, blank=True)
    people = models.PositiveSmallIntegerField(default=2)
    way = models.CharField(max_length=10, choices=Way.choices)
    body = models.CharField(max_length=80, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.pk}"


class Handler(Scoped):
    """承办人: from ``since`` until ``until``. Whoever handles reads what is said and who the parties are."""

    personal: dict[str, tuple[str, str]] = {}
    area_lookup = "case__area_code"
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="handlers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    how = models.CharField(max_length=10, choices=How.choices)
    by = models.CharField(max_length=150)
    since = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(until=None), name="dispute_handler_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Words(Scoped):
    """What was said with a step of the case; the step itself holds only what proves it."""

    personal = {"words_sealed": ("what was said, sealed", KEPT)}
    sealed_as = {"words_sealed": SAID}
    area_lookup = "case__area_code"
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    op = models.UUIDField()
    words_sealed = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "op"], name="dispute_words_once")]

    def __str__(self) -> str:
        return f"{self.pk}"

"""What the parties agreed on, what became of it, and who asked."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wangge.lib.scoping import Scoped

from ..enums import By, Opinion
from .dispute import KEPT, SAID
from .party import Party


class Agreement(Scoped):
    """调解协议: a draft until it is signed, never changed afterwards; a supplement is one of its own.
    ``kept``: fulfilled or broken, None while nobody knows."""

    personal = {
        "facts_sealed": ("what the dispute was about, sealed", KEPT),
        "photos": ("digests of photos of the signed paper", KEPT),
    }
    sealed_as = {"facts_sealed": SAID}
    area_lookup = "case__area_code"
    op = models.UUIDField(unique=True)
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="agreements")
    number = models.PositiveSmallIntegerField()
    supplement_to = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="+")
    facts_sealed = models.TextField(blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    drafted_at = models.DateTimeField(auto_now=True)
    drafted_by = models.CharField(max_length=150)
    last_op = models.UUIDField()  # of the last draft that was kept
    signed_op = models.UUIDField(null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # of the text as it was signed
    photos = models.JSONField(default=list, blank=True)
    kept = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="dispute_agreement_number"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(signed_on=None), name="dispute_agreement_one_draft"
            ),
        ]
        indexes = [models.Index(fields=["signed_on"], name="dispute_agreement_signed")]

    def __str__(self) -> str:
        return f"{self.pk}"


class Term(Scoped):
    """One thing that was agreed on: who does or pays what until when, and whether it was done."""

    personal = {
        "words_sealed": ("what was agreed on, sealed", KEPT),
        "amount": ("what somebody owes", KEPT),
    }
    sealed_as = {"words_sealed": SAID}
    area_lookup = "agreement__case__area_code"
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="terms")
    number = models.PositiveSmallIntegerField()
    party = models.ForeignKey(Party, models.SET_NULL, null=True, blank=True, related_name="+")
    words_sealed = models.TextField(blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    due_on = models.DateField()
    kept = models.BooleanField(null=True, blank=True)
    kept_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="dispute_term_number")]
        indexes = [models.Index(fields=["due_on"], name="dispute_term_due")]

    def __str__(self) -> str:
        return f"{self.pk}"


class FollowUp(Scoped):
    """回访: when, how, whether the agreement is kept, what the parties think of it."""

    personal = {"words_sealed": ("what was said, sealed", KEPT)}
    sealed_as = {"words_sealed": SAID}
    area_lookup = "case__area_code"
    op = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64)
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="follow_ups")
    step = models.PositiveIntegerField()
    on = models.DateField()
    by = models.CharField(max_length=10, choices=By.choices)
    kept = models.BooleanField(null=True, blank=True)
    opinion = models.PositiveSmallIntegerField(choices=Opinion.choices, null=True, blank=True)
    words_sealed = models.TextField(blank=True)
    account = models.CharField(max_length=150)
    user = models.ForeignKey("access.User", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.pk}"

"""Who stands on which side."""

from __future__ import annotations

from django.db import models

from wangge.lib.scoping import Scoped
from wangge.lib.sealing import unseal

from ..enums import Side, Who
from .dispute import KEPT

PARTY = "disputes.party"  # what the values are sealed for
SEALED = ("name", "phone", "id", "address", "guardian", "guardian_phone", "note")


class Party(Scoped):
    """当事人: everything about her is sealed. ``number`` is her place among the parties of the case and never
    another's again; ``id_index`` tells the same person twice. No nation, education or category: mediation
    needs none (README)."""

    personal = {f"{name}_sealed": ("who settles with whom, sealed", KEPT) for name in SEALED} | {
        "id_index": ("equality of sealed id numbers", KEPT),
        "minor": ("a child is spoken for by a guardian", KEPT),
    }
    sealed_as = {f"{name}_sealed": PARTY for name in SEALED}
    area_lookup = "case__area_code"
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="parties")
    number = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=10, choices=Side.choices)
    who = models.CharField(max_length=6, choices=Who.choices)
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        "people.Organisation", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name_sealed = models.TextField(blank=True)
    phone_sealed = models.TextField(blank=True)
    id_sealed = models.TextField(blank=True)
    id_index = models.CharField(max_length=24, blank=True)
    address_sealed = models.TextField(blank=True)
    minor = models.BooleanField(default=False)
    guardian_sealed = models.TextField(blank=True)
    guardian_phone_sealed = models.TextField(blank=True)
    note_sealed = models.TextField(blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)  # is no party any more

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="dispute_party_number")]
        indexes = [
            models.Index(fields=["id_index"], condition=~models.Q(id_index=""), name="dispute_party_id"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def area_code(self) -> str:
        """Where the dispute is, for the log of reads."""
        return str(self.case.area_code)

    def clear(self, name: str) -> str:
        """One of ``SEALED`` in clear: only for who handles the dispute, or a reveal that was logged."""
        sealed: str = getattr(self, f"{name}_sealed")
        return unseal(sealed, PARTY) if sealed else ""

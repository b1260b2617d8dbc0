"""One record that contradicts itself."""

from django.db import models
from django.db.models import Q

from wangge.lib.scoping import Scoped

from ..enums import DiscrepancyState
from .person import Person
from .place import Household


class Discrepancy(Scoped):
    """记录矛盾: what the register says of one person or household cannot all be right.

    ``rule`` names the sentence of ``rules.records`` that does not hold; ``mark`` is a keyed hash of the facts
    it looked at, so that what somebody dismissed is not raised again until one of those facts changes. The
    values themselves are not kept: pages read them from the record. ``undo_sealed`` holds what a repair
    replaced.
    """

    personal = {"undo_sealed": ("takes a repair back", "180 days after the repair")}
    sealed_as = {"undo_sealed": "people.discrepancy.undo"}
    area_code = models.CharField(max_length=15)
    rule = models.CharField(max_length=24)
    person = models.ForeignKey(Person, models.CASCADE, related_name="discrepancies")
    household = models.ForeignKey(
        Household, models.CASCADE, null=True, blank=True, related_name="discrepancies"
    )
    ties = models.JSONField(default=list)  # keys of the ties the sentence speaks of
    mark = models.CharField(max_length=24)
    state = models.CharField(max_length=9, choices=DiscrepancyState.choices, default=DiscrepancyState.OPEN)
    raised_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    undo_sealed = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "rule", "mark"], name="one_discrepancy")]
        indexes = [
            models.Index(fields=["state", "area_code", "rule"], name="discrepancy_waiting"),
            models.Index(
                fields=["decided_at"], name="discrepancy_decided", condition=Q(decided_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.pk}"

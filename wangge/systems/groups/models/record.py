"""What a group demands under an order, and what comparing a staff list came to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wangge.lib.scoping import Scoped

from ..enums import DEMANDS, YES_NO, RuleTest
from .group import Group


class GroupRule(Scoped):
    """团体要求: a test on a field that an emergency order brought; gone with the order."""

    personal: dict[str, tuple[str, str]] = {}
    area_lookup = "group__area_code"
    group = models.ForeignKey(Group, models.CASCADE, related_name="rules")
    order_number = models.CharField(max_length=60)
    field = models.CharField(max_length=40)
    label = models.CharField(max_length=60)
    test = models.CharField(max_length=8, choices=RuleTest.choices)
    threshold = models.CharField(max_length=60)
    set_by = models.CharField(max_length=150)
    set_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("团体要求")
        constraints = [
            models.UniqueConstraint(fields=["group", "order_number", "field"], name="one_rule_per_field")
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.field}"

    @property
    def words(self) -> str:
        """The demand as a sentence."""
        value = YES_NO.get(self.threshold, self.threshold)
        return str(DEMANDS[RuleTest(self.test)] % {"field": self.label, "value": value})


class Reconciliation(Scoped):
    """花名册比对: the counts of one comparison. Nothing of the list itself is kept."""

    personal: dict[str, tuple[str, str]] = {}
    area_lookup = "group__area_code"
    group = models.ForeignKey(Group, models.CASCADE, related_name="reconciliations")
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)
    listed = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)  # match class -> how many

    class Meta:
        verbose_name = _("花名册比对")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.group_id} {self.made_at:%F}"

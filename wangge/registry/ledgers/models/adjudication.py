"""Pairs the matcher was not sure of."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from wangge.lib.scoping import Reach, Scoped
from wangge.registry.people.models import Person, Tie

from ..enums import CaseState
from .batch import Batch


class Case(Scoped):
    """判定: a row that may be ``person``. The row waits here, sealed, until somebody decides (spec 5.5)."""

    personal = {
        "offered_sealed": ("the row as read, sealed", "until decided, then 180 days"),
        "undo_sealed": ("what the decision changed, sealed, to take it back", "180 days after the decision"),
    }
    area_code = models.CharField(max_length=15)
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="cases")
    sheet = models.CharField(max_length=31)
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=24)
    person = models.ForeignKey(Person, models.CASCADE, related_name="cases")
    score = models.FloatField()
    reasons = models.JSONField(default=list)  # evidence codes: same_name, same_room, near_phone…
    offered_sealed = models.TextField()
    state = models.CharField(max_length=9, choices=CaseState.choices, default=CaseState.OPEN)
    result = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    undo_sealed = models.TextField(blank=True)  # "" while open, and of decisions older than this column

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area_code", "key", "person"], name="asked_once")]
        indexes = [models.Index(fields=["state", "area_code"], name="case_waiting")]

    @classmethod
    def reach_filter(cls, reach: Reach) -> Q:
        """A pair is for whoever may see both sides: the row's area, and the person it may be. A pair across
        a border waits for the level above (decision 5)."""
        held = Tie._base_manager.filter(reach.q("area_code"), person=OuterRef("person_id"), known_to=None)
        return reach.q("area_code") & Q(Exists(held))

    def __str__(self) -> str:
        return f"case {self.pk}"

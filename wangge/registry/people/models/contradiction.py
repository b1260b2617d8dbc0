"""Two sources disagree: both are shown, neither is lost."""

from django.db import models

from wangge.lib.scoping import Scoped

from ..enums import ContradictionState, Source
from .person import Person


class Contradiction(Scoped):
    """矛盾: a source of lower trust offered another value than the one held (spec 5.2 point 5).
    Values are sealed, whatever the field."""

    personal = {
        "held_sealed": ("what the register says, sealed", "until decided, then 180 days"),
        "offered_sealed": ("what the new source says, sealed", "until decided, then 180 days"),
    }
    person = models.ForeignKey(Person, models.CASCADE, related_name="contradictions")
    area_code = models.CharField(max_length=15, db_index=True)
    field = models.CharField(max_length=40)
    held_sealed = models.TextField(blank=True)
    offered_sealed = models.TextField(blank=True)
    held_source = models.SmallIntegerField(choices=Source.choices)
    offered_source = models.SmallIntegerField(choices=Source.choices)
    batch = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(
        max_length=6, choices=ContradictionState.choices, default=ContradictionState.OPEN
    )
    raised_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "area_code"], name="contradiction_waiting")]

    def __str__(self) -> str:
        return f"{self.field} {self.state}"

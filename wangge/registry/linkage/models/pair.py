"""Two registered persons who may be one, and what was found of them."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Greatest, Least

from wangge.lib.scoping import Reach, Scoped
from wangge.registry.ledgers.models import Case
from wangge.registry.people.models import Merge, Person, Tie

from ..enums import PairState
from .run import LinkRun


def _held(reach: Reach, side: str) -> Exists:
    """Whether the person, or who they were merged into, has a tie in reach."""
    whose = Q(person=OuterRef(f"{side}_id")) | Q(person=OuterRef(f"{side}__merged_into_id"))
    return Exists(Tie._base_manager.filter(whose, reach.q("area_code"), known_to=None))


class Pair(Scoped):
    """疑似同一人: a question (open), an answer that is never asked again (same, different), or two valid
    numbers that look like one person (refused).

    ``findings``: [[code, bits]…], the heaviest first; ``weight`` includes where the pair began (how rare one
    person in two records is). ``gain``: how uncertain × how much it unites. A merge moves both keys like
    every key to a person; the order of the two means nothing.
    """

    personal: dict[str, tuple[str, str]] = {}
    area_code = models.CharField(max_length=15, db_index=True)  # the smallest area that holds both
    one = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    run = models.ForeignKey(LinkRun, models.SET_NULL, null=True, blank=True, related_name="pairs")
    probability = models.FloatField()
    weight = models.FloatField()
    findings = models.JSONField(default=list)
    gain = models.FloatField(default=0)
    state = models.CharField(max_length=9, choices=PairState.choices, default=PairState.OPEN)
    merge = models.ForeignKey(Merge, models.SET_NULL, null=True, blank=True, related_name="pairs")
    decided_by = models.CharField(max_length=150, blank=True)  # MACHINE: above the threshold
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(Least("one", "other"), Greatest("one", "other"), name="pair_once"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="pair_of_two"),
        ]
        indexes = [
            models.Index(fields=["state", "-gain", "id"], name="pair_by_gain"),
            models.Index(fields=["state", "-probability", "id"], name="pair_by_probability"),
        ]

    @classmethod
    def reach_filter(cls, reach: Reach) -> Q:
        """A pair is for whoever may see both sides; across a border for the level above (decision 5)."""
        return Q(_held(reach, "one")) & Q(_held(reach, "other"))

    def __str__(self) -> str:
        return f"pair {self.pk}"


class SettledRow(Scoped):
    """A waiting row of an import that a run found to be the person beside it, and by what."""

    area_lookup = "case__area_code"
    personal: dict[str, tuple[str, str]] = {}
    case = models.OneToOneField(Case, models.CASCADE, related_name="+")
    run = models.ForeignKey(LinkRun, models.SET_NULL, null=True, blank=True, related_name="rows")
    probability = models.FloatField()
    weight = models.FloatField()
    findings = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"settled row {self.pk}"

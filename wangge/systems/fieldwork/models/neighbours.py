"""Who helps in a building, and who works in another city."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wangge.lib.scoping import Scoped

from ..enums import CaptainFrom

KEPT = "while it holds, then three years"


class Captain(Scoped):
    """志愿楼长 (spec 2.6): of a building, from one of four groups, for a term."""

    personal: dict[str, tuple[str, str]] = {}
    area_lookup = "building__area_code"
    building = models.ForeignKey("people.Building", models.CASCADE, related_name="captains")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="captain_of")
    came_from = models.CharField(max_length=10, choices=CaptainFrom.choices)
    named_by = models.CharField(max_length=12)  # self, mass, organisation: how somebody was recommended
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    council = models.BooleanField(default=False)  # 楼事会
    demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["building", "person"], condition=Q(ends_on=None), name="one_term_of_a_captain"
            )
        ]

    def __str__(self) -> str:
        return f"{self.building_id} {self.pk}"


class CaptainCare(Scoped):
    """四项关爱: what the community did for a captain."""

    personal = {"words": ("what was done for somebody", KEPT)}
    area_lookup = "captain__building__area_code"
    captain = models.ForeignKey(Captain, models.CASCADE, related_name="care")
    on = models.DateField()
    kind = models.CharField(max_length=40)
    words = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.captain_id} {self.on}"


class Commuter(Scoped):
    """跨城通勤 (S78): lives here, works in another city. reminded_on: when somebody last asked to;
    told_at: when the last message left."""

    personal = {
        "city": ("whom to remind to report", KEPT),
        "returns": ("when they come home", KEPT),
        "told_at": ("that nobody is reminded twice", KEPT),
    }
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="commutes")
    area_code = models.CharField(max_length=15)
    city = models.CharField(max_length=40)
    returns = models.CharField(max_length=40, blank=True)  # daily, at weekends, monthly …
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["area_code", "city"], name="commuter_area")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ends_on=None), name="one_commute_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

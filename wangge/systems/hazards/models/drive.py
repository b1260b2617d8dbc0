"""A special action over many buildings or firms (S42)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wangge.engines.forms.models import above
from wangge.lib.scoping import Reach, Scoped

from ..enums import DriveState, Target


class Drive(Scoped):
    """专项行动: within these days everything chosen is looked at with one checklist."""

    personal = {"account": ("who started it; to answer for it", "as long as the trail")}
    op = models.UUIDField(unique=True)
    name = models.CharField(max_length=80)
    area_code = models.CharField(max_length=15)
    form = models.ForeignKey("forms.Form", models.PROTECT, related_name="+")
    target = models.CharField(max_length=13, choices=Target.choices)
    areas = models.JSONField(default=list)
    begins_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=7, choices=DriveState.choices, default=DriveState.RUNNING)
    account = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("begins_on")), name="drive_ends_after_it_begins"
            )
        ]

    @classmethod
    def reach_filter(cls, reach: Reach) -> Q:
        """Those of the reach and of the areas it lies in: a grid's worker works for the street's action."""
        codes = {code for prefix in reach.prefixes for code in above(prefix)}
        return reach.q("area_code") | Q(area_code__in=codes)

    def __str__(self) -> str:
        return self.name


class DriveTarget(Scoped):
    """One building or firm of a special action; done with the first inspection made for it."""

    personal: dict[str, tuple[str, str]] = {}
    drive = models.ForeignKey(Drive, models.CASCADE, related_name="targets")
    area_code = models.CharField(max_length=15)
    building = models.ForeignKey("people.Building", models.CASCADE, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        "people.Organisation", models.CASCADE, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["drive", "building"], condition=models.Q(building__isnull=False),
                name="drive_building_once",
            ),
            models.UniqueConstraint(
                fields=["drive", "organisation"], condition=models.Q(organisation__isnull=False),
                name="drive_organisation_once",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["drive", "area_code"], name="drive_target_area")]

    def __str__(self) -> str:
        return f"{self.drive_id} {self.pk}"

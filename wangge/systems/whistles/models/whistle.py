"""A whistle, and each unit that it calls."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wangge.lib.scoping import Scoped

from ..enums import Ending, Kind

DONE_AT = {"sign": "signed_at", "contact": "contacted_at", "arrive": "arrived_at"}  # by clock


class Whistle(Scoped):
    """哨: units are called to a place that a street cannot settle alone. Number, words, level and steps are
    its case's; here stands what only a whistle has. Written once for each ``op``, later by steps alone."""

    personal: dict[str, tuple[str, str]] = {}
    area_lookup = "case__area_code"
    op = models.UUIDField(unique=True)
    case = models.OneToOneField("cases.Case", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    from_case = models.ForeignKey("cases.Case", models.SET_NULL, null=True, blank=True, related_name="+")
    lead = models.ForeignKey("cases.Unit", models.PROTECT, related_name="+")  # 牵头单位
    asked = models.JSONField(default=list)  # keys of the units that are needed, the lead among them

    class Meta:
        indexes = [
            models.Index(fields=["from_case"], name="whistle_from", condition=Q(from_case__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"


class Call(Scoped):
    """One unit that a whistle calls. Every moment is a step's and every end a clock's, reckoned when it
    began; nobody edits one. ``metres`` is how far from the place the unit was when it arrived."""

    personal = {
        "lon": ("where the unit's member was when she arrived, to prove it", "as the case"),
        "lat": ("where she was", "as the case"),
        "objection": ("why the unit sent it back; may speak of somebody", "as the case"),
    }
    area_lookup = "whistle__case__area_code"
    whistle = models.ForeignKey(Whistle, models.CASCADE, related_name="calls")
    unit = models.ForeignKey("cases.Unit", models.PROTECT, related_name="+")
    lead = models.BooleanField()
    called_at = models.DateTimeField()
    sign_due = models.DateTimeField(null=True, blank=True)
    contact_due = models.DateTimeField(null=True, blank=True)  # runs from the signing
    arrive_due = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    contacted_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    metres = models.PositiveIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=9, choices=Ending.choices, blank=True)
    objection = models.CharField(max_length=500, blank=True)
    told = models.JSONField(default=list)  # clocks whose end was told of; the lead's are told by the engine

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["whistle", "unit"], condition=Q(ended_at=None), name="call_once_at_a_time"
            )
        ]
        indexes = [
            models.Index(fields=["unit", "arrive_due"], name="call_unit"),
            models.Index(fields=["arrive_due"], name="call_arrive"),
        ]

    def __str__(self) -> str:
        return f"{self.whistle_id} {self.unit_id}"

"""A tour and where it stops (S01, S10)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wangge.lib.scoping import Reach, Scoped

from ..enums import Kind

KEPT = "five years after its day, then emptied"


class Tour(Scoped):
    """调研督导: a day, what it is about, who leads and who comes along, by post and not by name.
    ``area_code`` is the smallest area that holds all stops."""

    personal = {
        "lead": ("who leads it: a post; somebody may write a name", KEPT),
        "participants": ("who comes along: posts; somebody may write a name", KEPT),
        "topics": ("what it is about; may speak of somebody", KEPT),
        "account": ("who made it; to answer for it", "as long as the trail"),
    }
    op = models.UUIDField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=80)
    day = models.DateField()
    lead = models.CharField(max_length=60)
    participants = models.CharField(max_length=1000, blank=True)  # a post a line
    topics = models.CharField(max_length=1000, blank=True)
    area_code = models.CharField(max_length=15)
    account = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)
    example = models.BooleanField(default=False)
    demo = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["-day", "-id"], name="tour_day")]

    @classmethod
    def reach_filter(cls, reach: Reach) -> Q:
        """Those of the reach, and those that stop in it."""
        stops = Stop._base_manager.filter(reach.q("area_code")).values("tour")
        return reach.q("area_code") | Q(pk__in=stops)

    def __str__(self) -> str:
        return self.title

    @property
    def posts(self) -> list[str]:
        """Who comes along."""
        return [line.strip() for line in self.participants.splitlines() if line.strip()]


class Stop(Scoped):
    """调研点: an area, and where it is known an estate or an organisation in it."""

    personal = {"notes": ("what was seen and heard; may speak of somebody", KEPT)}
    tour = models.ForeignKey(Tour, models.CASCADE, related_name="stops")
    order = models.PositiveSmallIntegerField()
    area_code = models.CharField(max_length=15)
    name = models.CharField(max_length=80, blank=True)  # of the place; "" is the area itself
    estate = models.ForeignKey("people.Estate", models.SET_NULL, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        "people.Organisation", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    planned_at = models.TimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    notes = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["tour", "order"], name="tour_stop_order")]
        indexes = [models.Index(fields=["area_code"], name="tour_stop_area")]

    def __str__(self) -> str:
        return f"{self.tour_id}.{self.order}"

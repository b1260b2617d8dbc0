"""A session of publicity and education, and what was given out at it (S41)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from wangge.lib.scoping import Reach, Scoped

from ..enums import Audience, State, Way
from .material import Material

GRID = 15  # digits


def with_community(reach: Reach) -> Q:
    """Those of the reach; whoever has a grid sees also what its community holds for everybody there."""
    codes = {prefix[:12] for prefix in reach.prefixes if len(prefix) == GRID}
    return reach.q("area_code") | Q(area_code__in=codes)


class Session(Scoped):
    """宣教活动. Nobody is named: who speaks is a post or a unit, who came is a number. ``photos`` are
    digests; ``last_op`` is the write that came last, so that one sent twice is done once."""

    personal = {
        "notes": (
            "how it went; the form asks for no names, somebody may write one",
            "five years after its day",
        ),
        "photos": ("digests only; the photos themselves show people", "as photos.Photo says"),
        "account": ("who planned it; to answer for it", "as long as the trail"),
    }
    op = models.UUIDField(unique=True)
    last_op = models.UUIDField()
    area_code = models.CharField(max_length=15)
    topic = models.CharField(max_length=20)  # a key of queries.topics
    way = models.CharField(max_length=10, choices=Way.choices)
    title = models.CharField(max_length=80)
    place = models.CharField(max_length=80)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    estate = models.ForeignKey("people.Estate", models.SET_NULL, null=True, blank=True, related_name="+")
    building = models.ForeignKey("people.Building", models.SET_NULL, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        "people.Organisation", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    begins_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    held_by = models.CharField(max_length=60)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    attended = models.PositiveIntegerField(null=True, blank=True)  # typed in by hand
    photos = models.JSONField(default=list)
    notes = models.CharField(max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    reason = models.CharField(max_length=200, blank=True)  # why it was called off
    account = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)
    example = models.BooleanField(default=False)
    demo = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["area_code", "begins_at"], name="education_area_day"),
            models.Index(fields=["-begins_at", "-id"], name="education_day"),
        ]

    @classmethod
    def reach_filter(cls, reach: Reach) -> Q:
        """See ``with_community``."""
        return with_community(reach)

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.begins_at + timedelta(minutes=self.minutes)


class Given(Scoped):
    """So many of a material given out at a session."""

    personal: dict[str, tuple[str, str]] = {}
    session = models.ForeignKey(Session, models.CASCADE, related_name="given")
    material = models.ForeignKey(Material, models.PROTECT, related_name="given")
    area_code = models.CharField(max_length=15)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "material"], name="education_given_once")]
        indexes = [models.Index(fields=["area_code"], name="education_given_area")]

    @classmethod
    def reach_filter(cls, reach: Reach) -> Q:
        """As its session."""
        return with_community(reach)

    def __str__(self) -> str:
        return f"{self.session_id} {self.material_id}"

"""Duties, what came of each item, and what was found."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from wangge.lib.scoping import Scoped, ScopedManager

from ..enums import DutyKind, DutyState, Outcome
from .campaign import Campaign
from .care import CarePerson
from .scene import Scene, SceneItem

KEPT = "three years, then counts only"


class Duties(models.QuerySet):
    """Duties; what is written at many of them is written with the time, which phones ask by."""

    def update(self, **values: Any) -> int:
        return super().update(**{"changed_at": timezone.now(), **values})


class Duty(Scoped):
    """任务: somebody is to go somewhere between ``begins_on`` and ``due_on``. ``key`` says what for and
    when, so that generating twice makes it once. ``changed_at``, which phones ask by, every write sets."""

    objects = ScopedManager.from_queryset(Duties)()  # type: ignore[misc]
    whole = Duties.as_manager()  # whatever the reach

    personal: dict[str, tuple[str, str]] = {}
    key = models.CharField(max_length=90)
    kind = models.CharField(max_length=10, choices=DutyKind.choices)
    area_code = models.CharField(max_length=15)
    # A million rows a year: those that most rows have (scene, room, worker) are checked by Django alone.
    scene = models.ForeignKey(
        Scene, models.PROTECT, null=True, blank=True, db_index=False, db_constraint=False
    )
    campaign = models.ForeignKey(Campaign, models.CASCADE, null=True, blank=True, db_index=False)
    care = models.ForeignKey(
        CarePerson, models.CASCADE, null=True, blank=True, related_name="duties", db_index=False
    )
    room = models.ForeignKey(
        "people.Room", models.CASCADE, null=True, blank=True, db_index=False, db_constraint=False
    )
    person = models.ForeignKey("people.Person", models.CASCADE, null=True, blank=True, db_index=False)
    organisation = models.ForeignKey(
        "people.Organisation", models.CASCADE, null=True, blank=True, db_index=False
    )
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, db_index=False, db_constraint=False
    )
    begins_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=DutyState.choices, default=DutyState.OPEN)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        base_manager_name = "whole"
        # One index that also finds keys by their beginning; ``unique=True`` would make two on PostgreSQL.
        constraints = [
            models.UniqueConstraint(fields=["key"], name="duty_key", opclasses=["varchar_pattern_ops"])
        ]
        # A reference is indexed only where a row has one.
        indexes = [
            models.Index(fields=["area_code", "due_on"], name="duty_area_due"),
            models.Index(fields=["due_on"], name="duty_open", condition=Q(state="open")),
            models.Index(fields=["room"], name="duty_room", condition=Q(room__isnull=False)),
            models.Index(fields=["person"], name="duty_person", condition=Q(person__isnull=False)),
            models.Index(fields=["care"], name="duty_care", condition=Q(care__isnull=False)),
            models.Index(fields=["campaign"], name="duty_campaign", condition=Q(campaign__isnull=False)),
            models.Index(
                fields=["organisation"], name="duty_organisation", condition=Q(organisation__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.changed_at = timezone.now()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "changed_at"}
        super().save(*args, **kwargs)


class ItemResult(Scoped):
    """巡查记录: how one item of a scene ended. Two workers at one item are both kept."""

    personal = {"lon": ("where it was, to find it again", KEPT), "lat": ("where it was", KEPT)}
    op = models.UUIDField(unique=True)
    duty = models.ForeignKey(Duty, models.CASCADE, related_name="results")
    item = models.ForeignKey(SceneItem, models.PROTECT, related_name="results")
    area_code = models.CharField(max_length=15)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()  # the phone's clock, put right by the server's
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    in_grid = models.BooleanField(null=True, blank=True)  # None: the phone could not say where it was
    clock_off = models.BooleanField(default=False)  # said to be in the future: ``at`` is the server's time
    photos = models.JSONField(default=list)  # SHA-256 of each
    worker = models.CharField(max_length=60)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["area_code", "at"], name="item_result_area"),
            models.Index(  # who was near a building
                fields=["lat", "lon"], include=["at"], condition=Q(lat__isnull=False), name="item_result_near"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.item_id}"


class Finding(Scoped):
    """发现问题: an abnormal item, or 随手报. The event ``finding.recorded`` tells whoever takes it on."""

    personal = {
        "words": ("what was found; may speak of somebody", KEPT),
        "lon": ("where it was, to find it again", KEPT),
        "lat": ("where it was", KEPT),
    }
    op = models.UUIDField(unique=True)
    area_code = models.CharField(max_length=15)
    kind = models.CharField(max_length=8, choices=Outcome.choices)
    topic = models.CharField(max_length=80)  # the item's name, or the kind chosen on the phone
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    in_grid = models.BooleanField(null=True, blank=True)
    clock_off = models.BooleanField(default=False)
    photos = models.JSONField(default=list)
    worker = models.CharField(max_length=60)
    result = models.OneToOneField(ItemResult, models.CASCADE, null=True, blank=True, related_name="finding")
    room = models.ForeignKey("people.Room", models.SET_NULL, null=True, blank=True)
    organisation = models.ForeignKey("people.Organisation", models.SET_NULL, null=True, blank=True)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["area_code", "at"], name="finding_area")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class GeneratedDay(models.Model):
    """A day whose duties were made; a day that is missing is caught up with."""

    personal: dict[str, tuple[str, str]] = {}
    day = models.DateField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)
    rows = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.day.isoformat()

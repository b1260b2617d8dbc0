"""Who handles: units, their people, who is on duty."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wangge.lib.scoping import Scoped

from ..enums import UnitKind


class Unit(Scoped):
    """处置单位: an office that cases are dispatched to. ``area_code`` is where it works; ``classes`` which
    kinds of cases are its own, none meaning all."""

    personal: dict[str, tuple[str, str]] = {}
    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=UnitKind.choices)
    area_code = models.CharField(max_length=15)
    classes = models.JSONField(default=list, blank=True)
    active = models.BooleanField(default=True)
    example = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["area_code"], name="unit_area")]

    def __str__(self) -> str:
        return self.name


class UnitMember(models.Model):
    """A user who handles for a unit, from ``since`` until the day before ``until``."""

    personal: dict[str, tuple[str, str]] = {}
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "user", "since"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.pk}"


class RosterDay(models.Model):
    """值班: who answers for a unit on a day."""

    personal: dict[str, tuple[str, str]] = {}
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="roster")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "user", "day"], name="roster_once")]

    def __str__(self) -> str:
        return f"{self.pk}"

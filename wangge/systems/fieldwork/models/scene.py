"""The scene library (S84): what is looked at where, who is visited how often, and what to do then."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from wangge.engines.forms.models import above
from wangge.lib.scoping import Reach, Scoped

from ..enums import CareClass, Level, ListKind


class InForce(models.Model):
    """In force from ``valid_from`` up to but without ``valid_to``: an edit begins the next day (S84)."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def in_force(day: date) -> Q:
    """The rows in force on a day."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


def used_in(reach: Reach, lookup: str) -> Q:
    """Rows of the reach and of the areas it lies in: a district's scenes are used in all of it."""
    codes = {code for prefix in reach.prefixes for code in above(prefix)}
    return reach.q(lookup) | Q(**{f"{lookup}__in": codes})


class Scene(Scoped, InForce):
    """场景: a kind of place or matter on one of the three lists. A row is one version, with items and flow
    of its own; the versions of a scene share ``key``.

    ``every`` is how often a daily scene is patrolled: weekdays (1 Monday … 7 Sunday), empty for every
    working day; see ``queries.days.falls_on`` for what holidays do to it. ``flow`` (处置流程图, S85) is a
    list of ``{name, who, then: [[words, index], …]}``; an empty ``then`` ends the flow."""

    personal = {"made_by": ("account of who changed it; to answer for it", "as long as the trail")}
    key = models.SlugField(max_length=40)
    kind = models.CharField(max_length=8, choices=ListKind.choices)
    area_code = models.CharField(max_length=15)
    name = models.CharField(max_length=60)
    objects_text = models.CharField(max_length=200, blank=True)  # 对象: where or at whom
    every = models.JSONField(default=list, blank=True)
    flow = models.JSONField(default=list, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    order_only = models.BooleanField(default=False)  # only while an emergency order is in force
    example = models.BooleanField(default=False)  # 示例: nobody official said so
    made_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area_code", "key"], condition=Q(valid_to=None), name="one_open_scene_per_key"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="scene_dates_in_order"
            ),
        ]

    @classmethod
    def reach_filter(cls, reach: Reach) -> Q:
        return used_in(reach, "area_code")

    def __str__(self) -> str:
        return self.name


class SceneItem(Scoped):
    """事项: what is looked at in a scene, or asked in a screening."""

    personal: dict[str, tuple[str, str]] = {}
    scene = models.ForeignKey(Scene, models.CASCADE, related_name="items")
    name = models.CharField(max_length=80)
    hint = models.CharField(max_length=200, blank=True)  # how to judge
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    @classmethod
    def reach_filter(cls, reach: Reach) -> Q:
        return used_in(reach, "scene__area_code")

    def __str__(self) -> str:
        return self.name


class VisitRule(Scoped, InForce):
    """探访频次 (spec 2.7): people of this class and level are visited ``times`` in every ``period``."""

    PERIODS = ("week", "month", "quarter", "half_year", "year")
    personal: dict[str, tuple[str, str]] = {}
    area_code = models.CharField(max_length=15)
    care_class = models.CharField(max_length=12, choices=CareClass.choices, blank=True)  # "": a household
    level = models.CharField(max_length=8, choices=Level.choices)
    name = models.CharField(max_length=120)
    times = models.PositiveSmallIntegerField(default=1)
    period = models.CharField(max_length=12)
    example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area_code", "care_class", "level"],
                condition=Q(valid_to=None),
                name="one_open_visit_rule",
            )
        ]

    @classmethod
    def reach_filter(cls, reach: Reach) -> Q:
        return used_in(reach, "area_code")

    def __str__(self) -> str:
        return self.name

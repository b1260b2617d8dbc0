"""Reads of the scene library: what is in force, what comes tomorrow, what was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from wangge.foundation.orders.models import EmergencyOrder
from wangge.lib.scoping import prefix_of

from ..enums import CareClass, Level
from ..models import Scene, VisitRule
from ..models.scene import in_force


def tomorrow() -> date:
    """When an edit of today takes effect (S84)."""
    return timezone.localdate() + timedelta(days=1)


def scenes_on(day: date) -> QuerySet[Scene]:
    """The scenes in force on a day, by list and order; whole of the library that the reach uses."""
    return Scene.objects.filter(in_force(day)).order_by("kind", "order", "name", "pk")


@dataclass(frozen=True)
class SceneLine:
    """One scene of the library: what is in force, and what is not yet (``coming``)."""

    scene: Scene
    coming: Scene | None
    ends: date | None  # it is given up from this day on, and nothing follows

    @property
    def begins(self) -> bool:
        """Whether it is new and not yet in force."""
        return self.coming is not None and self.coming.pk == self.scene.pk


def library(kind: str = "") -> list[SceneLine]:
    """Every scene that is in force or will be, in order."""
    today = timezone.localdate()
    rows = Scene.objects.exclude(valid_to__lte=today).order_by("kind", "order", "name", "valid_from")
    versions: dict[tuple[str, str], list[Scene]] = {}
    for scene in rows.filter(kind=kind) if kind else rows:
        versions.setdefault((scene.area_code, scene.key), []).append(scene)
    return [line_of(found) for found in versions.values()]


def line_of(versions: list[Scene]) -> SceneLine:
    """The line of one scene from its versions that are not over, in order of time."""
    today = timezone.localdate()
    now = next((scene for scene in versions if scene.holds_on(today)), None)
    coming = next((scene for scene in versions if scene.valid_from > today), None)
    shown = now or coming or versions[-1]
    ends = now.valid_to if now and coming is None else None
    return SceneLine(shown, coming, ends)


def versions_of(scene: Scene) -> QuerySet[Scene]:
    """All versions of a scene, the newest first."""
    same = Scene.objects.filter(area_code=scene.area_code, key=scene.key)
    return same.order_by("-valid_from", "-pk")


def standing_of(scene: Scene) -> SceneLine:
    """How the scene, of which this is any version, stands today."""
    today = timezone.localdate()
    alive = [row for row in reversed(versions_of(scene)) if row.valid_to is None or row.valid_to > today]
    return line_of(alive) if alive else SceneLine(scene, None, scene.valid_to)


def rules_on(day: date) -> QuerySet[VisitRule]:
    """The frequencies of visits in force on a day."""
    return VisitRule.objects.filter(in_force(day)).order_by("care_class", "level", "pk")


def rules_now() -> list[tuple[VisitRule, VisitRule | None]]:
    """Each frequency with the one that follows it tomorrow."""
    today = timezone.localdate()
    rows = VisitRule.objects.exclude(valid_to__lte=today).order_by("valid_from")
    found: dict[tuple[str, str, str], list[VisitRule]] = {}
    for rule in rows:
        found.setdefault((rule.area_code, rule.care_class, rule.level), []).append(rule)
    order = [*CareClass.values, ""]
    lines = [(several[0], several[1] if len(several) > 1 else None) for several in found.values()]
    levels = Level.values
    return sorted(
        lines, key=lambda line: (order.index(line[0].care_class), levels.index(line[0].level), line[0].pk)
    )


def orders_active() -> list[EmergencyOrder]:
    """The orders that are running, with their areas; whatever the reach."""
    rows = EmergencyOrder._base_manager.filter(state="active")
    return list(rows.prefetch_related("areas"))


def covers(scene: Scene | VisitRule, grid: str) -> bool:
    """Whether a scene or frequency made for an area is used in a grid."""
    return grid.startswith(prefix_of(scene.area_code))

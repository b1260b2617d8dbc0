"""What of the lists travels down to phones: duties, scenes, my month."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from wangge.engines.sync.sections import Scope
from wangge.lib.scoping import prefix_of

from ..enums import DutyState
from ..models import Duty, Scene
from ..outgoing.flow import picture_of
from .duties import in_walking_order, title_of, why_of, with_places
from .months import my_month
from .scenes import orders_active, scenes_on

AHEAD = timedelta(days=7)  # duties made ahead that travel along
SLACK = timedelta(seconds=30)  # a change may be committed later than its time says


def duties(scope: Scope) -> list[dict[str, Any]]:
    """Open duties of the areas, up to a week ahead where made, and those of today that are done; ``order`` is
    the place in the walk of each grid. On a delta those that changed."""
    rows = _listed(scope)
    if scope.changed is not None:
        changed = scope.changed.of("fieldwork.duty")
        rows = rows.filter(_since(scope) | Q(pk__in=changed))
    shown = list(with_places(rows))
    order = _orders(scope, {duty.area_code for duty in shown})
    return [_row(duty, scope, order) for duty in shown]


def duties_gone(scope: Scope) -> list[str]:
    """Duties that are no longer to be shown: cancelled, missed, or done before today."""
    over = Duty.objects.filter(area_code__in=scope.areas).exclude(state=DutyState.OPEN)
    changed = over.filter(_since(scope)).exclude(pk__in=_listed(scope).values("pk"))
    return [str(pk) for pk in changed.values_list("pk", flat=True)]


def _since(scope: Scope) -> Q:
    return Q(changed_at__gte=scope.since - SLACK) if scope.since else Q()


def _listed(scope: Scope) -> QuerySet[Duty]:
    today = timezone.localdate()
    due = Q(state=DutyState.OPEN, begins_on__lte=today + AHEAD)
    done = Q(state=DutyState.DONE, done_at__gte=timezone.now() - timedelta(days=1))
    return Duty.objects.filter(due | done, area_code__in=scope.areas)


def _orders(scope: Scope, areas: set[str]) -> dict[int, int]:
    """Duty -> its place in the walk, counted over all that is open in its area."""
    rows = with_places(_listed(scope).filter(area_code__in=areas))
    by_area: dict[str, list[Duty]] = defaultdict(list)
    for duty in rows:
        by_area[duty.area_code].append(duty)
    return {
        duty.pk: at for several in by_area.values() for at, duty in enumerate(in_walking_order(several), 1)
    }


def _row(duty: Duty, scope: Scope, order: dict[int, int]) -> dict[str, Any]:
    tied = {
        name: str(getattr(duty, f"{name}_id"))
        for name in ("scene", "campaign", "room", "person", "organisation", "care")
        if getattr(duty, f"{name}_id")
    }
    return {
        "id": str(duty.pk), "area": duty.area_code, "kind": duty.kind, **tied,
        "begins": duty.begins_on.isoformat(), "due": duty.due_on.isoformat(), "state": duty.state,
        "mine": duty.worker_id == scope.user.pk, "order": order.get(duty.pk, 0), "title": title_of(duty),
        "why": why_of(duty),
    }  # fmt: skip


def scenes(scope: Scope) -> list[dict[str, Any]]:
    """The scenes of the areas: those in force today, and those that open duties were made by. One of
    emergencies only where and while an order holds. ``picture`` is the flow as SVG. Whole every time."""
    asked = Duty.objects.filter(area_code__in=scope.areas, state=DutyState.OPEN).order_by()
    used = set(asked.values_list("scene_id", flat=True).distinct())
    now = scenes_on(timezone.localdate())
    rows = Scene.objects.filter(Q(pk__in=now.values("pk")) | Q(pk__in=used - {None})).order_by(
        "kind", "order"
    )
    orders = [order for order in orders_active() if order.holds_at(timezone.now())]
    ordered = any(order.covers(area) for order in orders for area in scope.areas)
    found = rows.prefetch_related("items")
    return [_scene(scene) for scene in found if _used(scene, scope) and (ordered or not scene.order_only)]


def _used(scene: Scene, scope: Scope) -> bool:
    return any(area.startswith(prefix_of(scene.area_code)) for area in scope.areas)


def _scene(scene: Scene) -> dict[str, Any]:
    return {
        "id": str(scene.pk), "list": scene.kind, "name": scene.name, "objects": scene.objects_text,
        "items": [{"id": str(item.pk), "name": item.name, "hint": item.hint} for item in scene.items.all()],
        "flow": scene.flow, "picture": picture_of(scene.flow, scene.name), "example": scene.example,
    }  # fmt: skip


def month(scope: Scope) -> list[dict[str, Any]]:
    """One row, "me"."""
    return [{"id": "me", **my_month(scope.user)}]

"""A tour is planned and its plan is changed (S01, S10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal import actions as journal

from ..models import Problem, Stop, Tour
from ..queries.places import covering, name_of, place_of
from ..rules import may_change, may_plan

LEAST, MOST = 2, 12  # stops
ASIDE = 1_000  # out of the way while stops are numbered anew


@dataclass(frozen=True)
class StopPlan:
    """Where it stops; ``pk`` of one that is there already."""

    area: str
    name: str = ""
    planned_at: time | None = None
    notes: str = ""
    pk: int | None = None


@dataclass(frozen=True)
class Plan:
    """What a tour is; ``participants`` are posts, one a line."""

    op: UUID
    kind: str
    title: str
    day: date
    lead: str
    stops: tuple[StopPlan, ...]
    participants: str = ""
    topics: str = ""
    example: bool = False

    def columns(self) -> dict[str, Any]:
        """As the table keeps it."""
        return {
            "kind": self.kind, "title": self.title.strip()[:80], "day": self.day,
            "lead": self.lead.strip()[:60], "participants": self.participants.strip()[:1000],
            "topics": self.topics.strip()[:1000], "area_code": covering(stop.area for stop in self.stops),
        }  # fmt: skip


def create_tour(*, actor: Any, plan: Plan, demo: bool = False) -> Tour:
    """Plan a tour; the same op again is the same tour.

    Raises:
        Refused: a stop outside the actor's areas. Unacceptable: too few stops or too many.
    """
    known = Tour._base_manager.filter(op=plan.op).first()
    if known is not None:
        return known
    _look_at(actor, plan)
    try:
        with transaction.atomic():
            return _created(actor, plan, demo)
    except IntegrityError:  # the same op at the same moment
        return Tour._base_manager.get(op=plan.op)


def _created(actor: Any, plan: Plan, demo: bool) -> Tour:
    tour = Tour.objects.create(
        op=plan.op, account=journal.account_of(actor), example=plan.example, demo=demo, **plan.columns()
    )
    for order, wanted in enumerate(plan.stops, start=1):
        _placed(Stop(tour=tour, order=order), wanted).save()
    data = {"stops": len(plan.stops), "kind": plan.kind}
    journal.record("tour.created", actor=actor, area=tour.area_code, subject=tour, data=data)
    return tour


@transaction.atomic
def change_tour(*, actor: Any, tour: Tour, plan: Plan, seen: int) -> Tour:
    """Change the plan; sent twice it is changed once. A stop at which something was raised stays, and stays
    where it is.

    Args:
        seen: the version of the plan one looked at; behind another's change nothing is written.

    Raises:
        Refused: a stop outside the actor's areas, or a tour that is not hers.
        Unacceptable: stops too few or too many, one with problems left out or moved, or changed meanwhile.
    """
    row = Tour._base_manager.select_for_update().get(pk=tour.pk)
    if not may_change(actor, row):
        raise Refused(_("这次调研有的点不在您的辖区，不能由您修改。"))
    if row.version == seen + 1 and _is_so(row, plan):  # sent twice
        return row
    if row.version != seen:
        raise Unacceptable(_("刚才有人改过这次调研；请看过最新的安排再改，您写的还在下面。"))
    _look_at(actor, plan)
    _renew_stops(row, plan)
    for name, value in plan.columns().items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    data = {"stops": len(plan.stops), "version": row.version}
    journal.record("tour.changed", actor=actor, area=row.area_code, subject=row, data=data)
    return row


def _is_so(tour: Tour, plan: Plan) -> bool:
    """Whether the tour is as the plan says already."""
    columns = plan.columns()
    names = ("area_code", "name", "planned_at", "notes")
    held = list(Stop._base_manager.filter(tour=tour).order_by("order").values_list(*names))
    asked = [(each.area, each.name.strip(), each.planned_at, each.notes.strip()) for each in plan.stops]
    return held == asked and all(getattr(tour, name) == value for name, value in columns.items())


def _renew_stops(tour: Tour, plan: Plan) -> None:
    held = {stop.pk: stop for stop in Stop._base_manager.filter(tour=tour)}
    kept = {wanted.pk for wanted in plan.stops if wanted.pk in held}
    raised = set(Problem._base_manager.filter(stop__tour=tour).values_list("stop", flat=True))
    for pk in held.keys() - kept:
        if pk in raised:
            raise Unacceptable(_("“%(stop)s”已经提过问题，不能删去。") % {"stop": name_of(held[pk])})
    Stop._base_manager.filter(tour=tour).exclude(pk__in=kept).delete()
    Stop._base_manager.filter(tour=tour).update(order=F("order") + ASIDE)
    for order, wanted in enumerate(plan.stops, start=1):
        stop = held[wanted.pk] if wanted.pk in kept else Stop(tour=tour)
        if stop.pk in raised and stop.area_code != wanted.area:
            raise Unacceptable(_("“%(stop)s”已经提过问题，不能换到别的区域。") % {"stop": name_of(stop)})
        stop.order = order
        _placed(stop, wanted).save()


def _placed(stop: Stop, wanted: StopPlan) -> Stop:
    """The stop as wanted; where it lies is looked up anew when it is another place."""
    name = wanted.name.strip()[:80]
    if stop.pk is None or (stop.area_code, stop.name) != (wanted.area, name):
        found = place_of(wanted.area, name)
        stop.estate, stop.organisation = found.estate, found.organisation
        stop.lon, stop.lat = found.point or (None, None)
    stop.area_code, stop.name = wanted.area, name
    stop.planned_at, stop.notes = wanted.planned_at, wanted.notes.strip()[:1000]
    return stop


def _look_at(actor: Any, plan: Plan) -> None:
    if not all(may_plan(actor, stop.area) for stop in plan.stops):
        raise Refused(_("有的调研点不在您的辖区。"))
    if len(plan.stops) < LEAST:
        raise Unacceptable(_("一次调研至少去 %(least)d 个点，请再加一个。") % {"least": LEAST})
    if len(plan.stops) > MOST:
        raise Unacceptable(_("一次调研最多去 %(most)d 个点，请分成两次。") % {"most": MOST})

"""When ground goes to another grid, open cases go with their place; closed ones stay where they were."""

from __future__ import annotations

from uuid import uuid5

from django.db import transaction
from django.utils import timezone

from wangge.foundation.journal import actions as journal
from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.enums import Level
from wangge.foundation.territory.models import Area

from ..models import Case
from ..queries.tallies import counted
from . import tallies
from .chain import Wish, write


def follow_ended_grids() -> int:
    """A sweep: open cases under a grid that ended move; returns how many, none when run again."""
    ended = Area._base_manager.filter(level=Level.GRID, valid_to__lte=timezone.localdate()).values("code")
    rows = Case._base_manager.filter(closed_at=None, area_code__in=ended)
    return sum(_move(pk) for pk in list(rows.values_list("pk", flat=True)))


@transaction.atomic
def _move(pk: int) -> int:
    case = Case._base_manager.select_for_update().get(pk=pk)
    there = _where(case)
    if there == case.area_code:
        return 0
    before, was = counted(case), case.area_code
    case.area_code = there
    wish = Wish("moved", uuid5(case.op, f"moved:{was}:{there}"), data={"from": was, "to": there})
    write(actor="system", case=case, who="", came_from=case.state, wish=wish, at=timezone.now())
    case.save(update_fields=["area_code", "version", "head"])
    tallies.shift(before, counted(case))
    data = {"number": case.number, "from": was, "to": there}
    journal.record("case.moved", actor="system", area=there, subject=case, data=data)
    return 1


def _where(case: Case) -> str:
    """Its place in the register moved before it; else the grid around its point; else the one heir; else the
    community keeps it."""
    community = case.area_code[:12]
    for place in (case.room, case.building, case.organisation):
        if place is not None and place.area_code != case.area_code:
            return str(place.area_code)
    if case.lon is not None and case.lat is not None:
        grid = territory.grid_at(case.lon, case.lat)
        if grid.startswith(community):
            return grid
    later = territory.successors(case.area_code, timezone.localdate())
    return later[0] if len(later) == 1 and later[0] != case.area_code else community

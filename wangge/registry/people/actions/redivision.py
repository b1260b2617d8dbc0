"""When grids are split, merged or their border moves, homes follow and history stays answerable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.foundation.journal.models import Entry
from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.models import AreaChange
from wangge.lib.scoping import EVERYWHERE, prefix_filter, within

from ..enums import TieKind
from ..models import (
    Building,
    BuildingGrid,
    Contradiction,
    Discrepancy,
    Estate,
    Household,
    Merge,
    Organisation,
    Room,
    Tie,
)  # fmt: skip
from ..queries import held_on
from ..rules import Declined

LOOK_BACK = timedelta(days=7)  # how long after its day a change is still looked after by the sweep


def follow_redivision(entry: Entry) -> None:
    """Reaction to area.split, area.merged, area.border_moved and area.change_withdrawn; running it again
    changes nothing.

    Buildings with a point go to the grid that holds it on the day of the change; buildings without one
    follow only where a single grid can be meant, and otherwise keep the old code until somebody says.
    A change dated in the future is recorded now and takes effect on its day (``follow_due_changes``).
    """
    day = date.fromisoformat(str(entry.data["on"]))
    communities = sorted({code[:12] for code in entry.data["from"]})
    with within(EVERYWHERE), transaction.atomic():
        moved = sum(reassign_buildings(community, set(entry.data["from"]), day) for community in communities)
        settled = sum(settle_community(community, day) for community in communities)
        if moved or settled:
            changes = {"buildings": moved, "from": entry.data["from"], "to": entry.data["to"]}
            journal.record("register.redivided", actor="system", area=entry.area_code, changes=changes)


def follow_due_changes() -> None:
    """Sweep: what was divided for a day that has come takes effect."""
    today = timezone.localdate()
    with within(EVERYWHERE):
        due = AreaChange.objects.filter(on__lte=today, on__gt=today - LOOK_BACK)
        for area, day in sorted(set(due.values_list("area_code", "on"))):
            with transaction.atomic():
                community = area[:12]
                if settled := settle_community(community, day):
                    changes = {"buildings": settled, "from": [community], "to": [community]}
                    journal.record("register.redivided", actor="system", area=area, changes=changes)


def catch_up(community: str) -> None:
    """Ties that come back after a division, as by undoing a merge, follow every change they missed."""
    today = timezone.localdate()
    with within(EVERYWHERE):
        past = AreaChange.objects.filter(area_code=community, on__lte=today)
        for day in sorted(set(past.values_list("on", flat=True))):
            settle_community(community, day)


def reassign_buildings(community: str, changed: set[str], day: date) -> int:
    """Record from ``day`` on the grid of each building of the community that the change touched."""
    buildings = list(Building.objects.filter(prefix_filter("area_code", community)).order_by("pk"))
    rows = _believed_rows(buildings)
    now, moved = timezone.now(), 0
    held = {b.pk: _code_on(b, rows[b.pk], day) for b in buildings}
    touched = [b for b in buildings if held[b.pk] in changed or _next_of(held[b.pk], day) != held[b.pk]]
    for building, target in zip(touched, _targets(touched, held, day), strict=True):
        if target != held[building.pk]:
            _reassign(building, rows[building.pk], held[building.pk], target, day, now)
            moved += 1
    return moved


def _believed_rows(buildings: Iterable[Building]) -> dict[int, list[BuildingGrid]]:
    rows: dict[int, list[BuildingGrid]] = defaultdict(list)
    for row in BuildingGrid.objects.filter(building__in=[b.pk for b in buildings], known_to=None).order_by(
        "pk"
    ):
        rows[row.building_id].append(row)
    return rows


def _holds(row: BuildingGrid, day: date) -> bool:
    begun = row.valid_from is None or row.valid_from <= day
    return begun and (row.valid_to is None or day < row.valid_to)


def _code_on(building: Building, rows: list[BuildingGrid], day: date) -> str:
    return next((row.area_code for row in rows if _holds(row, day)), building.area_code)


def _next_of(code: str, day: date) -> str:
    """The one grid that took over this one by ``day``, or the code itself while several may be meant."""
    found = territory.successors(code, day) if len(code) == 15 else [code]
    return found[0] if len(found) == 1 else code


def _targets(buildings: list[Building], held: dict[int, str], day: date) -> list[str]:
    nowhere = float("nan")
    points = [
        (b.lon, b.lat) if b.lon is not None and b.lat is not None else (nowhere, nowhere) for b in buildings
    ]
    if not points:
        return []
    found = [str(code) for code in territory.grids_at(points, day)]
    return [code or _next_of(held[b.pk], day) for b, code in zip(buildings, found, strict=True)]


def _reassign(
    building: Building, rows: list[BuildingGrid], held: str, target: str, day: date, now: datetime
) -> None:
    current = next((row for row in rows if _holds(row, day)), None)
    if current is None:  # the first change ever: what always held is written down before it ends
        current = BuildingGrid(building=building, area_code=held)
    current.known_to = now
    current.save()
    until = current.valid_to
    if current.valid_from != day:
        _row(building, held, current.valid_from, day, now)
    _row(building, target, day, until, now)


def _row(building: Building, code: str, start: date | None, end: date | None, now: datetime) -> None:
    BuildingGrid(building=building, area_code=code, valid_from=start, valid_to=end, known_from=now).save()


def settle_community(community: str, day: date) -> int:
    """Make today's ``area_code`` of everything in the community what the dated facts say; returns how
    many buildings and other rows changed their code. Nothing happens before ``day``."""
    if day > timezone.localdate():
        return 0
    settled = _settle_buildings(community) + _settle_loose(community, day)
    _follow_people(community)
    return settled


def _settle_buildings(community: str) -> int:
    due = BuildingGrid.objects.filter(
        held_on(timezone.localdate()), prefix_filter("building__area_code", community), known_to=None
    ).exclude(area_code=F("building__area_code"))
    by_code: dict[str, list[int]] = defaultdict(list)
    for building, code in due.values_list("building_id", "area_code"):
        by_code[code].append(building)
    for code, buildings in by_code.items():
        _carry(buildings, code)
    return sum(len(buildings) for buildings in by_code.values())


def _carry(buildings: list[int], code: str) -> None:
    """The buildings and all that is in them stand in ``code`` from now on."""
    rooms = Room.objects.filter(building__in=buildings)
    firms = Organisation.objects.filter(room__in=rooms.values("pk"))
    homes = Household.objects.filter(room__in=rooms.values("pk"))
    Tie.objects.filter(room__in=rooms.values("pk")).update(area_code=code)
    Tie.objects.filter(organisation__in=firms.values("pk")).update(area_code=code)
    Tie.objects.filter(household__in=homes.values("pk"), room=None).update(area_code=code)
    for rows in (firms, homes, rooms):
        rows.update(area_code=code)
    Building.objects.filter(pk__in=buildings).update(area_code=code)
    _adopt_firms(firms, code[:12])


def _adopt_firms(firms: models.QuerySet, community: str) -> None:
    """A firm whose ground came from another community is looked for here from now on, unless one of
    the same name without a code is here already: that is for people to decide."""
    strangers = firms.exclude(community=community)
    strangers.exclude(uscc=None).update(community=community)
    for firm in strangers.filter(uscc=None):
        if not Organisation.objects.filter(community=community, uscc=None, name=firm.name).exists():
            Organisation.objects.filter(pk=firm.pk).update(community=community)


@transaction.atomic
def assign_grid(*, actor: Any, building: Building, grid: str, on: date | None = None) -> None:
    """Say which grid of its community a building belongs to. One that was known is left from ``on``
    (today); where none was known the grid holds ever since.

    Raises:
        Declined: not a grid in force of the community in which the building stands.
    """
    day = on or timezone.localdate()
    community = building.area_code[:12]
    if not grid.startswith(community) or grid not in territory.grid_codes_on(day, community):
        raise Declined("not_a_grid", _("请选择本社区现行的网格。"))
    with within(EVERYWHERE):
        rows = _believed_rows([building])[building.pk]
        held = _code_on(building, rows, day)
        if len(held) == 15 and held != grid:
            _reassign(building, rows, held, grid, day, timezone.now())
        elif held != grid:
            _learn(building, rows, held, grid, timezone.now())
        if day <= timezone.localdate():
            _carry([building.pk], grid)
            _follow_people(community)
    changes = {"from": held, "to": grid, "on": day.isoformat()}
    journal.record("building.grid_assigned", actor=actor, area=grid, subject=building, changes=changes)


def _learn(building: Building, rows: list[BuildingGrid], held: str, grid: str, now: datetime) -> None:
    """No grid was known: the one now said holds ever since, and that it was not known stays answerable."""
    BuildingGrid.objects.filter(pk__in=[row.pk for row in rows]).update(known_to=now)
    if not rows:
        BuildingGrid(building=building, area_code=held, known_to=now).save()
    _row(building, grid, None, None, now)


def _settle_loose(community: str, day: date) -> int:
    """What stands in a grid without a room: it follows where one grid can be meant."""
    settled = 0
    loose = [
        Organisation.objects.filter(room=None),
        Household.objects.filter(room=None),
        Estate.objects.all(),
    ]
    for rows in loose:
        settled += sum(_rewrite(rows, *pair) for pair in _renamed(rows, community, day))
    ties = Tie.objects.filter(room=None, known_to=None)
    for old, new in _renamed(ties, community, day):
        settled += split_ties(ties.filter(area_code=old), new, day)
    return settled


def _renamed(rows: models.QuerySet, community: str, day: date) -> list[tuple[str, str]]:
    codes = rows.filter(prefix_filter("area_code", community)).order_by().values_list("area_code", flat=True)
    pairs = [(code, _next_of(code, day)) for code in codes.distinct()]
    return [(old, new) for old, new in pairs if old != new]


def _rewrite(rows: models.QuerySet, old: str, new: str) -> int:
    return rows.filter(area_code=old).update(area_code=new)


def split_ties(rows: models.QuerySet[Tie], code: str, day: date) -> int:
    """Ties known only by their grid: until ``day`` in the old one, from then on in the new one. The old
    belief is closed, so that what was known then stays answerable."""
    later = rows.filter(Q(valid_to=None) | Q(valid_to__gt=day))
    ties, now = list(later), timezone.now()
    fresh = []
    for tie in ties:
        if tie.valid_from is None or tie.valid_from < day:
            fresh.append(_copy(tie, now, valid_to=day))
        start = day if tie.valid_from is None else max(day, tie.valid_from)
        fresh.append(_copy(tie, now, area_code=code, valid_from=start))
    later.update(known_to=now)
    Tie._base_manager.bulk_create(fresh, batch_size=500)
    return len(ties)


def _copy(tie: Tie, now: datetime, **changes: Any) -> Tie:
    held = {f.attname: getattr(tie, f.attname) for f in Tie._meta.concrete_fields if not f.primary_key}
    return Tie(**held | changes | {"known_from": now})


def _follow_people(community: str) -> None:
    """Contradictions, discrepancies and merges stand where the person lives now."""
    for model, person in ((Contradiction, "person"), (Discrepancy, "person"), (Merge, "kept")):
        home: Any = Tie.objects.filter(
            person=OuterRef(person), kind=TieKind.LIVES, known_to=None, valid_to=None
        ).values("area_code")[:1]
        rows = model.objects.filter(prefix_filter("area_code", community))
        rows.update(area_code=Coalesce(Subquery(home), F("area_code")))

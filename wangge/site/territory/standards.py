"""How grids stand to the district's standards: households a grid (spec §3.1), workers a grid (S63).

Reminders, nothing is refused for them. Workers are the accounts that hold the role on the grid; whether
somebody works full time is not known yet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wangge.foundation.access.queries import may, workers_by_area
from wangge.foundation.access.rules import requires
from wangge.foundation.territory.enums import GridKind, Level
from wangge.foundation.territory.models import Area, valid_on
from wangge.foundation.territory.queries import note_of, setting
from wangge.lib.scoping import Reach, prefix_filter, prefix_of, within
from wangge.registry.people.queries import households_by_area

KEPT_SECONDS = 600
HOUSEHOLDS, STAFF = "households", "staff"


@dataclass
class GridLine:
    """One grid: its households and the names of its workers; what it lacks."""

    area: Area
    households: int
    workers: list[str]
    outside: bool = False
    short: bool = False


@dataclass
class Standing:
    """All grids of an area beside the standards; None where the district has set none."""

    lines: list[GridLine] = field(default_factory=list)
    least: int | None = None
    most: int | None = None
    each: int | None = None
    as_of: datetime | None = None

    @property
    def outside(self) -> list[GridLine]:
        return [line for line in self.lines if line.outside]

    @property
    def short(self) -> list[GridLine]:
        return [line for line in self.lines if line.short]

    @property
    def workers(self) -> int:
        """Different people; who works in two grids is one."""
        return len({name for line in self.lines for name in line.workers})


def _range() -> tuple[int | None, int | None]:
    value = setting("limits.grid_households")
    if isinstance(value, list) and len(value) == 2 and all(isinstance(one, int) for one in value):
        return value[0], value[1]
    return None, None


def standing_of(code: str) -> Standing:
    """The grids of an area inside the reach. General grids only: a school or a market has no households."""
    (least, most), each = _range(), setting("limits.full_time_per_grid")
    each = each if isinstance(each, int) else None
    inside = prefix_filter("code", prefix_of(code))
    grids = Area.objects.filter(inside, valid_on(timezone.localdate()), level=Level.GRID)
    as_of, households = _households(code)
    workers = workers_by_area(code)
    lines = [
        GridLine(grid, households.get(grid.code, 0), workers.get(grid.code, []))
        for grid in grids.filter(kind=GridKind.GENERAL).order_by("code")
    ]
    for line in lines:
        line.outside = least is not None and most is not None and not least <= line.households <= most
        line.short = each is not None and len(line.workers) < each
    return Standing(lines, least, most, each, as_of)


def _households(code: str) -> tuple[datetime, dict[str, int]]:
    """Counted from rows, at most ten minutes ago: of a whole district that takes a while."""
    key = f"territory.households.{code}"
    found: tuple[datetime, dict[str, int]] | None = cache.get(key)
    if found is None:
        with within(Reach((prefix_of(code),))):  # the same for whoever asks; grids are shown by reach
            found = timezone.localtime(), households_by_area(code)
        cache.set(key, found, KEPT_SECONDS)
    return found


def notes_for(standing: Standing) -> list[dict[str, Any]]:
    """What the page of an area says: text, whether it calls for attention, and which rows it opens."""
    if not standing.lines:
        return []
    notes = []
    if standing.least is not None:
        values = {"n": len(standing.outside), "least": standing.least, "most": standing.most}
        text = (
            _("%(n)d 个网格的户数不在 %(least)d–%(most)d 户之间") if standing.outside else
            _("每个网格的户数都在 %(least)d–%(most)d 户之间")
        )  # fmt: skip
        notes.append({"text": text % values, "warns": bool(standing.outside), "show": HOUSEHOLDS})
    if standing.each is not None:
        values = {"grids": len(standing.lines), "people": standing.workers, "each": standing.each,
                  "n": len(standing.short)}  # fmt: skip
        text = (
            _("%(grids)d 个网格，%(people)d 名网格员：%(n)d 个网格不足 %(each)d 名") if standing.short else
            _("%(grids)d 个网格，%(people)d 名网格员：每格不少于 %(each)d 名，达标")
        )  # fmt: skip
        notes.append({"text": text % values, "warns": bool(standing.short), "show": STAFF})
    return notes


@require_safe
@requires("area.view")
def standards(request: HttpRequest, code: str) -> HttpResponse:
    """The grids of an area beside the standards: ?show=households or staff lists those that differ."""
    area = get_object_or_404(Area, code=code)
    standing, show = standing_of(code), request.GET.get("show", "")
    lines = {HOUSEHOLDS: standing.outside, STAFF: standing.short}.get(show, standing.lines)
    context = {
        "area": area,
        "standing": standing,
        "lines": lines,
        "show": show,
        "notes": notes_for(standing),
        "sees_people": may(request.user, "person.view", code),
        "sees_users": may(request.user, "user.view", code),
        "households_note": note_of("limits.grid_households"),
        "staff_note": note_of("limits.full_time_per_grid"),
    }
    return render(request, "territory/standards.html", context)

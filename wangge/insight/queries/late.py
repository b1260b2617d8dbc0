"""What is late now: by area and by who has it in hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from wangge.engines.cases.models import Unit
from wangge.lib.asked import digits_below

from .areas import Below, lines_below
from .asked import Asked
from .rows import late_now


@dataclass(frozen=True)
class LateLine:
    """How many are late, and since when the first of them; ``unit`` None: nobody has it in hand yet."""

    name: str
    number: int
    since: datetime
    area: Below | None = None
    unit: int | None = None


def late_by_area(asked: Asked) -> list[LateLine]:
    """A line an area below the asked one, the most on top."""
    digits = digits_below(asked.area)
    rows = late_now(asked).order_by().values(at=Substr("area_code", 1, digits))
    found = {row["at"]: row for row in rows.annotate(n=Count("pk"), since=Min("due_at"))}
    lines = lines_below(asked.area, digits, found)
    told = [LateLine(lines[at].name, row["n"], row["since"], lines[at]) for at, row in found.items()]
    return sorted(told, key=lambda line: (-line.number, line.name))


def late_by_unit(asked: Asked) -> list[LateLine]:
    """A line a unit, the most on top; under no unit is what was not dispatched."""
    rows = late_now(asked).order_by().values("unit").annotate(n=Count("pk"), since=Min("due_at"))
    found = list(rows)
    names = dict(Unit._base_manager.filter(pk__in=[row["unit"] for row in found]).values_list("pk", "name"))
    told = [
        LateLine(names.get(row["unit"], _("还没有派给单位")), row["n"], row["since"], unit=row["unit"])
        for row in found
    ]
    return sorted(told, key=lambda line: (-line.number, line.name))

"""How many cases lie in each area."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr

from wangge.foundation.territory.queries import names_of, short_name
from wangge.lib.asked import digits_below

from ...models import Case


@dataclass(frozen=True)
class AreaLine:
    """``unplaced`` of the ``n`` have no place on the map. ``opens``: areas lie below."""

    code: str
    name: str
    n: int
    late: int
    unplaced: int
    opens: bool


def by_grid(rows: QuerySet[Case]) -> dict[str, int]:
    """Code of an area -> how many; grids, and communities for what lies in no grid."""
    counted = rows.order_by().values("area_code").annotate(n=Count("*"))
    return {line["area_code"]: line["n"] for line in counted}


def lines_by_area(rows: QuerySet[Case], area: str, now: datetime) -> list[AreaLine]:
    """A line for each area below ``area`` ("": below the reader's own) that has any, the most first."""
    digits = digits_below(area)
    counted = (
        rows.order_by()
        .annotate(at=Substr("area_code", 1, digits))
        .values("at")
        .annotate(
            n=Count("*"), late=Count("due_at", filter=Q(due_at__lt=now)),
            unplaced=Count("*") - Count("lon"),
        )
        .order_by("-n", "at")
    )  # fmt: skip
    found = list(counted)
    whole = {line["at"]: _whole(line["at"]) for line in found}
    names = names_of(whole.values())
    return [
        AreaLine(
            whole[line["at"]], short_name(names.get(whole[line["at"]], whole[line["at"]])), line["n"],
            line["late"], line["unplaced"], digits < 15 and whole[line["at"]] != area,
        )
        for line in found
    ]  # fmt: skip


def _whole(code: str) -> str:
    return code if len(code) == 15 else code.ljust(12, "0")

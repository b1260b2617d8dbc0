"""Which facts imports filled, changed, contradicted or found as they were, from the rows of batches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from wangge.registry.people.enums import TieKind
from wangge.registry.people.models import Tie

from ...enums import Outcome
from ...models import Batch, Row
from .period import Hit, Period

WHOLE = "whole_row"  # a row that agreed with the register in everything: its fields are not written down
KINDS = frozenset(TieKind.values)
AT_ONCE = 2_000


def _rows(period: Period, *outcomes: str) -> Any:
    done = Batch._base_manager.filter(period.during("finished_at")).values("pk")
    rows: Any = Row._base_manager.filter(batch__in=done, outcome__in=outcomes, person__isnull=False)
    return rows.annotate(home=_home()).filter(period.inside("home"))


def _home() -> Coalesce:
    """Where the row's person is now, in reach: the home, else any tie; "" where nothing is in reach."""
    held = Tie.objects.filter(person=OuterRef("person_id"), known_to=None, valid_to=None)
    lives = held.filter(kind=TieKind.LIVES).values("area_code")[:1]
    return Coalesce(Subquery(lives), Subquery(held.order_by("pk").values("area_code")[:1]))


def updates(period: Period) -> Iterator[Hit]:
    """Facts that rows filled, changed or contradicted; ties are counted as ties."""
    rows = _rows(period, Outcome.UPDATE, Outcome.CONFLICT).order_by("pk")
    columns = ("person_id", "home", "batch__source", "batch__finished_at", "detail")
    for person, area, source, at, detail in rows.values_list(*columns).iterator(chunk_size=AT_ONCE):
        for what, field in _facts(detail):
            yield Hit(what, field, source, area, person, at)


def _facts(detail: dict[str, Any]) -> Iterator[tuple[str, str]]:
    filled = detail.get("filled", [])
    for name in detail.get("changed", []):
        if name.startswith("!"):
            yield "contradicted", name[1:]
        elif name not in KINDS:
            yield ("filled" if name in filled else "changed"), name


def count_confirmed(period: Period) -> Counter[tuple[str, str, int, str]]:
    """Rows that agreed with the register, by source and area; one query."""
    grouped = (
        _rows(period, Outcome.UNCHANGED).order_by().values("batch__source", "home").annotate(n=Count("pk"))
    )
    rows = grouped.values_list("batch__source", "home", "n")
    return Counter({("confirmed", WHOLE, source, area): number for source, area, number in rows})


def confirmed(period: Period) -> Iterator[Hit]:
    """The same, one by one."""
    rows = _rows(period, Outcome.UNCHANGED).order_by("pk")
    columns = ("person_id", "home", "batch__source", "batch__finished_at")
    for person, area, source, at in rows.values_list(*columns).iterator(chunk_size=AT_ONCE):
        yield Hit("confirmed", WHOLE, source, area, person, at)

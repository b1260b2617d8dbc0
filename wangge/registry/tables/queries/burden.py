"""减负表: what departments asked of the grass roots in a month, and what they did not have to ask again.

Every figure is counted from rows here and nowhere else, and a line keeps the rows behind it: the page,
the workbook and the lists behind the figures cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from wangge.foundation.territory.queries import note_of, setting
from wangge.lib.scoping import prefix_of
from wangge.registry.ledgers.dictionary import called, facts

from ..enums import FillState, Ruling
from ..meanings import named
from ..models import Fill, NewColumn, TableRequest
from .periods import Month

PARTS = ("tables", "fills", "cells", "given", "by_hand", "duplicates", "questions")
MINUTES = ("minutes_per_cell", "minutes_per_table")
_DONE = (FillState.DONE, FillState.EXPIRED)  # an expired file was filled all the same
_NO_FIELD = {"serial", "blank", "formula", "remark", "table_date", ""}


@dataclass(frozen=True)
class Minutes:
    """What a worker's hand costs, from the district package; None = nobody said. note: 示例 or 待配置."""

    per_cell: float | None
    per_table: float | None
    note: str = ""


@dataclass(frozen=True)
class Duplicate:
    """A field that another table of the month had asked for before, somewhere in the same area."""

    fill: Fill
    fact: str
    earlier: TableRequest

    @property
    def name(self) -> str:
        """The field as people call it."""
        return called(self.fact) if self.fact in facts() else named(self.fact)


@dataclass
class Rows:
    """The rows of one department: fillings, columns admitted, duplicates."""

    fills: list[Fill] = field(default_factory=list)
    questions: list[NewColumn] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)


@dataclass
class Line:
    """One department in a month. given: cells filled without asking anybody; by_hand: cells left, but for
    those of members a household does not have."""

    department: str
    rows: Rows
    minutes: Minutes

    @cached_property
    def tables(self) -> int:
        return len({fill.request_id for fill in self.rows.fills})

    @property
    def fills(self) -> int:
        return len(self.rows.fills)

    @cached_property
    def given(self) -> int:
        return sum(fill.cells_filled + fill.cells_masked for fill in self.rows.fills)

    @cached_property
    def by_hand(self) -> int:
        return sum(fill.cells_empty - fill.cells_absent for fill in self.rows.fills)

    @property
    def cells(self) -> int:
        return self.given + self.by_hand

    @property
    def duplicates(self) -> int:
        return len(self.rows.duplicates)

    @cached_property
    def questions(self) -> int:
        return len({column.fact for column in self.rows.questions})

    @property
    def saved(self) -> float | None:
        """Minutes nobody had to spend: cells given × minutes a cell."""
        return None if self.minutes.per_cell is None else self.given * self.minutes.per_cell

    @property
    def spent(self) -> float | None:
        """Minutes by hand: cells left × minutes a cell, and minutes for handling each filling."""
        if self.minutes.per_cell is None or self.minutes.per_table is None:
            return None
        return self.by_hand * self.minutes.per_cell + self.fills * self.minutes.per_table

    @property
    def share(self) -> float | None:
        """Per cent of the cells given without asking; None where there is no cell."""
        return 100 * self.given / self.cells if self.cells else None


@dataclass
class Burden:
    """A month: a line for each department, the busiest first, and their sum."""

    month: Month
    lines: list[Line]
    total: Line
    minutes: Minutes


def burden_of(month: Month, department: str | None = None) -> Burden:
    """Count a month within the reach, in a number of queries that does not grow.

    Args:
        department: only this one ("" = requests that name none); None: all.
    """
    fills = fills_of(month)
    doubled = duplicates_among(fills)
    questions = questions_of(month)
    minutes = minutes_on(month)
    names = {fill.request.department for fill in fills} | {row.department for row in questions}
    if department is not None:
        names &= {department}
    lines = [_line(name, fills, questions, doubled, minutes) for name in names]
    lines.sort(key=lambda line: (-line.cells, line.department))
    everything = Rows(*(_together(lines, part) for part in ("fills", "questions", "duplicates")))
    return Burden(month, lines, Line("", everything, minutes), minutes)


def _line(
    name: str, fills: list[Fill], questions: list[NewColumn], doubled: list[Duplicate], minutes: Minutes
) -> Line:
    rows = Rows(
        [fill for fill in fills if fill.request.department == name],
        [row for row in questions if row.department == name],
        [one for one in doubled if one.fill.request.department == name],
    )
    return Line(name, rows, minutes)


def _together(lines: Iterable[Line], part: str) -> list[Any]:
    return [row for line in lines for row in getattr(line.rows, part)]


def fills_of(month: Month) -> list[Fill]:
    """The fillings finished in a month, the earliest first."""
    found = Fill.objects.filter(
        state__in=_DONE, finished_at__gte=month.start, finished_at__lt=month.end
    ).select_related("request")
    return list(found.order_by("finished_at", "pk"))


def questions_of(month: Month) -> list[NewColumn]:
    """The columns of tables that became a new question in a month."""
    found = NewColumn.objects.filter(
        request__isnull=False,
        state=Ruling.ADMITTED,
        decided_at__gte=month.start,
        decided_at__lt=month.end,
    ).exclude(decided_by="system")
    return list(found.select_related("request").order_by("pk"))


def duplicates_among(fills: Iterable[Fill]) -> list[Duplicate]:
    """Fields asked again: each table's fields that an earlier table of the month had, areas overlapping. A
    table filled again asks nothing again."""
    return list(_duplicates(fills))


def _duplicates(fills: Iterable[Fill]) -> Iterator[Duplicate]:
    asked: dict[str, list[TableRequest]] = {}
    seen: set[int] = set()
    for fill in fills:
        request = fill.request
        if request.pk in seen:
            continue
        seen.add(request.pk)
        for fact in dict.fromkeys(request.fields):
            if fact in _NO_FIELD:
                continue
            before = next((one for one in asked.get(fact, ()) if _overlap(one, request)), None)
            if before is not None:
                yield Duplicate(fill, fact, before)
            asked.setdefault(fact, []).append(request)


def _overlap(one: TableRequest, other: TableRequest) -> bool:
    a, b = prefix_of(one.area_code), prefix_of(other.area_code)
    return a.startswith(b) or b.startswith(a)


def minutes_on(month: Month) -> Minutes:
    """What the district says a cell and a table cost, as in force when the month began."""
    keys = [f"burden.{name}" for name in MINUTES]
    said = [setting(key, None, month.first) for key in keys]
    notes = {note for key in keys if (note := note_of(key, month.first))}
    cell, table = (float(value) if isinstance(value, int | float) else None for value in said)
    return Minutes(cell, table, note="；".join(sorted(notes)))

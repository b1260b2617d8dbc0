"""Columns of counts beside areas, filled by the floors above (people, rooms, organisations...)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise

Label = str | Promise


@dataclass(frozen=True)
class Counts:
    """Numbers by column and area code; ``as_of``: when they were counted, None for now."""

    numbers: Mapping[str, Mapping[str, int]]
    as_of: datetime | None = None


@dataclass(frozen=True)
class CountColumns:
    """Columns registered together, because one query counts them all; ``unknown``: what stands where
    nothing was counted (0 where everything is counted on the spot, None where numbers are stored)."""

    labels: Mapping[str, Label]
    count: Callable[[Sequence[str]], Counts]
    permission: str = ""
    unknown: int | None = None


@dataclass(frozen=True)
class CountTable:
    """Headings, a row of numbers for every code (None: never counted), and when they were counted."""

    labels: list[Label] = field(default_factory=list)
    rows: dict[str, list[int | None]] = field(default_factory=dict)
    as_of: datetime | None = None


_registered: dict[str, CountColumns] = {}


def register_columns(
    name: str, labels: Mapping[str, Label], count: Callable[[Sequence[str]], Counts], permission: str = ""
) -> None:
    """Add columns to the tables of areas; call it from ``AppConfig.ready``.

    Args:
        name: a short stable name; the same name again replaces the columns.
        labels: the heading of every column, in order.
        count: takes area codes of any level and answers everything below each, in one or two queries.
        permission: the right a reader needs to see the columns.
    """
    _registered[name] = CountColumns(labels, count, permission)


def register_counts(
    name: str, label: Label, count: Callable[[Sequence[str]], Mapping[str, int]], permission: str = ""
) -> None:
    """Add one column that is counted on the spot; codes without rows may be left out and are 0."""
    _registered[name] = CountColumns({name: label}, lambda codes: Counts({name: count(codes)}), permission, 0)


def forget_counts(name: str) -> None:
    """Take columns away again."""
    _registered.pop(name, None)


def counts_for(codes: Sequence[str], sees: Callable[[str], bool] = lambda permission: True) -> CountTable:
    """The numbers of all registered columns whose permission the reader has, for each code."""
    table = CountTable(rows={code: [] for code in codes})
    times = []
    for columns in _registered.values():
        if columns.permission and not sees(columns.permission):
            continue
        found = columns.count(codes)
        times += [found.as_of] if found.as_of else []
        for name, label in columns.labels.items():
            table.labels.append(label)
            numbers = found.numbers.get(name, {})
            for code in codes:
                table.rows[code].append(numbers.get(code, columns.unknown))
    return CountTable(table.labels, table.rows, min(times, default=None))

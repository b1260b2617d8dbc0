"""Columns of counts beside areas, filled by the floors above (people, rooms, organisations...)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

Counter = Callable[[Sequence[str]], dict[str, int]]


@dataclass(frozen=True)
class CountColumn:
    """One registered column; ``count`` takes area codes of any level and answers by code."""

    name: str
    label: str | Promise
    count: Counter
    permission: str = ""


_columns: dict[str, CountColumn] = {}


def register_counts(name: str, label: str | Promise, count: Counter, permission: str = "") -> None:
    """Add a column to the tables of areas; call it from ``AppConfig.ready``.

    Args:
        name: a short stable name; the same name again replaces the column.
        label: the column's heading.
        count: takes area codes (12 or 15 digits) and returns counts by code in one or two queries,
            counting everything below each area; codes without rows may be left out.
        permission: the right a reader needs to see the column.
    """
    _columns[name] = CountColumn(name, label, count, permission)


def forget_counts(name: str) -> None:
    """Take a column away again."""
    _columns.pop(name, None)


def columns() -> list[CountColumn]:
    """The columns in the order they were registered."""
    return list(_columns.values())


def counts_for(
    codes: Sequence[str], shown: Callable[[CountColumn], bool] = lambda column: True
) -> dict[str, list[int]]:
    """For each code the numbers of all shown columns, 0 where nothing was counted."""
    found = [column.count(codes) for column in columns() if shown(column)]
    return {code: [numbers.get(code, 0) for numbers in found] for code in codes}

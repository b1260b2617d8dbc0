"""看板: every indicator of a group for an area, those below it, and month by month."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from django.utils import timezone
from django.utils.functional import Promise

from wangge.lib.asked import digits_below
from wangge.lib.counting import shares_by_area, shares_by_month
from wangge.lib.figures import Period

from ..queries.areas import Below, lines_below
from ..queries.asked import Asked
from ..queries.sums import sums_by_area, sums_by_month
from .elsewhere import Elsewhere, figures_of
from .figure import Figure
from .groups import Group, group_of
from .sides import Rate

EMPTY = Fraction(0)


@dataclass(frozen=True)
class Column:
    """An indicator with its sum and its months; ``of`` opens its rows."""

    code: str
    name: str | Promise
    meaning: str | Promise
    total: Figure
    of: Rate | Elsewhere
    months: list[tuple[date, Figure]] = field(default_factory=list)
    less_is_better: bool = False


@dataclass(frozen=True)
class Line:
    """An area below with a figure a column."""

    area: Below
    figures: list[Figure]


@dataclass(frozen=True)
class Board:
    """All of it, as of a moment."""

    asked: Asked
    group: Group
    columns: list[Column]
    lines: list[Line]
    as_of: datetime


def board_of(
    area: str, period: Period, group: str = "matters", system: str = "", kind: str = "", months: bool = True
) -> Board:
    """The board of an area in reach ("": all of it) and a period.

    Args:
        group: a key of ``groups.GROUPS``; an unknown one is the first. months: with the twelve months.
    """
    chosen = group_of(group)
    asked = Asked(period, area, system=system, kind=kind) if chosen.of_matters else Asked(period, area)
    digits, rates = digits_below(area), chosen.rates()
    every = _kept(asked, [rate for rate in rates if isinstance(rate, Rate)], digits, months)
    every |= _elsewhere(asked, [rate for rate in rates if isinstance(rate, Elsewhere)], digits, months)
    columns, found = [every[rate.code][0] for rate in rates], [every[rate.code][1] for rate in rates]
    lines = [
        Line(
            below, [by_area.get(code, _none(column)) for column, by_area in zip(columns, found, strict=True)]
        )
        for code, below in lines_below(area, digits, {code for each in found for code in each}).items()
    ]
    return Board(asked, chosen, columns, lines, timezone.localtime())


Found = dict[str, tuple[Column, dict[str, Figure]]]  # by code of the indicator; figures by area


def _kept(asked: Asked, rates: list[Rate], digits: int, months: bool) -> Found:
    """Two queries, whatever the number of areas, months and indicators."""
    if not rates:
        return {}
    measures = {measure for rate in rates for measure in rate.measures}
    by_area = sums_by_area(asked, measures, digits)
    by_month = sums_by_month(asked.year, measures) if months else {}
    listed = asked.year.months() if months else []
    columns = [
        Column(
            rate.code, rate.name, rate.meaning, rate.of(by_area[""]), rate,
            [(month, rate.of(by_month.get(month, {}))) for month in listed], rate.less_is_better,
        )
        for rate in rates
    ]  # fmt: skip
    return {
        rate.code: (
            column,
            {code: rate.of(sums) for code, sums in by_area.items() if code and rate.counts_in(sums)},
        )
        for rate, column in zip(rates, columns, strict=True)
    }


def _elsewhere(asked: Asked, rates: list[Elsewhere], digits: int, months: bool) -> Found:
    """A query for what is counted from one table and day, whatever the number of areas and months."""
    told = [rate.indicator for rate in rates]
    found = [figures_of(shares) for shares in shares_by_area(told, asked.period, asked.area, digits)]
    monthly = shares_by_month(told, asked.year.period, asked.area) if months else [{} for _rate in rates]
    return {
        rate.code: (
            Column(
                rate.code, rate.name, rate.meaning, by_area.pop(""), rate, [*figures_of(by_month).items()]
            ),
            by_area,
        )
        for rate, by_area, by_month in zip(rates, found, monthly, strict=True)
    }


def _none(column: Column) -> Figure:
    return Figure(EMPTY, EMPTY, column.total.shape)


def ordered(board: Board, code: str, down: bool) -> list[Line]:
    """The lines by a column, areas without a figure last; by code of the area where no column is named."""
    at = next((at for at, column in enumerate(board.columns) if column.code == code), None)
    if at is None:
        return board.lines
    told = [(line.figures[at].value, line) for line in board.lines]
    there = [pair for pair in told if pair[0] is not None]
    there.sort(key=lambda pair: pair[0] or EMPTY, reverse=down)
    return [line for _value, line in there] + [line for value, line in told if value is None]

"""Figures that are rows ÷ rows (spec chapter 4): every number opens its rows, "—" where there are none.

A numerator query and a denominator query over rows; by grid, community, town, district and period; two
decimals are shown, comparisons use the unrounded value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.functional import Promise

from .scoping import prefix_filter, prefix_of


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both counted."""

    since: date
    until: date

    def during(self, lookup: str) -> Q:
        """Moments inside, by the clock of the place."""
        begin, end = (
            timezone.make_aware(datetime.combine(day, datetime.min.time()))
            for day in (self.since, self.until + timedelta(days=1))
        )
        return Q(**{f"{lookup}__gte": begin, f"{lookup}__lt": end})


@dataclass(frozen=True)
class Share:
    """part ÷ whole; ``percent`` is unrounded, as text it has two decimals."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """Per cent; None where there is nothing to divide by."""
        return 100 * self.part / self.whole if self.whole else None

    def __str__(self) -> str:
        return "—" if self.percent is None else f"{self.percent:.2f}%"


Rows = Callable[[Period], QuerySet[Any]]


@dataclass(frozen=True)
class Indicator:
    """One figure: its rows above and below the line; ``meaning`` is printed under the table."""

    code: str
    name: str | Promise
    part: tuple[Rows, ...]
    whole: tuple[Rows, ...]
    meaning: str | Promise


@dataclass(frozen=True)
class Offer:
    """The figures of one system, for whoever shows figures of all. ``route`` is the url name of the rows
    behind a number, asked for with ``code`` and ``side`` ("part" or "whole") and in the query ``area``,
    ``since`` and ``until``; "" where there is no such page. ``right`` is what that page asks for."""

    key: str
    name: str | Promise
    indicators: tuple[Indicator, ...]
    route: str = ""
    right: str = ""


_offers: dict[str, Offer] = {}


def offer(
    key: str, name: str | Promise, indicators: tuple[Indicator, ...], *, route: str = "", right: str = ""
) -> None:
    """A system says in ``ready()`` which figures it has; saying it again replaces what was said."""
    _offers[key] = Offer(key, name, tuple(indicators), route, right)


def withdraw(key: str) -> None:
    """Take back what was offered under a key; nothing happens where nothing was."""
    _offers.pop(key, None)


def offered() -> list[Offer]:
    """The figures of every system, in the order they were offered."""
    return list(_offers.values())


def shares_by_area(indicator: Indicator, period: Period, area: str, digits: int) -> dict[str, Share]:
    """The figure of each area whose code has so many digits inside ``area``, and under "" of all of it."""
    part, whole = (_counted(rows, period, area, digits) for rows in (indicator.part, indicator.whole))
    found = {code: Share(part[code], whole[code]) for code in whole}
    return {**found, "": Share(sum(part.values()), sum(whole.values()))}


def _counted(many: tuple[Rows, ...], period: Period, area: str, digits: int) -> Counter[str]:
    total: Counter[str] = Counter()
    for rows in many:
        inside = within_area(rows(period), area)
        grouped = inside.order_by().values(of_area=Substr("area_code", 1, digits)).annotate(rows=Count("pk"))
        for line in grouped:
            total[line["of_area"]] += line["rows"]
    return total


def within_area(rows: QuerySet[Any], area: str) -> QuerySet[Any]:
    """The rows inside an area; "" is everything in reach."""
    return rows.filter(prefix_filter("area_code", prefix_of(area))) if area else rows

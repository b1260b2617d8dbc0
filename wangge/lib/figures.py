"""Figures that are rows ÷ rows (spec chapter 4): every number opens its rows, "—" where there are none.

A numerator query and a denominator query over rows; by grid, community, town, district and period; two
decimals are shown, comparisons use the unrounded value. ``lib.counting`` counts many of them together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, Q, QuerySet
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

    def days(self, lookup: str) -> Q:
        """Days inside."""
        return Q(**{f"{lookup}__gte": self.since, f"{lookup}__lte": self.until})


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
EVERY = Q()


@dataclass(frozen=True)
class Counted:
    """Rows that each count on one day: of those that ``table`` gives, each with an ``area_code``, the ones
    for which ``where`` holds, on the day or moment in the column ``day``. Called with a period it is
    ``Rows``; said this way, several of one table and column are counted in one reading.

    Args:
        by_now: what comes later than now does not count yet.
    """

    table: Callable[[], QuerySet[Any]]
    day: str
    where: Q = EVERY
    by_now: bool = False

    def __call__(self, period: Period) -> QuerySet[Any]:
        return self.of(period).filter(self.where)

    def of(self, period: Period) -> QuerySet[Any]:
        """The rows of the period, whether ``where`` holds or not."""
        rows = self.table()
        moments = isinstance(rows.model._meta.get_field(self.day), DateTimeField)
        rows = rows.filter(period.during(self.day) if moments else period.days(self.day))
        return rows.filter(**{f"{self.day}__lte": timezone.now()}) if self.by_now else rows

    def but(self, *conditions: Q, **named: Any) -> Counted:
        """Of these, the rows for which this holds as well."""
        return replace(self, where=self.where & Q(*conditions, **named))


@dataclass(frozen=True)
class Indicator:
    """One figure: its rows above and below the line; ``meaning`` is printed under the table. ``monthly``:
    whether it says something of a month that is over."""

    code: str
    name: str | Promise
    part: tuple[Rows, ...]
    whole: tuple[Rows, ...]
    meaning: str | Promise
    monthly: bool = True


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


def within_area(rows: QuerySet[Any], area: str) -> QuerySet[Any]:
    """The rows inside an area; "" is everything in reach."""
    return rows.filter(prefix_filter("area_code", prefix_of(area))) if area else rows

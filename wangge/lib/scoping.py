"""Jurisdiction in one place: what the current caller may see at all.

An area code is a jurisdiction's name and its prefix is the jurisdiction's reach
(product decision 5). Middleware, the command line and reactions set the reach; every
scoped model filters by it, and querying one without a reach raises.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import cast

from django.db import models
from django.db.models import Q


class Unscoped(RuntimeError):
    """A scoped model was queried although nobody said on whose behalf."""


def prefix_of(code: str) -> str:
    """The part of an official area code that all codes inside that area share.

    Args:
        code: 6, 9, 12 or 15 digits; a 12-digit code may end in zeros
            (town 440703002000 -> 440703002, district 440703000000 -> 440703).
    """
    if len(code) == 12:
        if code.endswith("000000"):
            return code[:6]
        if code.endswith("000"):
            return code[:9]
    return code


def prefix_filter(lookup: str, prefix: str) -> Q:
    """Rows whose ``lookup`` starts with ``prefix``, as a range that a plain index answers."""
    if not prefix:
        return Q()
    return Q(**{f"{lookup}__gte": prefix, f"{lookup}__lt": prefix + ":"})  # ":" follows "9"


@dataclass(frozen=True)
class Reach:
    """The area-code prefixes a caller may see; ``("",)`` is everywhere, ``()`` is nowhere."""

    prefixes: tuple[str, ...] = ()

    @property
    def everywhere(self) -> bool:
        return "" in self.prefixes

    def covers(self, code: str) -> bool:
        """Whether the area ``code`` lies wholly inside this reach."""
        return any(prefix_of(code).startswith(prefix) for prefix in self.prefixes)

    def q(self, lookup: str) -> Q:
        """The filter over the area-code field ``lookup`` that this reach means."""
        if self.everywhere:
            return Q()
        if not self.prefixes:
            return Q(pk__in=[])
        filters = Q()
        for prefix in self.prefixes:
            filters |= prefix_filter(lookup, prefix)
        return filters


def inside_any(areas: Iterable[str], lookup: str = "area_code") -> Q:
    """Rows that lie in one of these areas at least; "" among them is everything."""
    return Reach(tuple(prefix_of(area) for area in areas)).q(lookup)


EVERYWHERE = Reach(("",))
NOWHERE = Reach()
_reach: ContextVar[Reach | None] = ContextVar("reach", default=None)


def current_reach() -> Reach:
    """The reach in force; raises Unscoped when nobody set one."""
    reach = _reach.get()
    if reach is None:
        raise Unscoped("No reach is set: wrap the call in `within(reach)`.")
    return reach


@contextmanager
def within(reach: Reach) -> Iterator[Reach]:
    """Run a block on behalf of a caller with this reach."""
    token = _reach.set(reach)
    try:
        yield reach
    finally:
        _reach.reset(token)


class ScopedManager(models.Manager):
    """Filters by the current reach. Takes no arguments: Django rebuilds related managers
    without them, so what to filter by sits on the model (``area_lookup``/``reach_filter``)."""

    def get_queryset(self) -> models.QuerySet:
        reach = current_reach()
        queryset = super().get_queryset()
        scoped = cast("type[Scoped]", self.model)
        return queryset if reach.everywhere else queryset.filter(scoped.reach_filter(reach))


class Scoped(models.Model):
    """A row that exists only inside its jurisdiction. ``area_lookup`` names the path to the
    area code; a model reached through many rows overrides ``reach_filter``."""

    area_lookup = "area_code"
    objects = ScopedManager()

    class Meta:
        abstract = True

    @classmethod
    def reach_filter(cls, reach: Reach) -> Q:
        return reach.q(cls.area_lookup)

"""Who lived where on day X, as known at moment Y; and which grid answered for them."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wangge.lib.scoping import prefix_filter, prefix_of

from ..enums import TieKind
from ..models import BuildingGrid, Person, Tie


def held_on(day: date) -> Q:
    """Rows true on ``day``; an unknown beginning is "ever since"."""
    begun = Q(valid_from=None) | Q(valid_from__lte=day)
    return begun & (Q(valid_to=None) | Q(valid_to__gt=day))


def known_at(moment: datetime | None) -> Q:
    """Rows the register believed at ``moment``; None is now."""
    if moment is None:
        return Q(known_to=None)
    begun = Q(known_from=None) | Q(known_from__lte=moment)
    return begun & (Q(known_to=None) | Q(known_to__gt=moment))


def residences_as_of(day: date, known: datetime | None = None) -> QuerySet[Tie]:
    """The lives-ties that held on ``day``, as the register knew them at ``known`` (None = now)."""
    return Tie.objects.filter(held_on(day), known_at(known), kind=TieKind.LIVES)


def ties_of(person: Person, day: date | None = None, known: datetime | None = None) -> QuerySet[Tie]:
    """A person's ties in reach, newest first: those held on ``day``, or with None the whole history;
    always as known at ``known``."""
    ties = Tie.objects.filter(known_at(known), person=person)
    ties = ties.filter(held_on(day)) if day is not None else ties
    ties = ties.select_related("room__building", "household__room__building", "organisation", "other")
    return ties.order_by(F("valid_to").desc(nulls_first=True), F("valid_from").desc(nulls_last=True), "-pk")


def grid_of_building(day: date, known: datetime | None, building: str) -> Coalesce:
    """The grid that answered for the row's building on ``day`` as known at ``known``.

    Args:
        building: the path from the row to its building, such as ``"room__building"``.
    """
    dated = BuildingGrid._base_manager.filter(held_on(day), known_at(known), building=OuterRef(building))
    return Coalesce(Subquery(dated.values("area_code")[:1]), F(f"{building}__area_code"), F("area_code"))


def residents_by_grid(area: str, day: date, known: datetime | None = None) -> dict[str, int]:
    """How many people lived in each grid of ``area`` on ``day``, as known at ``known``: people are
    counted once per grid. Homes whose grid is not known stand under their community's code."""
    prefix = prefix_of(area)
    # re-division stays inside a community, so a grid's former homes are found there
    homes = residences_as_of(day, known).filter(prefix_filter("area_code", prefix[:12]))
    counted = (
        homes.annotate(grid=grid_of_building(day, known, "room__building"))
        .values("grid")
        .annotate(people=Count("person", distinct=True))
        .order_by("grid")
    )
    return {row["grid"]: row["people"] for row in counted if row["grid"].startswith(prefix)}

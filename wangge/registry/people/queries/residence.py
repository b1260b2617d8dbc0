"""Who lived where on day X, as known at moment Y; and which grid answered for them."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual, LessThan
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.lib.scoping import current_reach, prefix_filter, prefix_of

from ..enums import TieKind
from ..models import BuildingGrid, Departure, Person, Tie


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


def end_of(day: date) -> datetime:
    """The last moment of a day in the district's time zone: "as known on" a day means at its end."""
    return timezone.make_aware(datetime.combine(day, time.max))


def register_began() -> date | None:
    """The day on which the register first learned of a relation; None while it is empty."""
    first = Tie._base_manager.aggregate(first=Min("known_from"))["first"]
    return timezone.localtime(first).date() if first else None


def faults_of_dates(day: date | None, known_on: date | None) -> dict[str, str]:
    """What is wrong with the dates somebody asks about, by "day" and "known"; empty when nothing is."""
    today = timezone.localdate()
    faults = {
        name: _("不能晚于今天（%(today)s）。") % {"today": today.isoformat()}
        for name, asked in (("day", day), ("known", known_on))
        if asked and asked > today
    }
    began = register_began() if known_on and "known" not in faults else None
    if began and known_on and known_on < began:
        said = _("登记册从 %(began)s 开始记录，那天还没有任何登记；请选这一天或以后。")
        faults["known"] = said % {"began": began.isoformat()}
    return faults


def gone_by(day: date, known: datetime | None = None) -> QuerySet[Departure]:
    """Who had left or died by ``day``, as known at ``known``; give ``values("person")`` to a condition."""
    return Departure._base_manager.filter(held_on(day), known_at(known))


def grid_of_tie(day: date, known: datetime | None = None) -> Coalesce:
    """The grid that answered on ``day``, as known at ``known``, for the place a tie speaks of: its room's
    building, its organisation's, its household's; where no building is known, the tie's own code."""
    paths = ("room__building", "organisation__room__building", "household__room__building")
    return Coalesce(*[_dated_grid(day, known, path) for path in paths], F("area_code"))


def _dated_grid(day: date, known: datetime | None, building: str) -> Subquery:
    dated = BuildingGrid._base_manager.filter(held_on(day), known_at(known), building=OuterRef(building))
    return Subquery(dated.values("area_code")[:1])


def standing_in(area: str, day: date, known: datetime | None = None) -> Q:
    """Ties whose place stood in the area on ``day``, as known at ``known``, wherever it stands now. Only a
    grid, and an area whose border some building crossed, ask the history; else today's code says it."""
    prefix = prefix_of(area)
    crossed = _crossed(prefix[:12])
    if len(prefix) < 15 and not crossed:
        return prefix_filter("area_code", prefix)
    near = prefix_filter("area_code", prefix[:12])
    if crossed:
        near |= Q(room__building__in=crossed) | Q(organisation__room__building__in=crossed)
    then = grid_of_tie(day, known)
    return near & Q(GreaterThanOrEqual(then, prefix)) & Q(LessThan(then, prefix + ":"))


def _crossed(prefix: str) -> list[int]:
    """Buildings that stood on the other side of the area's border at some time (decision 11): few, if any."""
    then, now = prefix_filter("area_code", prefix), prefix_filter("building__area_code", prefix)
    rows = BuildingGrid._base_manager.filter((then & ~now) | (now & ~then))
    return sorted(set(rows.values_list("building_id", flat=True)))


def residents_by_grid(area: str, day: date, known: datetime | None = None) -> dict[str, int]:
    """How many people lived in each grid of ``area`` on ``day``, as known at ``known``: people are
    counted once per grid. Homes whose grid is not known stand under their community's code.

    A number stands where the home was on that day: homes that went to another community since count in
    the reader's area for the days they were there."""
    prefix, reach = prefix_of(area), current_reach()
    moved = BuildingGrid._base_manager.filter(prefix_filter("area_code", prefix)).values("building")
    homes = Tie._base_manager.filter(held_on(day), known_at(known), kind=TieKind.LIVES)
    homes = homes.filter(prefix_filter("area_code", prefix[:12]) | Q(room__building__in=moved))
    counted = (
        homes.annotate(grid=grid_of_tie(day, known))
        .values("grid")
        .annotate(people=Count("person", distinct=True))
        .order_by("grid")
    )
    return {
        row["grid"]: row["people"]
        for row in counted
        if row["grid"].startswith(prefix) and reach.covers(row["grid"])
    }

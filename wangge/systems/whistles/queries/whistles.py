"""Whistles the actor may see, by what is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.units import units_of
from wangge.engines.cases.queries.worklist import cases_for
from wangge.lib.figures import Period, within_area

from ..enums import CLOCKS, SYSTEM
from ..models import Call, Score, Whistle
from ..models.whistle import DONE_AT
from .terms import bound

SHOWS = ("open", "launched", "mine", "unit", "sign", "contact", "arrive", "far", "done", "closed", "all")


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for; empty is everything. ``show`` sign, contact, arrive: some unit is late."""

    show: str = "open"
    kind: str = ""
    level: str = ""
    unit: int = 0
    area: str = ""
    q: str = ""
    since: date | None = None
    until: date | None = None


def whistles_for(actor: Any) -> QuerySet[Case]:
    """The whistles of the reach that the actor may see, as cases."""
    return cases_for(actor).filter(system=SYSTEM)


def listed(actor: Any, wanted: Wanted) -> QuerySet[Case]:
    """Those asked for: what runs out first on top, closed ones by when they were blown."""
    rows = within_area(whistles_for(actor), wanted.area)
    for name in ("kind", "level"):
        value = getattr(wanted, name)
        rows = rows.filter(**{name: value}) if value else rows
    if wanted.unit:
        rows = rows.filter(Exists(Call._base_manager.filter(whistle__case=OuterRef("pk"), unit=wanted.unit)))
    if wanted.q:
        text = wanted.q
        rows = rows.filter(Q(number=text) | Q(title__contains=text) | Q(address__contains=text))
    if wanted.since or wanted.until:
        period = Period(wanted.since or date(1990, 1, 1), wanted.until or date(2199, 1, 1))
        rows = rows.filter(period.during("raised_at"))
    return _ordered(shown(actor, rows, wanted.show), wanted.show).select_related("unit")


def shown(actor: Any, rows: QuerySet[Case], show: str) -> QuerySet[Case]:
    """Of these rows those of a tab."""
    if show == "all":
        return rows
    if show == "closed":
        return rows.exclude(closed_at=None)
    rows = rows.filter(closed_at=None)
    if show in CLOCKS:
        return rows.filter(Exists(late_calls(show).filter(whistle__case=OuterRef("pk"))))
    if show == "far":
        return rows.filter(Exists(far_calls().filter(whistle__case=OuterRef("pk"))))
    if show == "unit":
        own = units_of(actor)
        asked = Call._base_manager.filter(whistle__case=OuterRef("pk"), unit__in=own, ended_at=None)
        return rows.filter(Exists(asked))
    if show in ("launched", "done"):
        return rows.filter(state=show)
    return rows.filter(launcher=actor) if show == "mine" else rows


def late_calls(clock: str) -> QuerySet[Call]:
    """Calls of open whistles whose clock has run out and that are not done."""
    past = {f"{clock}_due__lt": timezone.now(), DONE_AT[clock]: None}
    return Call._base_manager.filter(**past, ended_at=None, whistle__case__closed_at=None)


def far_calls() -> QuerySet[Call]:
    """Calls of open whistles whose unit reported its arrival from far away and is not judged yet."""
    rows = Call.objects.filter(ended_at=None, whistle__case__closed_at=None)
    judged = Score._base_manager.filter(call=OuterRef("pk"), standing=True)
    return rows.filter(~Exists(judged), metres__gt=bound("whistle.far_metres").number)


def _ordered(rows: QuerySet[Case], show: str) -> QuerySet[Case]:
    if show in ("closed", "all"):
        return rows.order_by("-raised_at", "-pk")
    return rows.order_by(F("due_at").asc(nulls_last=True), "pk")


def counts(actor: Any, area: str) -> dict[str, int]:
    """How many each tab holds."""
    rows = within_area(whistles_for(actor), area)
    return {show: shown(actor, rows, show).count() for show in SHOWS}


def whistle_of(case: Case) -> Whistle | None:
    """What a whistle's case is to this app."""
    return Whistle._base_manager.select_related("lead", "from_case", "case").filter(case=case).first()


def blown_for(case: Case) -> list[Whistle]:
    """The whistles blown for a matter, the newest first."""
    rows = Whistle._base_manager.filter(from_case=case).select_related("case", "lead")
    return list(rows.order_by("-pk"))

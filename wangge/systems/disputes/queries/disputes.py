"""Disputes are cases of this system: those the actor may see, by what is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.worklist import cases_for
from wangge.lib.figures import within_area

from ..enums import SYSTEM
from ..models import Handler, Term
from .handlers import cases_of

SHOWS = ("open", "mine", "free", "late", "unkept", "closed", "all")


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for; empty is everything."""

    show: str = "open"
    kind: str = ""
    state: str = ""
    level: str = ""
    area: str = ""
    q: str = ""


def disputes_for(actor: Any) -> QuerySet[Case]:
    """The disputes of the reach that the actor may see."""
    return cases_for(actor).filter(system=SYSTEM)


def dispute_numbered(actor: Any, number: str) -> Case | None:
    """One of them by its number."""
    return disputes_for(actor).filter(number=number).first()


def listed(actor: Any, wanted: Wanted) -> QuerySet[Case]:
    """Those asked for: what runs out first on top, closed ones by when they were registered. Found by number,
    title and place: no word of anybody is looked through."""
    rows = within_area(disputes_for(actor), wanted.area)
    for name in ("kind", "state", "level"):
        value = getattr(wanted, name)
        rows = rows.filter(**{name: value}) if value else rows
    if wanted.q:
        text = wanted.q
        rows = rows.filter(Q(number=text) | Q(title__contains=text) | Q(address__contains=text))
    rows = _shown(rows, wanted.show, actor).select_related("dispute")
    if wanted.show in ("closed", "all"):
        return rows.order_by("-raised_at", "-pk")
    return rows.order_by(F("due_at").asc(nulls_last=True), "pk")


def _shown(rows: QuerySet[Case], show: str, actor: Any) -> QuerySet[Case]:
    if show == "all":
        return rows
    if show == "closed":
        return rows.exclude(closed_at=None)
    rows = rows.filter(closed_at=None)
    if show == "mine":
        return rows.filter(pk__in=cases_of(actor).values("case"))
    if show == "free":
        return rows.exclude(Exists(Handler._base_manager.filter(case=OuterRef("pk"), until=None)))
    if show == "unkept":
        return rows.filter(state="agreed").filter(Exists(_late_terms()))
    return rows.filter(late=True) if show == "late" else rows


def _late_terms() -> QuerySet[Term]:
    """Terms in force of a case that were due before today and are not kept."""
    rows = Term._base_manager.filter(agreement__case=OuterRef("pk"), due_on__lt=timezone.localdate())
    signed = rows.exclude(agreement__signed_on=None).exclude(agreement__kept=False)
    return signed.exclude(kept=True)


def unhandled() -> QuerySet[Case]:
    """Open disputes in reach that nobody handles: for whoever names handlers there."""
    rows = Case.objects.filter(system=SYSTEM, closed_at=None)
    return rows.exclude(Exists(Handler._base_manager.filter(case=OuterRef("pk"), until=None)))


def counts(actor: Any, area: str) -> dict[str, int]:
    """How many each tab holds."""
    rows = within_area(disputes_for(actor), area)
    return {show: _shown(rows, show, actor).count() for show in SHOWS}

"""Incidents and requests as the console lists and counts them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from wangge.engines.cases.kinds import kind_name, system_of
from wangge.engines.cases.models import Case
from wangge.engines.cases.queries import procedure_of
from wangge.engines.cases.queries.worklist import cases_for
from wangge.foundation.territory import queries as territory
from wangge.lib.figures import Share
from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.lib.serials import is_case_number

from ..kinds import SYSTEMS

SIDES = ("open", "late", "closed", "rated", "content", "reopened", "all")


@dataclass(frozen=True)
class Asked:
    """What the list is asked for; empty is any."""

    area: str = ""
    system: str = ""
    kind: str = ""
    source: str = ""
    level: str = ""
    side: str = "open"
    since: date | None = None
    until: date | None = None
    text: str = ""


def listed(actor: Any, asked: Asked) -> QuerySet[Case]:
    """The cases the actor may see, what runs out first on top; closed ones the newest first."""
    rows = _side(_asked(actor, asked), asked.side).select_related("unit", "procedure")
    if asked.side in ("open", "late"):
        return rows.order_by(F("due_at").asc(nulls_last=True), "pk")
    return rows.order_by("-raised_at", "-pk")


def _asked(actor: Any, asked: Asked) -> QuerySet[Case]:
    rows = cases_for(actor).filter(system__in=[asked.system] if asked.system else list(SYSTEMS))
    rows = rows.filter(prefix_filter("area_code", prefix_of(asked.area))) if asked.area else rows
    told = {"kind": asked.kind, "source": asked.source, "level": asked.level}
    rows = rows.filter(**{name: value for name, value in told.items() if value})
    rows = rows.filter(raised_at__gte=_midnight(asked.since)) if asked.since else rows
    rows = rows.filter(raised_at__lt=_midnight(asked.until + timedelta(days=1))) if asked.until else rows
    return rows.filter(_text(asked.text)) if asked.text else rows


def _text(text: str) -> Q:
    """A number of ours or of the hotline, else words of the title or place."""
    if is_case_number(text):
        return Q(number=text)
    return Q(title__icontains=text) | Q(address__icontains=text) | Q(hotline_order__number=text)


def _side(rows: QuerySet[Case], side: str) -> QuerySet[Case]:
    closed = Q(closed_at__isnull=False, filed=True, merged_into=None)
    wanted = {
        "open": Q(closed_at=None), "late": Q(closed_at=None, late=True), "closed": closed,
        "rated": closed & Q(rating__isnull=False), "content": closed & Q(rating__gte=2),
        "reopened": Q(reopened__gt=0), "all": Q(),
    }  # fmt: skip
    return rows.filter(wanted[side])


def counts(actor: Any, asked: Asked) -> dict[str, int]:
    """How many stand on each side, whatever side is asked for."""
    rows = _asked(actor, asked)
    return {side: _side(rows, side).count() for side in SIDES}


def rates(found: dict[str, int]) -> dict[str, Share]:
    """Of closed ones how many were rated (回评率), of rated ones how many were content."""
    return {
        "rated": Share(found["rated"], found["closed"]),
        "content": Share(found["content"], found["rated"]),
    }


def lines_of(rows: list[Case]) -> list[dict[str, Any]]:
    """Rows as the table shows them."""
    names = territory.names_of({case.area_code for case in rows})
    return [
        {
            "case": case, "kind": kind_name(case), "system": system_of(case.system).name,
            "state": procedure_of(case).state(case.state).label,
            "level": procedure_of(case).level_of(case.level).label,
            "place": territory.short_name(names.get(case.area_code, case.area_code)),
            "address": address_of(case),
        }
        for case in rows
    ]  # fmt: skip


def address_of(case: Case) -> str:
    """Where the page of a case is; "" while there is none."""
    try:
        return reverse(system_of(case.system).route, args=[case.number])
    except NoReverseMatch:
        return ""


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))

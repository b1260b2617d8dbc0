"""调解月志 (spec S67): what each worker mediated and followed up in a month, and the rows behind it."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from wangge.engines.cases.queries.worklist import cases_for
from wangge.foundation.access.models import User
from wangge.lib.figures import Period
from wangge.lib.scoping import prefix_filter, prefix_of

from ..models import Agreement, FollowUp, Mediator, Session
from ..reading.log_line import LogLine


def _inside(actor: Any, area: str, path: str = "case") -> Q:
    seen = Q(**{f"{path}__in": cases_for(actor).values("pk")})
    return seen & prefix_filter(f"{path}__area_code", prefix_of(area)) if area else seen


def _days(period: Period, name: str) -> Q:
    return Q(**{f"{name}__gte": period.since, f"{name}__lte": period.until})


def log_lines(actor: Any, period: Period, area: str) -> list[LogLine]:
    """A line a worker who did something, those who mediated most on top."""
    held = Mediator._base_manager.filter(
        _inside(actor, area, "session__case"), _days(period, "session__held_on")
    )
    sessions: Counter[int] = Counter()
    cases: dict[int, set[int]] = defaultdict(set)
    for user, case in held.values_list("user", "session__case"):
        sessions[user] += 1
        cases[user].add(case)
    signed = set(signed_in(actor, period, area).values_list("case", flat=True))
    visits = Counter(visits_in(actor, period, area).exclude(user=None).values_list("user", flat=True))
    people = User.objects.filter(pk__in={*sessions, *visits})
    lines = [
        LogLine(user.pk, user.name, user.username, sessions[user.pk], len(cases[user.pk]),
                len(cases[user.pk] & signed), visits[user.pk])
        for user in people
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (-line.sessions, -line.visits, line.name, line.account))


def signed_in(actor: Any, period: Period, area: str) -> QuerySet[Agreement]:
    """Agreements signed in the days, supplements not."""
    rows = Agreement._base_manager.filter(_inside(actor, area), _days(period, "signed_on"))
    return rows.filter(supplement_to=None)


def visits_in(actor: Any, period: Period, area: str) -> QuerySet[FollowUp]:
    """Follow-ups of the days."""
    return FollowUp._base_manager.filter(_inside(actor, area), _days(period, "on"))


def sessions_of(actor: Any, user: int, period: Period, area: str) -> QuerySet[Session]:
    """The sittings behind a worker's number."""
    rows = Session._base_manager.filter(_inside(actor, area), _days(period, "held_on"), mediators__user=user)
    return rows.select_related("case").order_by("held_on", "pk")


def month_name(first: date) -> str:
    """As addresses write it."""
    return f"{first:%Y-%m}"

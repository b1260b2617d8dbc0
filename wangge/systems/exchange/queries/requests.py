"""Requests as the list shows them, and the ledger of all comparisons."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from ..enums import OPEN, OVER, State
from ..models import Handover, ShareRequest

SHOWS = ("open", "asked", "over", "mine", "all")


def requests(show: str, account: str) -> QuerySet[ShareRequest]:
    """Those of one tab, the newest first, with how often a list was compared."""
    wanted = {
        "open": Q(state__in=OPEN), "asked": Q(state=State.ASKED), "over": Q(state__in=OVER),
        "mine": Q(asked_by=account),
    }  # fmt: skip
    rows = ShareRequest.objects.filter(wanted.get(show, Q()))
    return rows.annotate(times=Count("handovers")).order_by("-pk")


def waiting() -> QuerySet[ShareRequest]:
    """Those that wait for an answer."""
    return ShareRequest.objects.filter(state=State.ASKED)


def handovers(since: date | None = None, until: date | None = None) -> QuerySet[Handover]:
    """Comparisons of these days in reach, the newest first."""
    rows = Handover.objects.select_related("share").order_by("-at", "-pk")
    if since:
        rows = rows.filter(at__date__gte=since)
    return rows.filter(at__date__lte=until) if until else rows


def sums(rows: QuerySet[Handover]) -> dict[str, int]:
    """The foot of the table."""
    names = ("rows", "here", "differs", "absent", "invalid")
    found = rows.order_by().aggregate(**{f"all_{name}": Sum(name) for name in names})
    return {name: found[f"all_{name}"] or 0 for name in names}


def expired(today: date | None = None) -> QuerySet[ShareRequest]:
    """Open ones whose last day is over, wherever they lie."""
    return ShareRequest._base_manager.filter(state__in=OPEN, expires_on__lt=today or timezone.localdate())

"""Rows page by page: each page goes on behind the last row of the one before, however many lie before it."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from wangge.lib.cursors import BadCursor, pack, unpack

from ...models import Case


def page_of(rows: QuerySet[Case], *, closed: bool, after: str = "", size: int = 50) -> tuple[list[Case], str]:
    """One page and the cursor of the next, "" after the last.

    Open cases: what runs out first on top, those without a running clock last. Closed ones: the newest first.

    Args:
        after: the cursor that the page before gave; a bad one begins anew.
    """
    last = _last(after)
    rows = rows.select_related("unit")
    found = _newest(rows, last, size + 1) if closed else _next_due(rows, last, size + 1)
    return found[:size], pack(found[size - 1].pk) if len(found) > size else ""


def _last(after: str) -> Case | None:
    try:
        return Case._base_manager.filter(pk=unpack(after)).first() if after else None
    except BadCursor:
        return None


def _newest(rows: QuerySet[Case], last: Case | None, many: int) -> list[Case]:
    if last is not None:
        seen = Q(raised_at=last.raised_at, pk__gte=last.pk)
        rows = rows.filter(~seen, raised_at__lte=last.raised_at)
    return list(rows.order_by("-raised_at", "-pk")[:many])


def _next_due(rows: QuerySet[Case], last: Case | None, many: int) -> list[Case]:
    """Two walks, so that an index leads each: first those with an end, then those without."""
    found: list[Case] = []
    if last is None or last.due_at is not None:
        found = list(_behind(rows, last).order_by("due_at", "pk")[:many])
        last = None
    if len(found) < many:
        rest = rows.filter(due_at=None)
        rest = rest.filter(pk__gt=last.pk) if last is not None else rest
        found += rest.order_by(F("pk").asc())[: many - len(found)]
    return found


def _behind(rows: QuerySet[Case], last: Case | None) -> QuerySet[Case]:
    """Not "later, or as late and behind": an OR would leave the order of the index."""
    if last is None:
        return rows.filter(due_at__isnull=False)
    return rows.filter(~Q(due_at=last.due_at, pk__lte=last.pk), due_at__gte=last.due_at)

"""The counts above the list; each opens its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ...models import Case
from .wanted import Wanted, shown

COUNTED_TO = 1_000  # beyond it a count says "more than"
TILES: tuple[tuple[str, str | Promise, str], ...] = (
    ("open", _("未办结"), "waiting"),
    ("late", _("已超时"), "alarm"),
    ("soon", _("24 小时内到期"), "waiting"),
    ("paused", _("停表"), ""),
)


@dataclass(frozen=True)
class Tile:
    """One count. ``more``: there are more than could be counted quickly."""

    show: str
    label: str | Promise
    tone: str
    number: int
    more: bool


def tiles(rows: QuerySet[Case], wanted: Wanted, now: datetime) -> list[Tile]:
    """The counts of open cases under the other filters of the list.

    Args:
        rows: as ``open_rows`` gives them.
    """
    counts: Callable[[str], int] = lambda show: _counted(rows, replace(wanted, show=show), now)  # noqa: E731
    told = [(show, label, tone, counts(show)) for show, label, tone in TILES]
    return [
        Tile(show, label, tone if number else "", min(number, COUNTED_TO), number > COUNTED_TO)
        for show, label, tone, number in told
    ]


def _counted(rows: QuerySet[Case], wanted: Wanted, now: datetime) -> int:
    return shown(rows, wanted, now).order_by().values("pk")[: COUNTED_TO + 1].count()

"""The period and area asked about, and the one form in which every change is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wangge.lib.scoping import prefix_filter, prefix_of

PEOPLE = ("new", "left", "died", "moved", "merged", "unmerged")
TIES = ("begun", "ended", "corrected", "withdrawn", "redivided")
FACTS = ("filled", "changed", "confirmed", "contradicted", "settled", "repaired")
NAMES: dict[str, str | Promise] = {
    "new": _("新登记的人"),
    "left": _("离开"),
    "died": _("死亡"),
    "moved": _("迁移"),
    "merged": _("合并"),
    "unmerged": _("撤销合并"),
    "begun": _("新的关系"),
    "ended": _("结束的关系"),
    "corrected": _("更正的关系"),
    "withdrawn": _("撤回的关系"),
    "redivided": _("随网格调整"),
    "filled": _("补充"),
    "changed": _("修改"),
    "confirmed": _("核实无误"),
    "contradicted": _("说法不一"),
    "settled": _("裁定"),
    "repaired": _("修复矛盾"),
}


class Hit(NamedTuple):
    """One change. what: of PEOPLE, TIES or FACTS; field: the fact or kind of tie; source: who said so (0 =
    nobody is written down); area: the grid or community; person: key or None; at: when, where it is known."""

    what: str
    field: str
    source: int
    area: str
    person: int | None
    at: datetime | None


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both inside, in the district's time; ``area`` is an area code."""

    area: str
    first: date
    last: date

    @property
    def start(self) -> datetime:
        """The first moment."""
        return timezone.make_aware(datetime.combine(self.first, time.min))

    @property
    def end(self) -> datetime:
        """The moment after the last."""
        return timezone.make_aware(datetime.combine(self.last + timedelta(days=1), time.min))

    def during(self, column: str) -> Q:
        """Rows whose ``column`` lies in the period."""
        return Q(**{f"{column}__gte": self.start, f"{column}__lt": self.end})

    def inside(self, column: str = "area_code") -> Q:
        """Rows whose area lies in the area."""
        return prefix_filter(column, prefix_of(self.area))

    def holds(self, code: str) -> bool:
        """Whether an area code lies in the area."""
        return code.startswith(prefix_of(self.area))

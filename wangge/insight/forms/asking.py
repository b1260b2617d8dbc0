"""The days, the system and the kind a board is asked for; what cannot be is told, and something that can is
shown instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.engines.cases.kinds import systems
from wangge.engines.cases.queries.listing import kinds_known
from wangge.lib.figures import Period

from ..queries.asked import month_before

LONGEST = 366
FIRST, LAST = date(1900, 1, 1), date(2200, 1, 1)  # what lies beyond is mistyped
SPANS: dict[str, str | Promise] = {
    "month": gettext_lazy("本月"),
    "last": gettext_lazy("上月"),
    "quarter": gettext_lazy("本季度"),
    "year": gettext_lazy("今年"),
    "twelve": gettext_lazy("近 12 个月"),
}


@dataclass(frozen=True)
class Asking:
    """``span`` is "" for days of one's own; ``faults``: what was asked and cannot be, in words."""

    period: Period
    span: str = ""
    system: str = ""
    kind: str = ""
    faults: list[str] = field(default_factory=list)

    @property
    def asked(self) -> dict[str, str]:
        """The same as an address asks it."""
        days = {"since": self.period.since.isoformat(), "until": self.period.until.isoformat()}
        told = ({"span": self.span} if self.span else days) | {"system": self.system, "kind": self.kind}
        return {name: value for name, value in told.items() if value}

    @property
    def days(self) -> dict[str, str]:
        """The same with the days named: what is opened tomorrow still shows them."""
        days = {"since": self.period.since.isoformat(), "until": self.period.until.isoformat()}
        return days | {name: value for name, value in self.asked.items() if name in ("system", "kind")}


def span_of(name: str, today: date) -> Period:
    """The days a span means; a month, quarter or year is whole, also the part that is still to come."""
    month = today.replace(day=1)
    if name == "last":
        month = month_before(month, 1)
    first, many = {
        "quarter": (month.replace(month=(month.month - 1) // 3 * 3 + 1), 3),
        "year": (month.replace(month=1), 12),
        "twelve": (month_before(month, 11), 12),
    }.get(name, (month, 1))
    return Period(first, month_before(first, -many) - timedelta(days=1))


def asking_of(told: Mapping[str, str]) -> Asking:
    """Read an address; this month where it names nothing."""
    faults: list[str] = []
    span = told.get("span", "")
    if span not in SPANS:
        span = "" if told.get("since") or told.get("until") else "month"
    today = timezone.localdate()
    period = span_of(span, today) if span else _own_days(told, today, faults)
    system, kind = _matters(told, faults)
    return Asking(period, span, system, kind, faults)


def _own_days(told: Mapping[str, str], today: date, faults: list[str]) -> Period:
    until = _day(told.get("until", ""), _("结束日期"), faults) or today
    since = _day(told.get("since", ""), _("开始日期"), faults) or until.replace(day=1)
    if since > until:
        faults.append(_("开始日期在结束日期之后，已经对调。"))
        since, until = until, since
    if (until - since).days >= LONGEST:
        since = until - timedelta(days=LONGEST - 1)
        faults.append(
            _("一次最多看 %(most)d 天，现在显示的是 %(since)s 起的；更早的请另选日期。")
            % {"most": LONGEST, "since": since.isoformat()}
        )
    return Period(since, until)


def _day(text: str, name: str, faults: list[str]) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not FIRST <= day < LAST:
        faults.append(_("%(name)s不是一个日期，没有用它；请写成 2026-07-01 这样。") % {"name": name})
        return None
    return day


def _matters(told: Mapping[str, str], faults: list[str]) -> tuple[str, str]:
    system, kind = told.get("system", ""), told.get("kind", "")
    if system and system not in dict(system_choices()):
        faults.append(_("没有这一类来源，显示的是全部。"))
        system = ""
    if kind and kind not in dict(kinds_known(system)):
        faults.append(_("没有这个类别，显示的是全部。"))
        kind = ""
    return system, kind


def system_choices() -> list[tuple[str, str]]:
    """Every system with matters."""
    return [(each.key, str(each.name)) for each in systems()]

"""吹哨率 by street and month, and which side is out of its bounds; departments that are late too often."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.engines.cases.models import Case
from wangge.foundation.territory import queries as territory
from wangge.lib.figures import Period, Share, within_area
from wangge.lib.scoping import current_reach

from ..enums import Side
from ..reading.rates import Late, Line
from .departments import table
from .figures import matters, whistles
from .terms import Bound, bound

STREET = 9  # digits


@dataclass(frozen=True)
class Bounds:
    """What holds today."""

    high: Bound
    low: Bound
    least: Bound
    late: Bound
    late_least: Bound


def bounds() -> Bounds:
    """The district's, or those shipped as 示例."""
    keys = ("rate_high", "rate_low", "rate_least", "late_share", "late_least")
    return Bounds(*(bound(f"whistle.{key}") for key in keys))


def month_of(day: date) -> Period:
    """The whole month around a day."""
    first = day.replace(day=1)
    return Period(first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1))


def last_month(today: date | None = None) -> Period:
    """The last month that is over."""
    return month_of((today or timezone.localdate()).replace(day=1) - timedelta(days=1))


def streets(period: Period, area: str, held: Bounds) -> list[Line]:
    """A line a street that had matters or whistles."""
    blown, had = _by_street(whistles(period), area), _by_street(matters(period), area)
    whole = {code: code.ljust(12, "0") for code in sorted(set(blown) | set(had))}
    names = territory.names_of(whole.values())
    return [
        _line(full, names.get(full, full), Share(blown.get(code, 0), had.get(code, 0)), held)
        for code, full in whole.items()
    ]


def _line(code: str, name: str, share: Share, held: Bounds) -> Line:
    """Who sees a part of a street is told of her part, and nothing is judged by it."""
    if current_reach().covers(code):
        return replace(judged(code, name, share, held), opens=code)
    return Line(code, _("%(street)s（您的辖区）") % {"street": name}, share, "", "")


def judged(code: str, name: str, share: Share, held: Bounds) -> Line:
    """Whether a street whistles too often or too seldom; with few matters nothing is said."""
    percent = share.percent
    told = {"whistles": share.part, "matters": share.whole, "percent": str(share)}
    if percent is None or share.whole < held.least.number:
        return Line(code, name, share, "", "")
    if percent > held.high.number:
        why = _(
            "%(matters)d 件事吹了 %(whistles)d 次哨（%(percent)s），超过 %(bound)s%%：自己能办的也吹了哨吗？"
        )
        return Line(code, name, share, Side.HIGH, why % (told | {"bound": f"{held.high.number:g}"}))
    if percent < held.low.number:
        why = _("%(matters)d 件事吹了 %(whistles)d 次哨（%(percent)s），不到 %(bound)s%%：有难事没敢吹吗？")
        return Line(code, name, share, Side.LOW, why % (told | {"bound": f"{held.low.number:g}"}))
    return Line(code, name, share, "", "")


def late_units(period: Period, area: str, held: Bounds) -> list[Late]:
    """Units whose share of late arrivals is above the bound; with few arrivals due nothing is said."""
    found = []
    for line in table(period, area):
        share = Share(line.late, line.shares["arrive"].whole)
        if share.percent is None or share.whole < held.late_least.number:
            continue
        if share.percent > held.late.number:
            told = {"due": share.whole, "late": share.part, "percent": str(share),
                    "bound": f"{held.late.number:g}"}  # fmt: skip
            why = _("该到场 %(due)d 次，%(late)d 次没按时（%(percent)s），超过 %(bound)s%%：请督促。")
            found.append(Late(line.unit, share, why % told))
    return found


def rate_rows(part: bool, period: Period, area: str) -> QuerySet[Case]:
    """The whistles, or the matters, of one number."""
    return within_area((whistles if part else matters)(period), area)


def _by_street(rows: QuerySet[Case], area: str) -> dict[str, int]:
    grouped = within_area(rows, area).order_by().values(street=Substr("area_code", 1, STREET))
    return {row["street"]: row["n"] for row in grouped.annotate(n=Count("pk"))}

"""Which dispute, area, days and month a page is asked for."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.engines.cases.models import Case
from wangge.foundation.access.rules import Refused
from wangge.foundation.territory import queries as territory
from wangge.lib.figures import Period
from wangge.lib.scoping import current_reach

from ..queries.disputes import dispute_numbered
from ..rules import handles, leads

LONGEST = 366
FIRST, LAST = date(1900, 1, 1), date(2200, 1, 1)  # what lies beyond is mistyped


def dispute_of(request: HttpRequest, number: str) -> Case:
    """The dispute an address names.

    Raises:
        Http404: none that the reader may see.
    """
    case = dispute_numbered(request.user, number)
    if case is None:
        raise Http404
    return case


def handled_of(request: HttpRequest, number: str, *, lead: bool = False) -> Case:
    """The same, and the reader handles it.

    Args:
        lead: she has to be one of those named for it, of the community or the street.

    Raises:
        Http404: as above. Refused: others handle it.
    """
    case = dispute_of(request, number)
    if not (leads if lead else handles)(request.user, case):
        raise Refused(_("这件纠纷由别人承办，当事人和调解内容只给承办的人看。"))
    return case


def area_of(request: HttpRequest) -> str:
    """The area asked for, "" for all of the reach.

    Raises:
        Http404: it lies outside.
    """
    area = request.GET.get("area", "")
    if area and not (area.isascii() and area.isdecimal() and current_reach().covers(area)):
        raise Http404
    return area


def where(area: str) -> str:
    """The area by name, or the reader's own areas."""
    if area:
        return territory.area_name_path(area)
    return "、".join(territory.tops_in_reach().order_by("code").values_list("name", flat=True)[:5])


def day_of(text: str) -> date | None:
    """A day as addresses write it, None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST <= day < LAST else None


def period_of(request: HttpRequest) -> Period:
    """The days asked for, a year at most; this month without any."""
    until = day_of(request.GET.get("until", "")) or timezone.localdate()
    since = min(day_of(request.GET.get("since", "")) or until.replace(day=1), until)
    return Period(max(since, until - timedelta(days=LONGEST - 1)), until)


def month_of(request: HttpRequest) -> Period:
    """The month asked for as 2026-11; this one without any."""
    first = day_of(request.GET.get("month", "") + "-01") or timezone.localdate().replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    return Period(first, after - timedelta(days=1))

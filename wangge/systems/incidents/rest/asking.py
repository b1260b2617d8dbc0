"""GET of service requests and of their updates. With a key its areas and words; without one what the public
map shows, where the district allows it, and how far a request is whose number somebody has: clients ask for
what they sent without their key, as the specification lets them."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wangge.engines.cases.models import Case
from wangge.foundation.clients.queries import Caller
from wangge.foundation.journal.actions import without_personal
from wangge.lib.scoping import EVERYWHERE, within

from ..kinds import NOT_ON_A_MAP, SYSTEMS
from ..queries.progress import Line, lines_for, state_words
from ..queries.public import DIGITS, allowed, shown_rows
from .answering import parts_of, service_name
from .doors import READ, asked, caller_or_none, caller_with, door
from .formats import Refusal, answer

SPAN, MOST, A_PAGE = timedelta(days=90), 1000, 50


class Shows(Enum):
    """How much of a request: all to the holder of a key; kind, state and a rounded place to the public; kind
    and state to who has its number."""

    ALL, MAP, STATE = range(3)


def listed(request: HttpRequest, form: str) -> HttpResponse:
    """Requests by the filters of the specification: ids, service_code, dates, status; page and page_size."""
    caller = caller_or_none(request)
    shows = _shows(caller, by_number=bool(asked(request, "service_request_id")))
    with within(_reach(request, caller)):
        rows = [_row(case, shows) for case in _page(request, _filtered(request, _rows(shows)))]
    return answer(form, "service_requests", "request", rows)


@require_safe
@door
def one(request: HttpRequest, form: str, number: str) -> HttpResponse:
    """One request by its number."""
    caller = caller_or_none(request)
    shows = _shows(caller, by_number=True)
    with within(_reach(request, caller)):
        case = _rows(shows).filter(number=number).first()
        if case is None:
            raise Refusal(404, _("没有这个 service_request_id。"))
        return answer(form, "service_requests", "request", [_row(case, shows)])


@require_safe
@door
def updates(request: HttpRequest, form: str) -> HttpResponse:
    """Our extension (as FixMyStreet's): what happened to requests between two moments, oldest first."""
    caller = caller_with(request, READ)
    begin, end = _between(request, "start_date", "end_date")
    with within(caller.client.reach):
        cases = _rows(Shows.ALL).filter(steps__at__gte=begin, steps__at__lt=end).distinct()[:MOST]
        rows = [row for case in cases for row in _updates(case, begin, end)]
    rows.sort(key=lambda row: row["updated_datetime"])
    return answer(form, "service_request_updates", "request_update", rows[:MOST])


def _updates(case: Case, begin: datetime, end: datetime) -> list[dict[str, Any]]:
    lines = enumerate(lines_for(case, False), 1)
    return [_update(case, number, line) for number, line in lines if begin <= line.at < end]


def _update(case: Case, number: int, line: Line) -> dict[str, Any]:
    return {
        "update_id": f"{case.number}-{number}",
        "service_request_id": case.number,
        "status": _status(case),
        "updated_datetime": _time(line.at),
        "description": without_personal(f"{line.name} {line.words}".strip()),
    }


def _reach(request: HttpRequest, caller: Caller | None) -> Any:
    if caller is not None:
        return caller_with(request, READ).client.reach if not caller.holds(READ) else caller.client.reach
    return EVERYWHERE


def _shows(caller: Caller | None, *, by_number: bool) -> Shows:
    """Raises Refusal: 403, no key, no number, and no public map."""
    if caller is not None:
        return Shows.ALL
    if allowed():
        return Shows.MAP
    if not by_number:
        raise Refusal(403, _("请带上 api_key，或按 service_request_id 查询；本区没有开放公开查询。"))
    return Shows.STATE


def _rows(shows: Shows) -> QuerySet[Case]:
    rows = shown_rows() if shows is Shows.MAP else Case.objects.filter(system__in=SYSTEMS)
    rows = rows.exclude(kind__in=NOT_ON_A_MAP) if shows is Shows.STATE else rows
    return rows.select_related("unit").annotate(updated=Max("steps__at")).order_by("-raised_at", "-pk")


def _filtered(request: HttpRequest, rows: Any) -> Any:
    ids = asked(request, "service_request_id")
    if ids:  # they override all else
        return rows.filter(number__in=[number.strip() for number in ids.split(",")][:MOST])
    begin, end = _between(request, "start_date", "end_date")
    rows = rows.filter(raised_at__gte=begin, raised_at__lt=end)
    if asked(request, "updated_after") or asked(request, "updated_before"):
        first, last = _between(request, "updated_after", "updated_before")
        rows = rows.filter(updated__gte=first, updated__lt=last)
    status = {word.strip() for word in asked(request, "status").split(",") if word.strip()}
    if status - {"open", "closed"}:
        raise Refusal(400, _("status 只能是 open、closed。"))
    if len(status) == 1:
        rows = rows.filter(closed_at__isnull="open" in status)
    codes = [code.strip() for code in asked(request, "service_code").split(",") if code.strip()]
    wanted = Q()
    for system, kind in map(parts_of, codes):
        wanted |= Q(system=system, kind=kind)
    return rows.filter(wanted)


def _between(request: HttpRequest, first: str, last: str) -> tuple[datetime, datetime]:
    """Two moments, at most ninety days apart; where one is left out it lies ninety days from the other."""
    begin, end = _moment(request, first), _moment(request, last)
    if begin is None:
        begin = (end or timezone.now()) - SPAN
    end = end or begin + SPAN
    if end < begin or end - begin > SPAN:
        raise Refusal(400, _("%(first)s 要早于 %(last)s，最多相隔 90 天。") % {"first": first, "last": last})
    return begin, end


def _moment(request: HttpRequest, name: str) -> datetime | None:
    text = asked(request, name).replace(" ", "+")
    if not text:
        return None
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise Refusal(400, _("%(name)s 请写成 2026-01-01T00:00:00Z。") % {"name": name})
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def _page(request: HttpRequest, rows: Any) -> Any:
    paged = bool(asked(request, "page") or asked(request, "page_size"))
    page, size = _whole(request, "page", 1), _whole(request, "page_size", A_PAGE if paged else MOST)
    size = min(size, MOST)
    return rows[(page - 1) * size : page * size]


def _whole(request: HttpRequest, name: str, default: int) -> int:
    text = asked(request, name)
    if text and not (text.isascii() and text.isdecimal() and 0 < int(text[:9]) < 10**6):
        raise Refusal(400, _("%(name)s 要是正整数。") % {"name": name})
    return int(text or default)


def _row(case: Any, shows: Shows) -> dict[str, Any]:
    known, place = shows is Shows.ALL, _placed(case, shows)
    expected = case.close_due or case.handle_due
    return {
        "service_request_id": case.number, "status": _status(case), "status_notes": state_words(case),
        "service_name": service_name(case.system, case.kind), "service_code": f"{case.system}-{case.kind}",
        "description": without_personal(case.words or case.title) if known else "",
        "agency_responsible": case.unit.name if case.unit and shows is not Shows.STATE else "",
        "service_notice": "",
        "requested_datetime": _time(case.raised_at),
        "updated_datetime": _time(case.updated or case.raised_at),
        "expected_datetime": _time(expected) if expected else None,
        "address": without_personal(case.address) if known else "",
        "address_id": "" if shows is Shows.STATE else case.area_code[:12],
        "zipcode": None, "lat": place[0], "long": place[1], "media_url": None,
    }  # fmt: skip


def _placed(case: Any, shows: Shows) -> tuple[float | None, float | None]:
    if case.lon is None or shows is Shows.STATE:
        return None, None
    digits = 6 if shows is Shows.ALL else DIGITS
    return round(case.lat, digits), round(case.lon, digits)


def _status(case: Case) -> str:
    return "open" if case.closed_at is None else "closed"


def _time(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")

"""POST of a service request; GET of them stands beside it under the same address."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.clients.queries import Caller
from wangge.lib.scoping import EVERYWHERE, within

from ..actions.photos import keep_all
from ..actions.reports import Told, take_report
from ..kinds import URGENT
from ..models import Report
from ..queries.places import Place, area_for
from .answering import parts_of
from .asking import listed
from .doors import WRITE, asked, caller_with, door
from .formats import Refusal, answer

SPACE = UUID("5f0c7c0e-3b8e-4a43-9d0b-311311311311")
LONGEST, MOST_MEDIA = 2000, 3
PLAIN = ("service_code", "lat", "long", "address_string", "address_id", "description", "media_url")
WHO = ("first_name", "last_name", "phone", "email", "account_id", "device_id")


@require_http_methods(["GET", "HEAD", "POST"])
@door
def requests_(request: HttpRequest, form: str) -> HttpResponse:
    """The list, or one more."""
    if request.method != "POST":
        return listed(request, form)
    caller = caller_with(request, WRITE)
    with within(EVERYWHERE):
        told = _told(request, caller)
        if request.sizes.too_large:  # type: ignore[attr-defined]
            raise Refusal(400, _("有照片超过 12 MB，没有收；请调小再交。"))
        case = _taken(told).case
    row = {
        "service_request_id": case.number,
        "service_notice": _("已收到，进展请按编号查询。"),
        "account_id": None,
    }
    return answer(form, "service_requests", "request", [row], 201)


def _taken(told: Told) -> Report:
    try:
        return take_report(told)
    except Unacceptable as refusal:
        raise Refusal(400, str(refusal)) from refusal


def _told(request: HttpRequest, caller: Caller) -> Told:
    if request.sizes.too_large:  # type: ignore[attr-defined]
        raise Refusal(400, _("有照片超过 12 MB，没有收；请调小再交。"))
    code = asked(request, "service_code")
    if not code:
        raise Refusal(400, _("请带上 service_code。"))
    system, kind = parts_of(code)
    words = _words(request)
    place = _place(request)
    area = _area(request, caller, place)
    name = f"{asked(request, 'last_name')}{asked(request, 'first_name')}"[:40]
    danger = asked(request, "attribute[danger]") == "yes"
    contents = [file.read() for file in request.FILES.getlist("media")[:MOST_MEDIA]]
    return Told(
        op=_op(request, caller, contents), system=system, kind=kind, words=words, area=area, place=place,
        address=asked(request, "address_string")[:200], photos=_photos(contents, area), name=name,
        phone=asked(request, "phone")[:20], level=URGENT[system] if danger else "",
    )  # fmt: skip


def _words(request: HttpRequest) -> str:
    words, link = asked(request, "description"), asked(request, "media_url")
    if not words:
        raise Refusal(400, _("请在 description 里写几句话。"))
    said = f"{words}\n{link}" if link.startswith(("http://", "https://")) else words
    if len(said) > LONGEST:
        raise Refusal(400, _("description 最多 %(most)d 字。") % {"most": LONGEST})
    return said


def _place(request: HttpRequest) -> Place | None:
    lat, long = asked(request, "lat"), asked(request, "long")
    if not lat and not long:
        return None
    try:
        place = float(long), float(lat)
    except ValueError:
        place = (999.0, 999.0)
    if not (-180 <= place[0] <= 180 and -90 <= place[1] <= 90):
        raise Refusal(400, _("lat 和 long 要成对，用 WGS-84 的度数。"))
    return place


def _area(request: HttpRequest, caller: Caller, place: Place | None) -> str:
    try:
        area = area_for(place, asked(request, "address_id"))
    except Unacceptable as refusal:
        raise Refusal(400, str(refusal)) from refusal
    if not caller.client.reach.covers(area):
        raise Refusal(403, _("这个位置不在这个密钥的范围内。"))
    return area


def _photos(contents: list[bytes], area: str) -> tuple[str, ...]:
    try:
        return keep_all(actor="resident", contents=contents, area=area)
    except Unacceptable as refusal:
        raise Refusal(400, str(refusal)) from refusal


def _op(request: HttpRequest, caller: Caller, contents: list[bytes], today: date | None = None) -> UUID:
    """Open311 numbers no posts, so the same post of a client on the same day is the same request; a client
    that numbers them itself sends ``op`` (a UUID)."""
    try:
        return UUID(asked(request, "op"))
    except ValueError:
        told = [asked(request, name) for name in (*PLAIN, *WHO, "attribute[danger]")]
        told += [sha256(content).hexdigest() for content in contents]
        day = today or timezone.localdate()
        return uuid5(SPACE, json.dumps([caller.client.pk, day.isoformat(), *told]))

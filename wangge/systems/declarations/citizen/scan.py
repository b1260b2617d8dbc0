"""What a scan or a typed number opens: the form, or why there is none."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from wangge.lib.scoping import EVERYWHERE, within

from ..actions.submit import AT_THE_PLACE, Client, Receipt, Refused, TooMany, submit
from ..actions.submit_orders import check_order_values
from ..actions.submit_receipt import first_receipt
from ..enums import Channel
from ..models import ReportCode
from ..queries.codes import NoSuchCode, read_code
from ..queries.regions import regions
from ..queries.why_not import SHORT, why_not
from ..reading.payload import report_of
from ..reading.people import MOST
from ..rest.taking import address_of
from . import posting
from .form import form_page
from .memory import remember
from .trying import slowed

DEVICE = "device"
BODY_MOST = 200_000  # bytes; twenty people with everything filled in are a tenth of it


@never_cache
@require_http_methods(["GET", "HEAD"])
def number(request: HttpRequest) -> HttpResponse:
    """Type the number under a code; ``?number=`` leads to its form."""
    typed = request.GET.get("number", "").strip()[:400]
    if typed:
        return redirect(
            "declare:form", token="".join(c for c in typed if c.isascii() and c.isalnum()) or "0000"
        )
    return render(request, "declare/number.html", {"empty": "number" in request.GET})


@require_safe
@cache_control(max_age=30 * 24 * 3600, public=True)
def region_list(request: HttpRequest) -> JsonResponse:
    """Provinces and prefectures, for the list that helps to type where one comes from."""
    return JsonResponse({"regions": list(regions())}, json_dumps_params={"ensure_ascii": False})


@csrf_exempt  # no account and no cookie is used: whoever scans may send, as from any other page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, token: str) -> HttpResponse:
    """The form of one code."""
    with within(EVERYWHERE):
        try:
            code = read_code(token)
        except NoSuchCode:
            return slowed(request) or no_form(request, token)
        if request.method != "POST":
            return _known_device(
                request, form_page(request, code, {"report": str(uuid.uuid4())}, {}, token=token)
            )
        try:
            values = _posted(request)
        except (BadRequest, SuspiciousOperation, UnicodeError):
            error = {"": _("填写的内容没有读懂，可能太长或编码不对。请在本页重新填写。")}
            return form_page(request, code, {"report": str(uuid.uuid4())}, error, token=token, status=400)
        return _answer(request, code, token, values)


def _known_device(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """A random number for a day, for the limit by device and nothing else."""
    if not request.COOKIES.get(DEVICE):
        answer.set_cookie(
            DEVICE, uuid.uuid4().hex, max_age=24 * 3600, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return answer


def _posted(request: HttpRequest) -> dict[str, str]:
    if int(request.META.get("CONTENT_LENGTH") or 0) > BODY_MOST:
        raise BadRequest("too long")
    return posting.values_of(request.POST)


def _answer(request: HttpRequest, code: ReportCode, token: str, values: dict[str, str]) -> HttpResponse:
    do = values.get("do", "send")
    if do == "add":
        count = min(posting.count_of(values) + 1, MOST)
        return form_page(request, code, values | {"people": str(count)}, {}, token=token)
    if do.startswith("drop-") and do[5:].isdecimal():
        return form_page(request, code, posting.without_person(values, int(do[5:])), {}, token=token)
    return _send(request, code, token, values)


def _send(request: HttpRequest, code: ReportCode, token: str, values: dict[str, str]) -> HttpResponse:
    client = Client(address=address_of(request), device=request.COOKIES.get(DEVICE, ""), user=None)
    payload = posting.payload_of(values, token)
    channel = Channel.SCAN if len(token) > SHORT else Channel.WEB  # a number was typed, or kept from before
    try:
        if lacking := posting.faults_of(values, at_the_place=code.scope in AT_THE_PLACE):
            if first := taken_before(payload):
                return _received(request, first, values["report"])
            raise Refused(posting.wrong_with(payload) | lacking)
        receipt = submit(payload, channel=channel, client=client)
    except TooMany as refusal:
        answer = form_page(request, code, values, refusal.errors, token=token, status=429)
        answer["Retry-After"] = str(refusal.retry_after)
        return answer
    except Refused as refusal:
        said = [one.get("emergency", {}) for one in payload["people"]]
        errors = check_order_values(said, code.area_code)[1] | refusal.errors  # everything at once
        return form_page(request, code, values, errors, token=token, status=422)
    return _received(request, receipt, values["report"])


def taken_before(payload: dict[str, Any]) -> Receipt | None:
    """The receipt of a report sent again, whatever would be wrong with it today."""
    sent = report_of(payload)
    return first_receipt(sent) if sent else None


def _received(request: HttpRequest, receipt: Receipt, report: str) -> HttpResponse:
    """303 to the receipt; a script is told the address, so that it can say "arrived" first."""
    address = reverse("declare:receipt", kwargs={"token": receipt.token}) + (
        "?again=1" if receipt.repeated else ""
    )
    answer: HttpResponse = HttpResponseRedirect(address, status=303)
    if request.headers.get("X-Wangge-Live") == "1":
        answer = JsonResponse({"receipt": address}, status=201)
    remember(request, answer, uuid.UUID(report))
    return answer


def no_form(request: HttpRequest, token: str) -> HttpResponse:
    """Why there is no form here, and what to do; 404, or 410 for a code of ours that is over."""
    why = why_not(token)
    status = 404 if why in ("unknown", "forged") else 410
    context: dict[str, Any] = {"why": why}
    return render(request, "declare/no_form.html", context, status=status)

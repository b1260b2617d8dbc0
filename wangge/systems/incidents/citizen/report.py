"""随手拍: the form, where a point lies, the ground to tap on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.territory import queries as territory
from wangge.lib.scoping import EVERYWHERE, within

from ..actions import limits
from ..actions.photos import keep_all
from ..actions.reports import RESIDENT, Repeated, Told, known, take_report
from ..forms.report import LONGEST, MOST_PHOTOS, ReportForm
from ..forms.uploads import BODY_MOST, watch
from ..kinds import KINDS, REQUEST, SYSTEMS
from ..models import Report
from ..outgoing.ground import ground_picture
from ..queries.places import area_for, communities, outside
from .memory import address_of, device_of, number_device, remember


@csrf_exempt  # no account and no cookie is used: whoever sees something may send, as from any other page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form; posted, the receipt's page."""
    with within(EVERYWHERE):
        if request.method != "POST":
            return number_device(request, _page(request, ReportForm.blank()))
        if int(request.META.get("CONTENT_LENGTH") or 0) > BODY_MOST:
            form = ReportForm.blank()
            form.errors["photo"] = _(
                "照片合起来太大，没有收到。请返回上一页（写的字还在），减少或调小照片再交。"
            )
            return _page(request, form, 413)
        sizes = watch(request)
        form = ReportForm.posted(request.POST, request.FILES)
        return _answer(request, form, sizes.too_large)


def _answer(request: HttpRequest, form: ReportForm, too_large: int) -> HttpResponse:
    before = known(UUID(form.values["op"]))
    if before is None and not form.check(too_large):
        return _page(request, form, 422)
    try:
        if before is None:
            limits.count("address", address_of(request))
            limits.count("device", device_of(request))
        told = _told(form, before)
        with _of(""):
            report = take_report(told)
    except limits.TooMany as refusal:
        form.errors[""] = refusal.words
        answer = _page(request, form, 429)
        answer["Retry-After"] = str(refusal.retry_after)
        return answer
    except Repeated as refusal:
        form.errors[""] = str(refusal)
        return _page(request, form, 409, receipt=refusal.receipt)
    except Wrong as refusal:
        form.errors[refusal.field] = str(refusal)
        return _page(request, form, 422)
    return _received(request, report, again=before is not None)


class Wrong(Unacceptable):
    """What cannot be taken of one part of the form."""

    def __init__(self, field: str, words: str) -> None:
        self.field = field
        super().__init__(words)


@contextmanager
def _of(field: str) -> Iterator[None]:
    try:
        yield
    except Repeated:
        raise
    except Unacceptable as why:
        raise Wrong(field, str(why)) from why


def _told(form: ReportForm, before: Report | None) -> Told:
    """What the form says. Of one that was taken before, the area stays what it was."""
    said = form.values
    with _of("place"):
        area = area_for(form.place, said["community"]) if before is None else before.area_code
    with _of("photo"):
        photos = keep_all(actor=RESIDENT, contents=form.contents, area=area)
    name, phone = form.contact()
    return Told(
        op=UUID(said["op"]), system=said["system"], kind=said["kind"], words=said["words"], area=area,
        place=form.place, address=said["address"], photos=photos, name=name, phone=phone,
    )  # fmt: skip


def _received(request: HttpRequest, report: Report, *, again: bool) -> HttpResponse:
    """303 to the receipt; a script is told the address, so that it can say "arrived" first."""
    address = reverse("report:track", args=[report.receipt]) + ("?again=1" if again else "?new=1")
    answer: HttpResponse = HttpResponseRedirect(address, status=303)
    if request.headers.get("X-Wangge-Live") == "1":
        answer = JsonResponse({"receipt": address}, status=201)
    remember(request, answer, report.receipt)
    return answer


def _page(request: HttpRequest, form: ReportForm, status: int = 200, receipt: str = "") -> HttpResponse:
    context = {
        "form": form, "values": form.values, "errors": form.errors, "receipt": receipt,
        "systems": [(key, _("求助、咨询、投诉") if key == REQUEST else _("看到的问题")) for key in SYSTEMS],
        "kinds": KINDS.items(), "towns": communities(), "most": LONGEST, "photos": MOST_PHOTOS,
    }  # fmt: skip
    return render(request, "report/new.html", context, status=status)


@csrf_exempt  # changes nothing; a point stands in no address, so it is posted
@never_cache
@require_POST
def where(request: HttpRequest) -> JsonResponse:
    """{lon, lat} → the names of the area around the point, or what to do where there is none."""
    form = ReportForm({"lon": request.POST.get("lon", ""), "lat": request.POST.get("lat", "")})
    grid = territory.grid_at(*form.place) if form.place else ""
    words = territory.area_name_path(grid, " ") if grid else outside()
    return JsonResponse({"inside": bool(grid), "words": words}, json_dumps_params={"ensure_ascii": False})


@require_safe
@cache_control(max_age=24 * 3600, public=True)
def ground(request: HttpRequest) -> HttpResponse:
    """The district's communities as a picture to tap on; 404 where no borders are known."""
    picture = ground_picture()
    return HttpResponse(picture, content_type="image/svg+xml", status=200 if picture else 404)

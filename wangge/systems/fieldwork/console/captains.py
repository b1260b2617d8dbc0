"""Pages of captains by building, and of people who work in another city."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.foundation.access import actions as access
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Unacceptable, requires
from wangge.foundation.territory.queries import names_of
from wangge.registry.people.models import Building, Person
from wangge.registry.people.queries import search_people, with_homes

from ..actions import captains as actions
from ..actions import commuters as commuting
from ..forms.care import CARES, CaptainForm, CommuterForm
from ..forms.visits import AreaFilter, SearchForm
from ..models import Captain, Commuter
from ..queries import neighbours as queries

PER_PAGE = 50


@never_cache
@require_GET
@requires("duty.view")
def captains(request: HttpRequest) -> HttpResponse:
    """Buildings with their captains, and those that have none."""
    form = AreaFilter(request.GET)
    area, text = form.area_asked(), request.GET.get("q", "")[:60]
    after = request.GET.get("after", "")
    rows = queries.buildings_with_captains(
        area,
        text,
        without="without" in request.GET,
        after=int(after) if after.isdecimal() and len(after) < 19 else 0,
    )
    listed = list(rows[: PER_PAGE + 1])
    shown = listed[:PER_PAGE]
    people = [one.person for row in shown for one in row.captains_now]  # type: ignore[attr-defined]
    access.note_readings(actor=request.user, subjects=people, what="view")
    context = {
        "form": form, "rows": shown, "next": shown[-1].pk if len(listed) > PER_PAGE else None,
        "counts": queries.captain_counts(area), "may_manage": may(request.user, "care.manage"),
        "cares": [str(one) for one in CARES], "text": text,
    }  # fmt: skip
    return render(request, "captains/list.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("care.manage")
def new_captain(request: HttpRequest, building: int) -> HttpResponse:
    """Find somebody, then name them."""
    row = get_object_or_404(Building, pk=building)
    buildings = Building.objects.filter(pk=row.pk)
    find, found = SearchForm(request.POST or None), []
    form = CaptainForm(initial={"building": row.pk}, buildings=buildings)
    if request.POST.get("do") == "find" and find.is_valid():
        found = _people(request, find.cleaned_data["q"])
    elif request.method == "POST":
        form = CaptainForm(request.POST, buildings=buildings)
        if form.is_valid():
            try:
                actions.name_captain(actor=request.user, **form.cleaned_data)
            except Unacceptable as why:
                form.add_error(None, str(why))
            else:
                messages.success(request, _("已聘为楼长。"))
                return redirect("visits:captains")
    context = {"find": find, "form": form, "found": found, "building": row, "chosen": _chosen(request)}
    return render(request, "captains/new.html", context, status=422 if form.errors else 200)


def _people(request: HttpRequest, text: str) -> Any:
    people = list(search_people(text, 20))
    access.note_readings(actor=request.user, subjects=people, what="search")
    return with_homes(people)


def _chosen(request: HttpRequest) -> Person | None:
    key = request.POST.get("person", "")
    return Person.objects.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None


@require_POST
@requires("care.manage")
def change_captain(request: HttpRequest, pk: int) -> HttpResponse:
    """The term ends, a seat in the council, one of the four kinds of care."""
    row, post = get_object_or_404(Captain.objects.select_related("building"), pk=pk), request.POST
    try:
        if post.get("do") == "end":
            actions.end_captain(actor=request.user, captain=row, reason=post.get("reason", "")[:200])
        elif post.get("do") == "council":
            actions.seat_in_council(actor=request.user, captain=row, council=post.get("council") == "1")
        else:
            actions.care_for_captain(
                actor=request.user, captain=row, kind=post.get("kind", ""), words=post.get("words", "")
            )
    except Unacceptable as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("已记下。"))
    return redirect("visits:captains")


@never_cache
@require_http_methods(["GET", "POST"])
@requires("duty.view")
def commuters(request: HttpRequest) -> HttpResponse:
    """Who works in which city, per grid (S78); remind them to report."""
    form, city = AreaFilter(request.GET), request.GET.get("city", "")[:40]
    area = form.area_asked()
    rows = list(queries.commuters(area, city)[:500])
    if request.method == "POST":
        keys = {int(key) for key in request.POST.getlist("row") if key.isdecimal() and len(key) < 19}
        _remind(request, [row for row in rows if row.pk in keys])
        return redirect(request.get_full_path())
    access.note_readings(actor=request.user, subjects=[row.person for row in rows], what="view")
    counts = queries.commuter_counts(area)
    context = {
        "form": form, "rows": rows, "counts": counts, "cities": queries.cities(area), "city": city,
        "areas": names_of({grid for grid, _city, _n in counts}), "may_edit": may(request.user, "duty.do"),
    }  # fmt: skip
    return render(request, "captains/commuters.html", context)


def _remind(request: HttpRequest, rows: list[Commuter]) -> None:
    count = commuting.remind_commuters(actor=request.user, commuters=rows)
    messages.success(request, _("正在给 %(count)d 人发短信，提醒报备。") % {"count": count})
    if rest := len(rows) - count:
        words = _("有 %(count)d 人没有发：登记册里没有手机号码，或今天已经提醒过。没有号码的请上门提醒。")
        messages.info(request, words % {"count": rest})


@never_cache
@require_http_methods(["GET", "POST"])
@requires("duty.do")
def new_commuter(request: HttpRequest) -> HttpResponse:
    """Find somebody, then say where they work."""
    find, form, found = SearchForm(request.POST or None), CommuterForm(), []
    if request.POST.get("do") == "find" and find.is_valid():
        found = _people(request, find.cleaned_data["q"])
    elif request.method == "POST":
        form = CommuterForm(request.POST)
        if form.is_valid():
            try:
                commuting.note_commuter(actor=request.user, **form.cleaned_data)
            except Unacceptable as why:
                form.add_error(None, str(why))
            else:
                messages.success(request, _("已记为跨城通勤。"))
                return redirect("visits:commuters")
    context = {"find": find, "form": form, "found": found, "chosen": _chosen(request)}
    return render(request, "captains/new_commuter.html", context, status=422 if form.errors else 200)


@require_POST
@requires("duty.do")
def end_commuter(request: HttpRequest, pk: int) -> HttpResponse:
    """Works here again."""
    try:
        commuting.end_commuter(actor=request.user, commuter=get_object_or_404(Commuter, pk=pk))
    except Unacceptable as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("已取消跨城通勤标记。"))
    return redirect("visits:commuters")

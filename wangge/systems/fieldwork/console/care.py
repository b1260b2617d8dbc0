"""Pages of one-to-one care (S25): the list, one person's, pairing with the list of unpaired."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.foundation.access import actions as access
from wangge.foundation.access.models import User
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Unacceptable, requires
from wangge.foundation.territory.queries import area_name_path
from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.registry.people.models import Person
from wangge.registry.people.queries import search_people, with_homes

from ..actions import care as actions
from ..enums import Level
from ..forms.care import CareForm, ContactForm, ServiceForm
from ..forms.visits import AreaFilter, SearchForm
from ..models import CarePerson
from ..queries import care as queries
from ..queries.visits import worker_names

PER_PAGE = 50


@never_cache
@require_GET
@requires("care.manage", "duty.do")
def listing(request: HttpRequest) -> HttpResponse:
    """Who is looked after, who looks after them, when the next visit is due."""
    form = AreaFilter(request.GET)
    inside = prefix_filter("area_code", prefix_of(form.area_asked()))
    rows = queries.active_care().filter(inside).select_related("person")
    if request.GET.get("mine"):
        rows = rows.filter(contacts__user=request.user.pk, contacts__ends_on=None)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = queries.cared_for(page.object_list)
    access.note_readings(actor=request.user, subjects=[line.row.person for line in lines], what="view")
    context = {
        "form": form, "page": page, "today": timezone.localdate(),
        "lines": [(line, line.class_for(request.user)) for line in lines],
        "rate": queries.pairing_rate(form.area_asked()), "may_manage": may(request.user, "care.manage"),
    }  # fmt: skip
    return render(request, "care/list.html", context)


@never_cache
@require_GET
@requires("care.manage", "duty.do")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's care: contact, next visit, what was done."""
    row = get_object_or_404(CarePerson.objects.select_related("person"), pk=pk)
    return _page(request, row)


def _page(request: HttpRequest, row: CarePerson, service: Any = None, status: int = 200) -> HttpResponse:
    access.note_reading(actor=request.user, subject=row.person)
    (line,) = queries.cared_for([row])
    services = list(row.services.order_by("-at")[:100])
    manages = may(request.user, "care.manage", row.area_code)
    workers = queries.workers_of([row.area_code]).get(row.area_code, []) if manages else []
    rule = queries.Rules(timezone.localdate()).of(row.area_code, row.care_class, row.level)
    context = {
        "care": row, "line": line, "class": line.class_for(request.user), "services": services,
        "names": worker_names(one.worker for one in services), "place": area_name_path(row.area_code),
        "may_manage": manages, "contact": ContactForm(workers=workers), "rule": rule, "levels": Level.choices,
        "service": service or ServiceForm(), "op": uuid4(), "may_serve": may(request.user, "duty.do"),
    }  # fmt: skip
    return render(request, "care/one.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("care.manage")
def new(request: HttpRequest) -> HttpResponse:
    """Find somebody, then say why they are looked after."""
    find, form, found = SearchForm(request.POST or None), CareForm(), []
    if request.POST.get("do") == "find" and find.is_valid():
        people = list(search_people(find.cleaned_data["q"], 20))
        access.note_readings(actor=request.user, subjects=people, what="search")
        found = with_homes(people)
    elif request.method == "POST":
        form = CareForm(request.POST)
        if form.is_valid() and (answer := _begin(request, form)):
            return answer
    chosen = Person.objects.filter(pk=_key(request.POST.get("person"))).first()
    context = {"find": find, "form": form, "found": found, "chosen": chosen}
    return render(request, "care/new.html", context, status=422 if form.errors else 200)


def _begin(request: HttpRequest, form: CareForm) -> HttpResponse | None:
    given = form.cleaned_data
    try:
        row = actions.begin_care(
            actor=request.user, person=given["person"], care_class=given["care_class"], level=given["level"],
            reason=given["reason"], source=given["source"], on=given["begins_on"],
        )  # fmt: skip
    except Unacceptable as why:
        form.add_error(None, str(why))
        return None
    messages.success(request, _("已列为关爱对象。请接着结对一名联系人。"))
    return redirect("visits:care_one", pk=row.pk)


def _key(text: Any) -> int:
    return int(text) if str(text).isdecimal() and len(str(text)) < 19 else 0


def _done(request: HttpRequest, row: CarePerson, act: Callable[[], Any], words: str) -> HttpResponse:
    try:
        act()
    except Unacceptable as why:
        messages.error(request, str(why))
    else:
        messages.success(request, words)
    return redirect("visits:care_one", pk=row.pk)


@require_POST
@requires("care.manage")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another level, another contact, or an end with its reason."""
    row, post, who = get_object_or_404(CarePerson, pk=pk), request.POST, request.user
    do = post.get("do", "")
    if do == "level":
        level = post.get("level", "")
        return _done(
            request, row, lambda: actions.set_level(actor=who, care=row, level=level), _("已改等级。")
        )
    if do == "end":
        reason = post.get("reason", "")
        words = _("已记为不再是关爱对象。")
        return _done(request, row, lambda: actions.end_care(actor=who, care=row, reason=reason), words)
    form = ContactForm(post, workers=queries.workers_of([row.area_code]).get(row.area_code, []))
    if not form.is_valid():
        messages.error(request, _("请选择这个网格的一名网格员。"))
        return redirect("visits:care_one", pk=row.pk)
    worker = form.cleaned_data["worker"]
    return _done(request, row, lambda: actions.pair(actor=who, care=row, worker=worker), _("已结对。"))


@require_POST
@requires("duty.do")
def serve(request: HttpRequest, pk: int) -> HttpResponse:
    """Log a service; the page's own number keeps a second click from being a second service."""
    row = get_object_or_404(CarePerson.objects.select_related("person"), pk=pk)
    form = ServiceForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    given = form.cleaned_data
    at = timezone.make_aware(datetime.combine(given["on"], time(12)))
    safe = {"yes": True, "no": False}.get(given["safe"])
    return _done(
        request, row,
        lambda: actions.serve_care(
            actor=request.user, op=_op(request), care=row, way=given["way"], at=at, safe=safe,
            words=given["words"],
        ),
        _("已记下这次服务。"),
    )  # fmt: skip


def _op(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("op", ""))
    except ValueError:
        return uuid4()


@never_cache
@require_http_methods(["GET", "POST"])
@requires("care.manage")
def pairing(request: HttpRequest) -> HttpResponse:
    """Who has no contact (target: nobody), and a proposal that is shown before it is done."""
    form = AreaFilter(request.GET)
    area = form.area_asked()
    if request.method == "POST":
        done = actions.pair_many(actor=request.user, pairs=_chosen(request))
        messages.success(request, _("结对了 %(count)d 人。") % {"count": done})
        return redirect(request.get_full_path())
    proposed = queries.proposals(area)
    access.note_readings(actor=request.user, subjects=[each.care.person for each in proposed], what="view")
    context = {"form": form, "proposals": proposed, "rate": queries.pairing_rate(area)}
    return render(request, "care/pairing.html", context)


def _chosen(request: HttpRequest) -> list[tuple[CarePerson, User]]:
    """What was ticked, as it was shown: person and worker together."""
    pairs = [value.split(":") for value in request.POST.getlist("pair")[:500] if value.count(":") == 1]
    care = {row.pk: row for row in queries.active_care().filter(pk__in=[_key(one) for one, _two in pairs])}
    users = User.objects.in_bulk([_key(two) for _one, two in pairs])
    chosen = [(care.get(_key(one)), users.get(_key(two))) for one, two in pairs]
    return [(row, user) for row, user in chosen if row is not None and user is not None]

"""Pages of estates: the profile, registering, changing, its buildings, closing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.foundation.territory.queries import area_name_path

from .. import actions, queries
from ..actions.estates import FACTS
from ..forms import CloseForm, EstateForm
from ..models import Building, Estate
from ..rules import Declined
from .person import say


@require_GET
@requires("person.view")
def estate(request: HttpRequest, pk: int) -> HttpResponse:
    """S32: the profile of an estate."""
    shown = get_object_or_404(Estate, pk=pk)
    close = CloseForm()
    del close.fields["end_staff"]
    context = {
        "shown": shown,
        "profile": queries.estate_profile(shown),
        "place": area_name_path(shown.area_code),
        "may_edit": may(request.user, "person.edit", shown.area_code),
        "close": close,
    }
    return render(request, "people/estate.html", context)


@require_http_methods(["GET", "POST"])
@requires("person.edit")
def register(request: HttpRequest) -> HttpResponse:
    """Register an estate."""
    form = EstateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.register_estate(
                actor=request.user, area=given["area"], facts={name: given[name] for name in FACTS},
                source=given["source"], on=given["on"],
            )  # fmt: skip
        except Declined as why:
            form.add_error(None, why.message)
        else:
            say(request, _("已登记。现在可以把楼栋归入这个小区。"))
            return redirect("people:estate_buildings", pk=made.pk)
    context = {"form": form, "title": _("登记小区"), "back": reverse("people:estates")}
    return render(request, "people/form.html", context)


@require_http_methods(["GET", "POST"])
@requires("person.edit")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change facts; with nothing changed, saving confirms what is registered."""
    shown = get_object_or_404(Estate, pk=pk)
    initial: dict[str, Any] = {name: getattr(shown, name) for name in FACTS}
    form = EstateForm(request.POST or None, initial=initial, held=shown.area_code)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            changed = actions.update_estate(
                actor=request.user, estate=shown, facts=form.facts(), area=given["area"],
                source=given["source"], on=given["on"], reason=given["reason"],
            )  # fmt: skip
        except Declined as why:
            form.add_error(None, why.message)
        else:
            say(request, _("已保存。") if changed else _("没有改动，已记为核实过。"))
            return redirect("people:estate", pk=pk)
    back = reverse("people:estate", args=[pk])
    return render(request, "people/form.html", {"form": form, "title": _("修改小区"), "back": back})


@require_http_methods(["GET", "POST"])
@requires("person.edit")
def buildings(request: HttpRequest, pk: int) -> HttpResponse:
    """Which buildings belong to the estate: some come, some go."""
    shown = get_object_or_404(Estate, pk=pk)
    if request.method == "POST":
        return _assign(request, shown)
    text = request.GET.get("q", "").strip()[:60]
    context = {
        "shown": shown,
        "own": queries.named(Building.objects.filter(estate=shown).order_by("name", "pk")),
        "others": queries.named(queries.buildings_for(shown, text)),
        "q": text,
    }
    return render(request, "people/estate_buildings.html", context)


def _assign(request: HttpRequest, shown: Estate) -> HttpResponse:
    keys = [int(key) for key in request.POST.getlist("building") if key.isdecimal() and len(key) < 19]
    chosen = list(Building.objects.filter(pk__in=keys).order_by("pk"))
    leaving = request.POST.get("do") == "remove"
    verb = actions.remove_buildings if leaving else actions.add_buildings
    try:
        moved = verb(actor=request.user, estate=shown, buildings=chosen)
    except Declined as why:
        messages.error(request, why.message)
    else:
        _tell(request, moved, leaving)
    return redirect("people:estate_buildings", pk=shown.pk)


def _tell(request: HttpRequest, moved: int, leaving: bool) -> None:
    if not moved:
        messages.warning(request, _("没有选中楼栋，什么都没有改。"))
    elif leaving:
        say(request, ngettext("已移出 %(n)d 栋。", "已移出 %(n)d 栋。", moved) % {"n": moved})
    else:
        say(request, ngettext("已归入 %(n)d 栋。", "已归入 %(n)d 栋。", moved) % {"n": moved})


@require_POST
@requires("person.edit")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """The estate is no more from a day on."""
    shown = get_object_or_404(Estate, pk=pk)
    form = CloseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("没有撤销：请填写日期（不晚于今天）和理由。"))
        return redirect("people:estate", pk=pk)
    try:
        actions.close_estate(
            actor=request.user,
            estate=shown,
            on=form.cleaned_data["on"],
            reason=form.cleaned_data["reason"],
        )
        say(request, _("已撤销。"))
    except Declined as why:
        messages.error(request, why.message)
    return redirect("people:estate", pk=pk)


@require_POST
@requires("person.edit")
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """It was not closed after all."""
    shown = get_object_or_404(Estate, pk=pk)
    try:
        actions.reopen_estate(actor=request.user, estate=shown, reason=request.POST.get("reason", "")[:200])
        say(request, _("已恢复。"))
    except Declined as why:
        messages.error(request, why.message)
    return redirect("people:estate", pk=pk)

"""Pages of organisations: looking, registering, changing, closing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.foundation.access import actions as access
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Unacceptable, requires
from wangge.foundation.territory.queries import area_name_path
from wangge.lib.masking import mask_phone

from .. import actions, queries
from ..actions.organisations import FACTS
from ..forms import CloseForm, OrganisationForm, ReasonForm
from ..models import Organisation
from ..rules import Declined
from .editing import room_named
from .person import say


@never_cache
@require_GET
@requires("organisation.view")
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation; its staff for those who may see people."""
    shown = get_object_or_404(Organisation.objects.select_related("room__building"), pk=pk)
    sees_people = may(request.user, "person.view", shown.area_code)
    context = {
        "shown": shown,
        "phone": mask_phone(shown.phone),
        "staff": queries.ties_to(organisation=shown)[:200] if sees_people else [],
        "sees_people": sees_people,
        "place": area_name_path(shown.area_code),
        "may_edit": may(request.user, "organisation.edit", shown.area_code),
        "may_reveal": may(request.user, "person.reveal", shown.area_code),
        "close": CloseForm(),
        "reason": ReasonForm(),
    }
    return render(request, "people/organisation.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("organisation.edit")
def register(request: HttpRequest) -> HttpResponse:
    """Register an organisation."""
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                made = actions.register_organisation(
                    actor=request.user, area=given["area"], facts={name: given[name] for name in FACTS},
                    room=room_named(request, form, must=False), source=given["source"], on=given["on"],
                )  # fmt: skip
        except Declined as why:
            form.add_error(None, why.message)
        else:
            say(request, _("已登记。"))
            return redirect("people:organisation", pk=made.pk)
    return _form(request, form, _("登记单位"), reverse("people:organisations"))


def _form(
    request: HttpRequest, form: OrganisationForm, title: str, back: str, note: str = ""
) -> HttpResponse:
    context = {"form": form, "title": title, "back": back, "note": note}
    return render(request, "people/form.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("organisation.edit")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change facts or the seat; with nothing changed, saving confirms what is registered."""
    shown = get_object_or_404(Organisation.objects.select_related("room__building"), pk=pk)
    initial: dict[str, Any] = {name: getattr(shown, name) for name in FACTS if name != "phone"}
    form = OrganisationForm(request.POST or None, initial=initial, held=shown.area_code)
    if request.method == "POST" and form.is_valid():
        try:
            changed = _change(request, shown, form)
        except Declined as why:
            form.add_error(None, why.message)
        else:
            say(request, _("已保存。") if changed else _("没有改动，已记为核实过。"))
            return redirect("people:organisation", pk=pk)
    note = _("电话不显示在这里；要更换时才填写，留空不变。什么都不改就保存，表示核实过。")
    return _form(request, form, _("修改单位"), reverse("people:organisation", args=[pk]), note)


@transaction.atomic
def _change(request: HttpRequest, shown: Organisation, form: OrganisationForm) -> bool:
    given = form.cleaned_data
    changed = actions.update_organisation(
        actor=request.user, organisation=shown, facts=form.facts(), source=given["source"], on=given["on"],
        reason=given["reason"],
    )  # fmt: skip
    if not {"area", "address"} & set(form.changed_data):
        return bool(changed)
    moved = actions.move_organisation(
        actor=request.user, organisation=shown, area=given["area"],
        room=room_named(request, form, must=False), on=given["on"],
    )  # fmt: skip
    return bool(changed) or moved


@require_POST
@requires("organisation.edit")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """The organisation is no more from a day on."""
    shown = get_object_or_404(Organisation, pk=pk)
    form = CloseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("没有注销：请填写日期（不晚于今天）和理由。"))
        return redirect("people:organisation", pk=pk)
    try:
        ended = actions.close_organisation(actor=request.user, organisation=shown, **form.cleaned_data)
        text = ngettext("已注销，结束了 %(n)d 人的就业关系。", "已注销，结束了 %(n)d 人的就业关系。", ended)
        say(request, text % {"n": ended})
    except Declined as why:
        messages.error(request, why.message)
    return redirect("people:organisation", pk=pk)


@require_POST
@requires("organisation.edit")
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """It was not closed after all."""
    shown = get_object_or_404(Organisation, pk=pk)
    try:
        actions.reopen_organisation(
            actor=request.user, organisation=shown, reason=request.POST.get("reason", "")[:200]
        )
        say(request, _("已恢复。因注销结束的就业关系不会自动恢复，请按实际登记。"))
    except Declined as why:
        messages.error(request, why.message)
    return redirect("people:organisation", pk=pk)


@never_cache
@require_POST
@requires("person.reveal")
def reveal_phone(request: HttpRequest, pk: int) -> HttpResponse:
    """The contact number in full, after its reason was logged."""
    shown = get_object_or_404(Organisation, pk=pk)
    context: dict[str, Any] = {"shown": shown, "label": _("联系电话")}
    try:
        access.reveal(
            actor=request.user, subject=shown, field="phone", reason=request.POST.get("reason", ""),
            kind="organisation.revealed",
        )  # fmt: skip
    except Unacceptable as why:
        return render(request, "people/_revealed.html", context | {"error": str(why)}, status=422)
    return render(request, "people/_revealed.html", context | {"value": shown.phone or "—"})

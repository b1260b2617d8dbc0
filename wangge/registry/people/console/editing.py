"""Registering, changing, moving: each page validates, calls one verb and answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wangge.foundation.access.rules import requires
from wangge.lib.addresses import parse
from wangge.lib.scoping import current_reach

from .. import actions, queries
from ..actions.register_person import completed
from ..forms import CorrectForm, DepartForm, EditForm, MoveForm, RegisterForm
from ..models import Person, Room, Tie
from ..rules import Declined
from .person import person_in_reach, say


def room_named(request: HttpRequest, form: forms.Form, *, must: bool = True) -> Room | None:
    """The room the form names, inside the reach of whoever typed it.

    Raises:
        Declined: outside the reach, or, where it ``must``, no door is named.
    """
    area, text = form.cleaned_data["area"], form.cleaned_data["address"]
    if not text:
        return None
    room = actions.find_or_register_room(
        actor=request.user, community=area[:12], area=area, address=parse(text)
    )
    if room is None and must:
        raise Declined("no_door", _("从这个地址看不出是哪一户；请写到门牌号或楼栋、房号。"))
    if room is not None and not current_reach().covers(room.area_code):
        raise Declined("outside", _("这栋楼不在您的网格内，或还没有划入网格；请社区先在楼栋页指定网格。"))
    return room


@never_cache
@require_http_methods(["GET", "POST"])
@requires("person.edit")
def register(request: HttpRequest) -> HttpResponse:
    """Register a person, or find the one that is meant."""
    form = RegisterForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            answer = _declare(request, form)
        except Declined as why:
            form.add_error(None, why.message)
        else:
            if answer.person is not None:
                said = _("已登记。") if answer.outcome == "new" else _("此人已在册，信息已更新。")
                say(request, said)
                return redirect("people:person", pk=answer.person.pk)
            context["candidates"] = queries.with_homes(answer.candidates)
    return render(request, "people/register.html", context)


@transaction.atomic
def _declare(request: HttpRequest, form: RegisterForm) -> actions.Registration:
    given = form.cleaned_data
    chosen = given["answer"]
    who: Any = chosen or None
    if chosen.isdecimal():
        who = get_object_or_404(Person, pk=chosen)
    return actions.register_person(
        actor=request.user, facts=form.facts(), source=given["source"], kind=given["kind"],
        room=room_named(request, form), area=given["area"], on=given["on"], answer=who,
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
@requires("person.edit")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change facts; sealed ones are not sent to the browser and stay unless typed anew."""
    shown = person_in_reach(pk)
    plain = (
        "name",
        "id_type",
        "sex",
        "birth",
        "former_name",
        "hukou_address",
        "school",
        "guardian",
        "emergency_contact",
    )
    form = EditForm(request.POST or None, initial={name: getattr(shown, name) for name in plain})
    if request.method == "POST" and form.is_valid():
        try:
            outcome = actions.update_person(
                actor=request.user, person=shown, facts=_checked(shown, form.facts()),
                source=form.cleaned_data["source"], reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except Declined as why:
            form.add_error(None, why.message)
        else:
            _tell(request, outcome)
            return redirect("people:person", pk=shown.pk)
    return render(request, "people/edit.html", {"form": form, "shown": shown})


def _checked(shown: Person, facts: dict[str, Any]) -> dict[str, Any]:
    known = completed({"name": shown.name} | facts)
    return known if "name" in facts else {name: value for name, value in known.items() if name != "name"}


def _tell(request: HttpRequest, outcome: actions.Outcome) -> None:
    said = _("已更新 %(changed)d 项，确认 %(confirmed)d 项。")
    say(request, said % {"changed": len(outcome.changed), "confirmed": len(outcome.confirmed)})
    if outcome.contradicted:
        names = "、".join(queries.label_of(name) for name in outcome.contradicted)
        messages.warning(
            request, _("%(names)s 与更可信的来源不一致，两种说法都已保留，请核实。") % {"names": names}
        )


@never_cache
@require_http_methods(["GET", "POST"])
@requires("person.edit")
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """The person lives somewhere else from a day on."""
    shown = person_in_reach(pk)
    form = MoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                actions.move_person(
                    actor=request.user, person=shown, on=given["on"], room=room_named(request, form),
                    area=given["area"], reason=given["reason"],
                )  # fmt: skip
        except Declined as why:
            form.add_error(None, why.message)
        else:
            say(request, _("已登记迁移，原住处的历史仍可查。"))
            return redirect("people:person", pk=shown.pk)
    return render(request, "people/move.html", {"form": form, "shown": shown})


@require_POST
@requires("person.edit")
def depart(request: HttpRequest, pk: int) -> HttpResponse:
    """The person left, or died."""
    shown = person_in_reach(pk)
    form = DepartForm(request.POST)
    if form.is_valid():
        verb = actions.record_leave if form.cleaned_data["how"] == "left" else actions.record_death
        try:
            verb(
                actor=request.user,
                person=shown,
                on=form.cleaned_data["on"],
                reason=form.cleaned_data["reason"],
            )
            say(request)
        except Declined as why:
            messages.error(request, why.message)
    else:
        messages.error(request, _("日期没有填对，请重新填写。"))
    return redirect("people:person", pk=shown.pk)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("person.edit")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """We were wrong about a relation: its dates are corrected, the former belief stays answerable."""
    tie = get_object_or_404(Tie.objects.select_related("person", "room__building", "organisation"), pk=pk)
    form = CorrectForm(request.POST or None, initial={"valid_from": tie.valid_from, "valid_to": tie.valid_to})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.correct_tie(
                actor=request.user, tie=tie, reason=given["reason"], valid_from=given["valid_from"],
                valid_to=given["valid_to"],
            )  # fmt: skip
        except Declined as why:
            form.add_error(None, why.message)
        else:
            say(request, _("已更正；更正前的说法仍可按“当时掌握的信息”查询。"))
            return redirect("people:person", pk=tie.person_id)
    return render(request, "people/correct.html", {"form": form, "tie": tie, "shown": tie.person})

"""What only the creator does, after a fresh code: hand the group over, dissolve it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wangge.foundation.proofs.rules import NotProved

from .. import actions
from ..enums import PRESENT, GroupState
from ..forms import DissolveForm, SuccessorForm, posted
from ..models import Member
from ..queries.terms import terms
from ..rules import Declined, created
from . import proving, session


def _step(member: Member, what: str, button: str) -> proving.Step:
    pk = member.group_id
    return proving.Step(
        f"groups.{what}:{pk}", reverse(f"group:{what}_code", args=[pk]), _("确认是您本人"), button,
        reverse(f"group:{what}", args=[pk]),
    )  # fmt: skip


def _creator_or_back(request: HttpRequest, member: Member) -> HttpResponse | None:
    if created(member):
        return None
    messages.error(request, _("只有创建人可以这样做。"))
    return redirect("group:group", pk=member.group_id)


def _take(
    request: HttpRequest, member: Member, step: proving.Step
) -> tuple[dict[str, Any], HttpResponse | None]:
    """What the page before carried, once the code proved the creator's own phone."""
    said = proving.carried(request, step.purpose)
    if said is None:
        messages.error(request, _("停留太久，请重新填写。"))
        return {}, redirect(step.back)
    phone_index, again = proving.take(request, step)
    if again is None and phone_index != member.phone_index:
        again = redirect(step.back)
    return said, again


@require_http_methods(["GET", "POST"])
@session.managed
def dissolve(request: HttpRequest, member: Member) -> HttpResponse:
    """The risk notice; then a code to the creator's phone."""
    if (back := _creator_or_back(request, member)) is not None:
        return back
    form, step = DissolveForm(posted(request)), _step(member, "dissolve", _("解散团体"))
    if request.method == "POST" and form.is_valid():
        try:
            return proving.ask(request, step, member.phone)
        except NotProved as why:
            form.add_error(None, why.message)
    context = {
        "member": member, "group": member.group, "form": form, 
        "hours": int(terms().dissolve.total_seconds() // 3600),
        "kept": terms().kept.days, "count": member.group.members.filter(state__in=PRESENT).count(),
        "active": member.group.state == GroupState.ACTIVE,
    }  # fmt: skip
    return render(request, "group/dissolve.html", context, status=422 if form.is_bound else 200)


@require_POST
@session.managed
def dissolve_code(request: HttpRequest, member: Member) -> HttpResponse:
    """The code is right: the group ends after the district's time."""
    _said, again = _take(request, member, _step(member, "dissolve", _("解散团体")))
    if again is not None:
        return again
    try:
        actions.request_dissolution(creator=member, risk_read=True)
        messages.success(request, _("已申请解散，成员会收到通知。"))
    except Declined as why:
        messages.error(request, why.message)
    return redirect("group:group", pk=member.group_id)


@require_POST
@session.managed
def withdraw(request: HttpRequest, member: Member) -> HttpResponse:
    """Take the request to dissolve back."""
    try:
        actions.withdraw_dissolution(creator=member)
        messages.success(request, _("已撤回，团体继续使用。"))
    except Declined as why:
        messages.error(request, why.message)
    return redirect("group:group", pk=member.group_id)


@require_http_methods(["GET", "POST"])
@session.managed
def hand_over(request: HttpRequest, member: Member) -> HttpResponse:
    """To whom; then a code to the creator's phone."""
    if (back := _creator_or_back(request, member)) is not None:
        return back
    others = member.group.members.filter(state__in=PRESENT, phone_proved=True).exclude(pk=member.pk)
    form, step = SuccessorForm(posted(request)), _step(member, "hand_over", _("移交"))
    if request.method == "POST" and form.is_valid():
        chosen = session.colleague(member, form.cleaned_data["member"])
        try:
            return proving.ask(request, step, member.phone, {"member": chosen.pk})
        except NotProved as why:
            form.add_error(None, why.message)
    context = {"member": member, "group": member.group, "form": form, "others": others.order_by("seat")}
    return render(request, "group/hand_over.html", context, status=422 if form.is_bound else 200)


@require_POST
@session.managed
def hand_over_code(request: HttpRequest, member: Member) -> HttpResponse:
    """The code is right: somebody else is the creator."""
    said, again = _take(request, member, _step(member, "hand_over", _("移交")))
    if again is not None:
        return again
    try:
        actions.hand_over(creator=member, member=session.colleague(member, int(said.get("member", 0))))
        messages.success(request, _("已移交。"))
    except Declined as why:
        messages.error(request, why.message)
    return redirect("group:home")

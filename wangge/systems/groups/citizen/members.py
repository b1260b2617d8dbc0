"""What a manager does about one member: the admin's right, an application to leave, taking somebody out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import actions
from ..forms import ReasonForm
from ..models import Member
from ..rules import Declined
from . import session


def _done(request: HttpRequest, verb: Callable[..., Any], said: str, **args: Any) -> bool:
    try:
        verb(**args)
    except Declined as why:
        messages.error(request, why.message)
        return False
    messages.success(request, said)
    return True


@require_POST
@session.managed
def make_admin(request: HttpRequest, member: Member, other: int) -> HttpResponse:
    """Name an admin; the creator only."""
    whom = session.colleague(member, other)
    _done(request, actions.make_admin, _("已设为管理员。"), creator=member, member=whom)
    return redirect("group:members", pk=member.group_id)


@require_POST
@session.managed
def remove_admin(request: HttpRequest, member: Member, other: int) -> HttpResponse:
    """Take an admin's right back; the creator only."""
    whom = session.colleague(member, other)
    _done(request, actions.remove_admin, _("已取消管理员权限。"), creator=member, member=whom)
    return redirect("group:members", pk=member.group_id)


@require_POST
@session.managed
def remove(request: HttpRequest, member: Member, other: int) -> HttpResponse:
    """Take a member out, with a reason."""
    whom, form = session.colleague(member, other), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    hand = actions.hand(member)
    _done(request, actions.remove_member, _("已移出。"), actor=hand, member=whom, reason=reason)
    return redirect("group:members", pk=member.group_id)


@require_POST
@session.managed
def decide(request: HttpRequest, member: Member, other: int) -> HttpResponse:
    """Agree to an application to leave, or refuse it with a reason."""
    whom, agreed = session.colleague(member, other), request.POST.get("agreed") == "yes"
    reason = request.POST.get("reason", "")[:200]
    said = _("已同意退出。") if agreed else _("已回复不同意，并告知理由。")
    hand = actions.hand(member)
    _done(request, actions.decide_leave, said, actor=hand, member=whom, agreed=agreed, reason=reason)
    return redirect("group:group", pk=member.group_id)

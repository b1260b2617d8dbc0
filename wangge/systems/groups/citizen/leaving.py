"""The member's own page of a membership: leaving, and what an order asks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from .. import actions
from ..forms import LeaveForm, ValuesForm, values_in
from ..models import Member
from ..queries import order_rules
from ..queries.terms import terms
from ..rules import Declined, may_leave_alone
from . import session


@require_GET
@session.of_mine
def mine(request: HttpRequest, member: Member) -> HttpResponse:
    """One membership: since when, on which terms, how to leave."""
    brought = order_rules.fields_for(member.group)
    context = {
        "member": member, "group": member.group, "form": LeaveForm(), "days": terms().answer.days,
        "may_leave_alone": may_leave_alone(member), 
        "values": ValuesForm(brought=brought) if brought else None,
    }  # fmt: skip
    return render(request, "group/mine.html", context)


@require_POST
@session.of_mine
def apply(request: HttpRequest, member: Member) -> HttpResponse:
    """Ask to leave."""
    form = LeaveForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        actions.apply_to_leave(member=member, reason=reason)
        messages.success(request, _("已提交退出申请，请等待管理员答复。"))
    except Declined as why:
        messages.error(request, why.message)
    return redirect("group:mine", pk=member.pk)


@require_POST
@session.of_mine
def leave_alone(request: HttpRequest, member: Member) -> HttpResponse:
    """Leave without an answer, when none came in time."""
    try:
        actions.leave_alone(member=member)
    except Declined as why:
        messages.error(request, why.message)
        return redirect("group:mine", pk=member.pk)
    messages.success(request, _("您已退出团体。"))
    return redirect("group:home")


@require_POST
@session.of_mine
def values(request: HttpRequest, member: Member) -> HttpResponse:
    """Answer what the orders in force ask of members."""
    brought = order_rules.fields_for(member.group)
    form = ValuesForm(request.POST, brought=brought)
    if not brought or not form.is_valid():
        messages.error(request, _("没有保存：请把每一项填完整。"))
        return redirect("group:mine", pk=member.pk)
    try:
        actions.keep_values(member=member, values=values_in(form.cleaned_data))
        messages.success(request, _("已更新。"))
    except Declined as why:
        messages.error(request, why.message)
    return redirect("group:mine", pk=member.pk)

"""The manager's pages of one group: invite, the roster, the report, comparing a list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from .. import actions
from ..enums import GroupState, Role
from ..forms import InviteForm, ListForm, ReasonForm, posted
from ..models import Invitation, Member
from ..outgoing import as_file, drawn, not_joined_file, sealed_lines
from ..queries import order_rules, roster
from ..queries.invitations import current, token_of
from ..queries.masks import masked_name
from ..reading import Unreadable, read_staff
from ..rules import Declined
from . import session


@require_GET
@session.managed
def group(request: HttpRequest, member: Member) -> HttpResponse:
    """One group at a glance."""
    shown, invitation = member.group, current(member.group)
    found = roster.statistics(shown, community=False)
    context: dict[str, Any] = {
        "member": member, "group": shown, "invitation": invitation, "invite": InviteForm(),
        "statistics": found, "alarm": roster.alarm(found), "leaving": roster.lines(shown, "leaving"),
        "days": roster.seven_days(shown), "reason": ReasonForm(), "rules": roster.rules_of(shown),
        "is_creator": member.role == Role.CREATOR, "active": shown.state == GroupState.ACTIVE,
        "last": shown.reconciliations.first(), "demanding": bool(order_rules.fields_for(shown)),
    }  # fmt: skip
    if invitation is not None:
        context |= _opened(request, invitation)
    return render(request, "group/group.html", context)


def _opened(request: HttpRequest, invitation: Invitation) -> dict[str, str]:
    address = request.build_absolute_uri(reverse("group:join", args=[token_of(invitation)]))
    return {"address": address, "qr": drawn(address)}


@require_POST
@session.managed
def invite(request: HttpRequest, member: Member) -> HttpResponse:
    """A new invitation; the one before ends."""
    form = InviteForm(request.POST)
    most = form.cleaned_data["max_uses"] if form.is_valid() else 500
    try:
        actions.issue_invitation(actor=actions.hand(member), group=member.group, max_uses=most)
        messages.success(request, _("新的邀请已生成，24 小时内有效。"))
    except Declined as why:
        messages.error(request, why.message)
    return redirect("group:group", pk=member.group_id)


@require_GET
@session.managed
def members(request: HttpRequest, member: Member) -> HttpResponse:
    """The roster by one statistic; names in full, phones masked."""
    show = request.GET.get("show", "present")
    context = {
        "member": member, "group": member.group, "show": show, "lines": roster.lines(member.group, show),
        "statistics": roster.statistics(member.group, community=False), "reason": ReasonForm(),
        "is_creator": member.role == Role.CREATOR,
    }  # fmt: skip
    return render(request, "group/members.html", context)


@require_POST
@session.managed
def roster_file(request: HttpRequest, member: Member) -> HttpResponse:
    """The masked roster and the week as xlsx."""
    content, name = actions.export_roster(
        actor=actions.hand(member), taker=masked_name(member), group=member.group,
        show=request.POST.get("show", "present"),
    )  # fmt: skip
    return as_file(content, name)


@require_http_methods(["GET", "POST"])
@session.managed
def compare(request: HttpRequest, member: Member) -> HttpResponse:
    """Upload a staff list; the answer stands on this page and nowhere else."""
    form = ListForm(posted(request), request.FILES or None)
    context = {
        "member": member,
        "group": member.group,
        "form": form,
        "last": member.group.reconciliations.first(),
    }
    if request.method == "POST" and form.is_valid():
        try:
            staff = read_staff(form.cleaned_data["file"].read())
        except Unreadable as why:
            form.add_error("file", why.message)
        else:
            done = actions.compare_list(actor=actions.hand(member), group=member.group, staff=staff)
            context |= {"done": done, "sealed": sealed_lines(done.not_joined)}
            return render(request, "group/compare.html", context)
    return render(request, "group/compare.html", context, status=422 if form.is_bound else 200)


@require_POST
@session.managed
def compare_file(request: HttpRequest, member: Member) -> HttpResponse:
    """Those who have not joined, as xlsx, from what this page carried."""
    made = not_joined_file(request.POST.get("lines", ""), masked_name(member), member.group)
    if made is None:
        messages.error(request, _("停留太久，请重新上传花名册。"))
        return redirect("group:compare", pk=member.group_id)
    return made

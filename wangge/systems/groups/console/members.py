"""The roster for the community: by statistic, as a file; who a member is; applications to leave."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.foundation.access import actions as access
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.lib.masking import mask_id, mask_phone
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.models import Person
from wangge.registry.people.queries.likeness import likely_people

from .. import actions
from ..models import Group, Member
from ..outgoing import as_file
from ..queries import roster
from ..rules import Declined


@never_cache
@require_GET
@requires("group.view")
def members(request: HttpRequest, pk: int) -> HttpResponse:
    """The roster by one statistic; names in full, phones masked, as on the register's own lists."""
    shown, show = get_object_or_404(Group, pk=pk), request.GET.get("show", "present")
    lines = roster.lines(shown, show)
    access.note_readings(actor=request.user, subjects=[line.member for line in lines], what="view")
    context = {
        "shown": shown, "show": show, "lines": lines,
        "statistics": roster.statistics(shown, community=True),
        "may_manage": may(request.user, "group.manage", shown.area_code),
    }  # fmt: skip
    return render(request, "groups/members.html", context)


@require_POST
@requires("group.manage")
def roster_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The masked roster and the week as xlsx."""
    shown = get_object_or_404(Group, pk=pk)
    taker = f"{request.user.name}（{request.user.get_username()}）"  # type: ignore[union-attr]
    content, name = actions.export_roster(
        actor=request.user, taker=taker, group=shown, show=request.POST.get("show", "present")
    )
    return as_file(content, name)


@require_POST
@requires("group.manage")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an application to leave in the manager's stead."""
    agreed = request.POST.get("agreed") == "yes"
    said = _("已同意退出。") if agreed else _("已回复不同意，并告知理由。")
    return _done(
        request, _member(pk), partial(actions.decide_leave, agreed=agreed, reason=_why(request)), said
    )


@require_POST
@requires("group.manage")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a member out in the manager's stead, such as one without a phone who wants to leave."""
    return _done(request, _member(pk), partial(actions.remove_member, reason=_why(request)), _("已移出。"))


@require_POST
@requires("group.manage")
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a member the creator, where the one before cannot hand over."""
    return _done(request, _member(pk), partial(actions.appoint_creator, reason=_why(request)), _("已移交。"))


def _member(pk: int) -> Member:
    return get_object_or_404(Member.objects.select_related("group__organisation"), pk=pk)


def _why(request: HttpRequest) -> str:
    return request.POST.get("reason", "")[:200]


def _done(request: HttpRequest, member: Member, act: Callable[..., Any], said: str) -> HttpResponse:
    """Act on a member, say what came of it, and go back to the roster."""
    try:
        act(actor=request.user, member=member)
        messages.success(request, said)
    except Declined as why:
        messages.error(request, why.message)
    return redirect("groups:members", pk=member.group_id)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("group.manage")
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """Who a member is in the register: one of those who may be meant, or somebody new."""
    member = _member(pk)
    candidates = _candidates(member)
    if request.method == "POST":
        answer = request.POST.get("answer", "")
        chosen = next((one for one in candidates if str(one.pk) == answer), None)
        if chosen is not None or answer == "new":
            settle = partial(actions.settle_member, answer=chosen or "new")
            return _done(request, member, settle, _("已对应登记册。"))
        messages.error(request, _("请选一个人，或选“登记册里没有这个人”。"))
    for person in candidates:
        access.note_reading(actor=request.user, subject=person)
    lines = [(one, mask_id(one.id_no), mask_phone(one.phone)) for one in candidates]
    context = {"member": member, "phone": mask_phone(member.phone), "lines": lines}
    return render(request, "groups/match.html", context, status=422 if request.method == "POST" else 200)


def _candidates(member: Member) -> list[Person]:
    if member.person_id is not None:
        return []
    facts = {"name": member.name, "phone": member.phone, "id_no": member.id_no}
    with within(EVERYWHERE):  # matching looks everywhere, so that nobody is registered twice
        return [each.person for each in likely_people({k: v for k, v in facts.items() if v})][:10]

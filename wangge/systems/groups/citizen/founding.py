"""Founding a group from a browser: what it is, a phone, its code."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wangge.foundation.proofs.rules import NotProved
from wangge.lib.scoping import EVERYWHERE, within
from wangge.lib.sealing import blind

from .. import actions
from ..forms import GroupForm, posted
from ..models import Member
from ..rules import Declined
from . import proving, session


def _step() -> proving.Step:
    back = reverse("group:new")
    return proving.Step("groups.found", reverse("group:found"), _("验证手机"), _("创建团体"), back)


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """What the group is, and who creates it; the code comes next."""
    with within(EVERYWHERE):  # every community of the district may be chosen
        form = GroupForm(posted(request))
        if request.method == "POST" and form.is_valid():
            said = {
                "facts": form.facts(),
                "name": form.cleaned_data["founder"],
                "number": form.cleaned_data["phone"],
            }
            try:
                return proving.ask(request, _step(), said["number"], said)
            except NotProved as why:
                form.add_error("phone", why.message)
        return render(request, "group/new.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@require_POST
def found(request: HttpRequest) -> HttpResponse:
    """Take the code and create the group, in use at once."""
    said = proving.carried(request, "groups.found")
    if said is None or "facts" not in said:
        messages.error(request, _("停留太久，请重新填写。"))
        return redirect("group:new")
    phone_index, again = proving.take(request, _step())
    if again is not None:
        return again
    if phone_index != blind(said["number"]):
        return redirect("group:new")
    founder = actions.Founder(said["name"], said["number"], proved=True)
    with within(EVERYWHERE):
        made = actions.create_group(actor="visitor", facts=said["facts"], founder=founder)
    messages.success(request, _("团体已创建。现在可以邀请成员了。"))
    answer = redirect("group:group", pk=made.pk)
    session.enter(answer, phone_index)
    return answer


@require_POST
@session.managed
def activate(request: HttpRequest, member: Member) -> HttpResponse:
    """The creator puts a draft that the community made into use."""
    try:
        actions.activate(member=member)
        messages.success(request, _("团体已启用。现在可以邀请成员了。"))
    except Declined as why:
        messages.error(request, why.message)
    return redirect("group:group", pk=member.group_id)

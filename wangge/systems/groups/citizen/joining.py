"""Joining by an invitation: notice, who one is, consent, and the phone's code."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wangge.foundation.access.adapters import client_ip
from wangge.foundation.proofs.rules import NotProved
from wangge.lib.scoping import EVERYWHERE, within
from wangge.lib.sealing import blind

from .. import actions
from ..enums import EMPLOYS
from ..forms import JoinForm, posted
from ..models import Invitation
from ..queries import groups, order_rules
from ..queries.invitations import opened_by
from ..queries.masks import masked_name
from ..queries.terms import terms
from ..rules import Declined
from . import proving, session

HOUR, MOST_AN_HOUR = 3600, 60  # joins without a phone from one address


def _step(token: str, invitation: Invitation) -> proving.Step:
    back, address = reverse("group:join", args=[token]), reverse("group:join_code", args=[token])
    return proving.Step(f"groups.join:{invitation.pk}", address, _("验证手机"), _("授权并加入"), back)


@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The notice and the form. With a phone its code comes next, without one the newcomer is in."""
    with within(EVERYWHERE):  # the invitation says which group; nothing else is looked at
        invitation = opened_by(token)
        if invitation is None:
            return render(request, "group/over.html", status=404)
        form = _form(request, invitation)
        if request.method == "POST" and form.is_valid():
            answer = _go_on(request, token, invitation, form)
            if answer is not None:
                return answer
        return _page(request, invitation, form)


def _form(request: HttpRequest, invitation: Invitation) -> JoinForm:
    group = invitation.group
    return JoinForm(
        posted(request), employs=group.type in EMPLOYS, brought=order_rules.fields_for(group),
        initial={"notice": terms().notice},
    )  # fmt: skip


def _page(request: HttpRequest, invitation: Invitation, form: JoinForm) -> HttpResponse:
    group, creator = invitation.group, groups.creator(invitation.group)
    context = {
        "group": group, "form": form, "ends_at": invitation.ends_at, "employs": group.type in EMPLOYS,
        "manager": masked_name(creator) if creator else "", "kept": terms().kept.days,
        "notice": terms().notice,
    }  # fmt: skip
    return render(request, "group/join.html", context, status=422 if form.is_bound else 200)


def _go_on(request: HttpRequest, token: str, invitation: Invitation, form: JoinForm) -> HttpResponse | None:
    said = form.said()
    step = _step(token, invitation)
    carried = {
        "said": said, "notice": form.cleaned_data["notice"], "brought": form.brought()
    }  # fmt: skip
    try:
        if said["phone"]:
            return proving.ask(request, step, said["phone"], carried)
        _slow_down(request)
        return _in(request, invitation, carried, proved=False)
    except NotProved as why:
        form.add_error("phone", why.message)
    except Declined as why:
        form.add_error(None, why.message)
    return None


def _slow_down(request: HttpRequest) -> None:
    """Joining without a phone costs nothing, so one address may not do it without end."""
    key = f"groups.join.{blind(client_ip(request), 'address')}"
    cache.add(key, 0, HOUR)
    if cache.incr(key) > MOST_AN_HOUR:
        raise Declined("too_many", _("这里提交得太频繁，请一小时后再试。"))


@never_cache
@require_POST
def join_code(request: HttpRequest, token: str) -> HttpResponse:
    """Take the code; the newcomer is in."""
    with within(EVERYWHERE):
        invitation = opened_by(token)
        if invitation is None:
            return render(request, "group/over.html", status=404)
        step = _step(token, invitation)
        said = proving.carried(request, step.purpose)
        if said is None or "said" not in said:
            messages.error(request, _("停留太久，请重新填写。"))
            return redirect("group:join", token=token)
        phone_index, again = proving.take(request, step)
        if again is not None:
            return again
        if phone_index != blind(said["said"]["phone"]):
            return redirect("group:join", token=token)
        try:
            answer = _in(request, invitation, said, proved=True)
        except Declined as why:
            messages.error(request, why.message)
            return redirect("group:join", token=token)
        session.enter(answer, phone_index)
        return answer


def _in(
    request: HttpRequest, invitation: Invitation, carried: dict[str, Any], *, proved: bool
) -> HttpResponse:
    newcomer = actions.Newcomer(**carried["said"], proved=proved)
    member = actions.join(invitation=invitation, newcomer=newcomer, consent=carried["notice"])
    if carried["brought"]:
        try:
            actions.keep_values(member=member, values=carried["brought"])
        except Declined as why:  # the order ended meanwhile: she is in, and there is nothing to keep
            messages.error(request, why.message)
    context = {"group": invitation.group, "member": member, "proved": proved}
    return render(request, "group/joined.html", context)

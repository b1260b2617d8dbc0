"""Groups of an area: the list, one group, making one for a manager."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory
from wangge.lib.masking import mask_phone

from .. import actions
from ..enums import EMPLOYS, GroupState
from ..forms import DraftForm, FilterForm, InviteForm, posted
from ..models import Group
from ..outgoing import drawn
from ..queries import groups as queries
from ..queries import roster
from ..queries.invitations import current, token_of
from ..queries.organisations import found_by_code, suggested
from ..rules import Declined

PER_PAGE = 30


def area_or_404(code: str) -> str:
    """The code of an area in reach, "" for none asked."""
    if code and territory.area_by_code(code) is None:
        raise Http404
    return code


@never_cache
@require_GET
@requires("group.view")
def index(request: HttpRequest) -> HttpResponse:
    """The groups in reach."""
    asked = {name: request.GET.get(name, "")[:60] for name in ("area", "state", "type", "q")}
    found = queries.groups(
        area=area_or_404(asked["area"]), state=asked["state"], type=asked["type"], text=asked["q"].strip()
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "lines": queries.lines(list(page)), "form": FilterForm(asked),
        "kept_query": urlencode({name: value for name, value in asked.items() if value}),
        "may_manage": may(request.user, "group.manage"),
    }  # fmt: skip
    return render(request, "groups/index.html", context)


@never_cache
@require_GET
@requires("group.view")
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """One group at a glance."""
    shown = get_object_or_404(Group.objects.select_related("organisation"), pk=pk)
    creator, invitation = queries.creator(shown), current(shown)
    found = roster.statistics(shown, community=True)
    context = {
        "shown": shown, "place": territory.area_name_path(shown.area_code), "creator": creator,
        "phone": mask_phone(creator.phone) if creator else "", "invitation": invitation,
        "invite": InviteForm(),
        "statistics": found, "alarm": roster.alarm(found), "days": roster.seven_days(shown),
        "may_manage": may(request.user, "group.manage", shown.area_code),
        "active": shown.state == GroupState.ACTIVE,
        "last": shown.reconciliations.first(), "employs": shown.type in EMPLOYS,
        "suggested": suggested(shown), "door": request.build_absolute_uri(reverse("group:home")),
    }  # fmt: skip
    if invitation is not None and context["may_manage"]:
        address = request.build_absolute_uri(reverse("group:join", args=[token_of(invitation)]))
        context |= {"address": address, "qr": drawn(address)}
    return render(request, "groups/group.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("group.manage")
def new(request: HttpRequest) -> HttpResponse:
    """Make a draft for a manager, who puts it into use by proving her phone."""
    form = DraftForm(posted(request))
    if request.method == "POST" and form.is_valid():
        founder = actions.Founder(form.cleaned_data["founder"], form.cleaned_data["phone"], proved=False)
        made = actions.create_group(
            actor=request.user, facts=form.facts(), founder=founder,
            organisation=found_by_code(form.cleaned_data["uscc"]),
        )  # fmt: skip
        messages.success(request, _("已建立草稿。请管理员用手机打开团体页面验证后启用。"))
        return redirect("groups:group", pk=made.pk)
    return render(request, "groups/new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
@requires("group.manage")
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """A new invitation; the one before ends."""
    shown = get_object_or_404(Group, pk=pk)
    form = InviteForm(request.POST)
    most = form.cleaned_data["max_uses"] if form.is_valid() else 500
    try:
        actions.issue_invitation(actor=request.user, group=shown, max_uses=most)
        messages.success(request, _("新的邀请已生成，24 小时内有效。"))
    except Declined as why:
        messages.error(request, why.message)
    return redirect("groups:group", pk=pk)

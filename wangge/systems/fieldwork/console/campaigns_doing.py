"""What can be done with a campaign: start, add what was found, extend, end, go on, throw away a draft."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wangge.engines.forms.actions import Refused as FormRefused
from wangge.foundation.access.queries import home_of
from wangge.foundation.access.rules import Refused, Unacceptable, requires

from ..actions import campaigns as actions
from ..actions.campaigns_pack import load_forms
from ..forms.campaigns import UntilForm
from ..models import Campaign


@require_POST
@requires("campaign.manage")
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Fix the doors and begin."""

    def begin(row: Campaign) -> str:
        doors = actions.start_campaign(actor=request.user, campaign=row)
        return _("行动已启动，共 %(doors)d 个走访对象。手机下次同步就能看到。") % {"doors": doors}

    return _done(request, pk, begin)


@require_POST
@requires("campaign.manage")
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the doors the register has learned of since."""

    def more(row: Campaign) -> str:
        doors = actions.add_found(actor=request.user, campaign=row)
        if not doors:
            return _("没有新的走访对象：范围内符合条件的都已经在里面了。")
        return _("补入了 %(doors)d 个新发现的走访对象。") % {"doors": doors}

    return _done(request, pk, more)


@require_POST
@requires("campaign.manage")
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """A later last day."""
    form = UntilForm(request.POST)

    def longer(row: Campaign) -> str:
        until = _until(form)
        actions.extend_campaign(actor=request.user, campaign=row, until=until)
        return _("已延期到 %(day)s。") % {"day": until.isoformat()}

    return _done(request, pk, longer)


@require_POST
@requires("campaign.manage")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End it, early with a reason."""

    def close(row: Campaign) -> str:
        actions.end_campaign(actor=request.user, campaign=row, reason=request.POST.get("reason", ""))
        return _("行动已结束。此前完成、还在手机里没传上来的结果，到了仍然计入。")

    return _done(request, pk, close)


@require_POST
@requires("campaign.manage")
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with it."""
    form = UntilForm(request.POST)

    def again(row: Campaign) -> str:
        until = _until(form)
        actions.reopen_campaign(actor=request.user, campaign=row, until=until)
        return _("行动重新进行，到 %(day)s。") % {"day": until.isoformat()}

    return _done(request, pk, again)


@require_POST
@requires("campaign.manage")
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    row = get_object_or_404(Campaign, pk=pk)
    try:
        actions.discard_campaign(actor=request.user, campaign=row)
    except Unacceptable as why:
        messages.error(request, str(why))
        return redirect("campaigns:campaign", pk)
    messages.success(request, _("草稿已删除。"))
    return redirect("campaigns:list")


@require_POST
@requires("campaign.manage")
def load_pack(request: HttpRequest) -> HttpResponse:
    """Load the example forms that are missing."""
    area = home_of(request.user, "campaign.manage")
    if not area.endswith("000000"):
        raise Refused(_("示例表单由区级中心装入，装好后各镇街、社区都能用。"))
    try:
        made = load_forms(actor=request.user, area_code=area)
    except (FormRefused, Unacceptable) as why:
        messages.error(request, str(why))
    else:
        said = _("装入了 %(forms)d 份示例表单，都标着“示例”，可以下载后改成自己的。")
        none = _("示例表单都已经在了，没有重复装入。")
        messages.success(request, said % {"forms": len(made)} if made else none)
    return redirect("campaigns:list")


def _until(form: UntilForm) -> date:
    if not form.is_valid():
        raise Unacceptable(_("请选一个有效的日期。"))
    until: date = form.cleaned_data["until"]
    return until


def _done(request: HttpRequest, pk: int, verb: Callable[[Campaign], str]) -> HttpResponse:
    """Do it, say what came of it, and show the campaign."""
    row = get_object_or_404(Campaign, pk=pk)
    try:
        messages.success(request, verb(row))
    except Unacceptable as why:
        messages.error(request, str(why))
    return redirect("campaigns:campaign", pk)

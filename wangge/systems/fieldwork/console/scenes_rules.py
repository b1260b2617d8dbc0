"""探访频次: how often whom, in force from tomorrow on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access import queries as access
from wangge.foundation.access.rules import Unacceptable, requires
from wangge.lib.scoping import current_reach

from ..actions import scenes_rules as actions
from ..enums import CareClass
from ..forms.scenes import PERIODS, RuleForm, first_error
from ..models import VisitRule
from ..queries.scenes import rules_now


@require_GET
@requires("duty.view")
def rules(request: HttpRequest) -> HttpResponse:
    """The table of frequencies with what changes tomorrow."""
    classes, periods = dict(CareClass.choices), dict(PERIODS)
    lines = [
        (rule, classes.get(rule.care_class, _("一般住户")), periods.get(rule.period, ""), coming,
         periods.get(coming.period, "") if coming else "")
        for rule, coming in rules_now()
    ]  # fmt: skip
    may_edit = access.may(request.user, "scene.edit")
    context = {"lines": lines, "may_edit": may_edit, "form": RuleForm(), "periods": PERIODS}
    return render(request, "fieldwork/rules.html", context)


@require_POST
@requires("scene.edit")
def set_rule(request: HttpRequest) -> HttpResponse:
    """A frequency, new or changed."""
    form = RuleForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("duties:rules")
    try:
        area = access.home_of(request.user, "scene.edit")
        actions.set_rule(actor=request.user, area_code=area, **form.cleaned_data)
    except Unacceptable as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("已保存，明天起生效。在那之前可以撤回。"))
    return redirect("duties:rules")


@require_POST
@requires("scene.edit")
def end_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """No longer from tomorrow on."""
    actions.end_rule(actor=request.user, rule=_own(pk))
    messages.success(request, _("明天起不再按这条生成任务。今天之内可以撤回。"))
    return redirect("duties:rules")


@require_POST
@requires("scene.edit")
def withdraw_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """What waits for tomorrow is taken back."""
    try:
        actions.withdraw_rule(actor=request.user, rule=_own(pk))
    except Unacceptable as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("已撤回。"))
    return redirect("duties:rules")


def _own(pk: int) -> VisitRule:
    return get_object_or_404(VisitRule.objects.filter(current_reach().q("area_code")), pk=pk)

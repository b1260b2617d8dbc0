"""What a group demands while an order is in force; without one these pages do not exist."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from .. import actions
from ..forms import RuleForm, posted
from ..models import GroupRule, Member
from ..queries import order_rules, roster
from ..rules import Declined
from . import session


@require_http_methods(["GET", "POST"])
@session.managed
def demands(request: HttpRequest, member: Member) -> HttpResponse:
    """The demands, and setting one."""
    brought = order_rules.fields_for(member.group)
    if not brought:
        raise Http404
    form = RuleForm(posted(request), fields=[(field.key, field.label) for field in brought])
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_rule(actor=actions.hand(member), group=member.group, **form.cleaned_data)
            messages.success(request, _("已设定。"))
            return redirect("group:demands", pk=member.group_id)
        except Declined as why:
            form.add_error(None, why.message)
    context = {
        "member": member, "group": member.group, "form": form, "rules": roster.rules_of(member.group),
        "abnormal": roster.lines(member.group, "abnormal"),
    }  # fmt: skip
    return render(request, "group/demands.html", context, status=422 if form.is_bound else 200)


@require_POST
@session.managed
def remove_demand(request: HttpRequest, member: Member, rule: int) -> HttpResponse:
    """Demand it no longer."""
    found = get_object_or_404(GroupRule, pk=rule, group=member.group_id)
    actions.remove_rule(actor=actions.hand(member), rule=found)
    return redirect("group:demands", pk=member.group_id)


@require_POST
@session.managed
def remind(request: HttpRequest, member: Member) -> HttpResponse:
    """Remind everybody who does not meet a demand."""
    told = actions.remind(actor=actions.hand(member), group=member.group)
    said = (
        _("已提醒 %(count)d 人。")
        if told
        else _("没有发出：没有异常成员，或今天已经提醒过（每人一天一次）。")
    )
    messages.success(request, said % {"count": told})
    return redirect("group:group", pk=member.group_id)

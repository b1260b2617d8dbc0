"""From where on pairs are merged: what people decided shows what each threshold is worth."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.registry.people.rules import Declined

from .. import actions
from ..forms import ThresholdForm
from ..queries.thresholds import sample


@never_cache
@require_GET
@requires("person.merge")
def thresholds(request: HttpRequest) -> HttpResponse:
    """The labelled sample, and what each threshold gives on it."""
    found = sample()
    form = ThresholdForm(initial={"upper": found.limits.upper, "lower": found.limits.lower})
    context = {"sample": found, "form": form, "may_set": may(request.user, "link.tune")}
    return render(request, "linkage/thresholds.html", context)


@require_POST
@requires("link.tune")
def set_thresholds(request: HttpRequest) -> HttpResponse:
    """Set both thresholds from today on."""
    form = ThresholdForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填 0 到 1 之间的数；自动合并至少 0.5。没有改动。"))
        return redirect("linkage:thresholds")
    try:
        actions.set_thresholds(actor=request.user, **form.cleaned_data)
        messages.success(request, _("阈值已改，下一次比对起生效。"))
    except Declined as why:
        messages.error(request, why.message)
    return redirect("linkage:thresholds")

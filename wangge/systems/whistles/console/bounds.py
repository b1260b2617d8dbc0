"""The bounds by which figures give an alert: in force now, by which paper; changed from today on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Unacceptable, requires

from ..actions.bounding import set_bounds
from ..forms.bounds import NAMES, SHARES, BoundsForm, name_of
from ..queries.terms import bound


@never_cache
@require_GET
@requires("area.view")
def bounds(request: HttpRequest) -> HttpResponse:
    """Every bound with its basis."""
    return _page(request, BoundsForm(initial={name_of(key): f"{bound(key).number:g}" for key in NAMES}))


def _page(request: HttpRequest, form: BoundsForm, status: int = 200) -> HttpResponse:
    context = {
        "lines": [(label, bound(key), key in SHARES) for key, label in NAMES.items()], "form": form,
        "may_set": may(request.user, "settings.manage"), "may_open": may(request.user, "case.view"),
    }  # fmt: skip
    return render(request, "whistles/bounds.html", context, status=status)


@require_POST
@requires("settings.manage")
def change_bounds(request: HttpRequest) -> HttpResponse:
    """New bounds from today on."""
    form = BoundsForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    try:
        changed = set_bounds(actor=request.user, numbers=form.numbers(), basis=form.cleaned_data["basis"])
    except Unacceptable as why:
        form.add_error(None, str(why))
        return _page(request, form, 422)
    said = _("已从今天起改了 %(count)d 项；以前的预警不变。") % {"count": len(changed)}
    messages.success(request, said if changed else _("没有改动。"))
    return redirect("whistles:bounds")

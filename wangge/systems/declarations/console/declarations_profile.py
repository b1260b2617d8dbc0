"""The limits that declarations live by: in force now, since when, by which paper; changed from today on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.registry.people.rules import Declined

from ..actions.verify_profile import set_profile
from ..forms.profile import NAMES, ProfileForm
from ..queries.profile import profile_lines, versions


@require_GET
@requires("area.view")
def profile(request: HttpRequest) -> HttpResponse:
    """Every limit with its basis, and the versions there have been."""
    return _page(request, ProfileForm(initial={name: value for name, value, _note in profile_lines()}))


def _page(request: HttpRequest, form: ProfileForm, status: int = 200) -> HttpResponse:
    context = {
        "lines": [(NAMES[name], value, note) for name, value, note in profile_lines()],
        "versions": versions()[::-1], "form": form, "may_set": may(request.user, "settings.manage"),
    }  # fmt: skip
    return render(request, "declarations/profile.html", context, status=status)


@require_POST
@requires("settings.manage")
def change_profile(request: HttpRequest) -> HttpResponse:
    """New limits from today on."""
    form = ProfileForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    try:
        changed = set_profile(actor=request.user, limits=form.limits(), basis=form.cleaned_data["basis"])
    except Declined as why:
        form.add_error(None, why.message)
        return _page(request, form, 422)
    said = _("已从今天起改了 %(count)d 项；以前收到的报备仍按原来的期限。") % {"count": len(changed)}
    messages.success(request, said if changed else _("没有改动。"))
    return redirect("declarations:profile")

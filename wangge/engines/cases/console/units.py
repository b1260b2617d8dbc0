"""Pages of units: the list with their load, one unit and its members."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.foundation.access.rules import Refused, Unacceptable, requires
from wangge.foundation.territory.queries import area_name_path

from ..actions.units import add_member, end_member, save_unit
from ..forms.units import MemberForm, UnitForm
from ..models import Unit, UnitMember
from ..queries.choices import accounts_for, duty_names
from ..queries.listing import kinds_known
from ..queries.staff import members_of, unit_lines
from ..queries.units import load_of


@require_GET
@requires("unit.manage")
def listing(request: HttpRequest) -> HttpResponse:
    """Every unit with who is on duty and what it carries."""
    return render(request, "cases/units.html", {"lines": unit_lines()})


@never_cache
@require_http_methods(["GET", "POST"])
@requires("unit.manage")
def new(request: HttpRequest) -> HttpResponse:
    """A new unit."""
    form = UnitForm(data=request.POST or None)
    if request.method == "POST" and (unit := _saved(request, form, None)):
        return redirect("cases:unit", pk=unit.pk)
    return render(request, "cases/unit_form.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("unit.manage")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, place or classes; or out of use."""
    unit = get_object_or_404(Unit, pk=pk)
    form = UnitForm(unit, request.POST or None)
    if request.method == "POST" and _saved(request, form, unit):
        return redirect("cases:unit", pk=pk)
    context = {"form": form, "unit": get_object_or_404(Unit, pk=pk)}
    return render(request, "cases/unit_form.html", context, status=422 if form.errors else 200)


def _saved(request: HttpRequest, form: UnitForm, unit: Unit | None) -> Unit | None:
    if not form.is_valid():
        return None
    try:
        saved = save_unit(actor=request.user, unit=unit, **form.cleaned_data)
    except Refused as why:
        form.add_error("area_code", str(why))
        return None
    messages.success(request, _("已保存。"))
    return saved


@never_cache
@require_GET
@requires("unit.manage")
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: what it does, its people."""
    return _page(request, get_object_or_404(Unit, pk=pk), MemberForm(request.user))


def _page(request: HttpRequest, row: Unit, form: MemberForm, status: int = 200) -> HttpResponse:
    kinds = dict(kinds_known())
    context: dict[str, Any] = {
        "unit": row, "members": members_of(row), "form": form, "accounts": accounts_for(request.user),
        "place": area_name_path(row.area_code), "duty": duty_names([row]).get(row.pk, []),
        "load": load_of([row]).get(row.pk, 0), "classes": [kinds.get(key, key) for key in row.classes],
    }  # fmt: skip
    return render(request, "cases/unit.html", context, status=status)


@require_POST
@requires("unit.manage")
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """One more member."""
    row, form = get_object_or_404(Unit, pk=pk), MemberForm(request.user, request.POST)
    if form.is_valid():
        try:
            member = add_member(actor=request.user, unit=row, user=form.cleaned_data["who"])
        except Unacceptable as why:
            form.add_error("who", str(why))
        else:
            messages.success(request, _("%(name)s 已加入。") % {"name": member.user.name})
            return redirect("cases:unit", pk=pk)
    return _page(request, row, form, status=422)


@require_POST
@requires("unit.manage")
def leave(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """A member handles for it no longer."""
    row = get_object_or_404(UnitMember, pk=member, unit=get_object_or_404(Unit, pk=pk))
    end_member(actor=request.user, member=row)
    messages.success(request, _("%(name)s 已离开本单位，今天起的值班也取消了。") % {"name": row.user.name})
    return redirect("cases:unit", pk=pk)

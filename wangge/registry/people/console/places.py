"""Pages of households, rooms, buildings and an area's people."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.foundation.territory.queries import area_by_code, area_name_path
from wangge.lib.scoping import prefix_of

from .. import actions, queries
from ..forms import AsOfForm, BuildingForm, GridForm, RoomForm
from ..models import Building, Household, Organisation, Room
from ..rules import Declined
from .lists import PER_PAGE, page_of
from .person import say


@never_cache
@require_GET
@requires("person.view")
def household(request: HttpRequest, pk: int) -> HttpResponse:
    """Who belongs to a household."""
    shown = get_object_or_404(Household.objects.select_related("room__building", "head"), pk=pk)
    ties = queries.ties_to(household=shown)
    context = {"shown": shown, "ties": ties[:200], "place": area_name_path(shown.area_code)}
    return render(request, "people/household.html", context)


@never_cache
@require_GET
@requires("person.view")
def room(request: HttpRequest, pk: int) -> HttpResponse:
    """Who lives in, owns and rents a room, and who did."""
    shown = get_object_or_404(Room.objects.select_related("building__estate"), pk=pk)
    context = {
        "shown": shown,
        "ties": queries.ties_to(room=shown)[:200],
        "households": Household.objects.filter(room=shown).select_related("head"),
        "organisations": Organisation.objects.filter(room=shown),
        "opens_firms": may(request.user, "organisation.view"),
        "place": area_name_path(shown.area_code),
        "use": queries.meaning_of("room_use", shown.use),
        "may_edit": may(request.user, "person.edit", shown.area_code),
    }
    return render(request, "people/room.html", context)


@require_GET
@requires("person.view")
def building(request: HttpRequest, pk: int) -> HttpResponse:
    """The front of a building: units, floors, doors."""
    shown = get_object_or_404(Building.objects.select_related("estate"), pk=pk)
    return render(
        request,
        "people/building.html",
        {
            "shown": shown,
            "units": queries.building_picture(shown),
            "history": queries.named(shown.grids.order_by("valid_from", "pk")),
            "place": area_name_path(shown.area_code),
            "may_edit": may(request.user, "person.edit", shown.area_code),
            "form": GridForm(building=shown)
            if may(request.user, "person.edit", shown.area_code[:12])
            else None,
        },
    )


@require_POST
@requires("person.edit")
def assign_grid(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which grid a building belongs to; for whoever answers for the whole community."""
    shown = get_object_or_404(Building, pk=pk)
    if not may(request.user, "person.edit", shown.area_code[:12]):
        return render(request, "403.html", status=403)
    try:
        actions.assign_grid(actor=request.user, building=shown, grid=request.POST.get("grid", ""))
        say(request)
    except Declined as why:
        messages.error(request, why.message)
    return redirect("people:building", pk=shown.pk)


@require_http_methods(["GET", "POST"])
@requires("person.edit")
def edit_building(request: HttpRequest, pk: int) -> HttpResponse:
    """What a building is like."""
    shown = get_object_or_404(Building, pk=pk)
    form = BuildingForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in form.changed_data}
        actions.update_building(actor=request.user, building=shown, facts=facts)
        say(request)
        return redirect("people:building", pk=pk)
    back = reverse("people:building", args=[pk])
    return render(request, "people/form.html", {"form": form, "title": _("修改楼栋"), "back": back})


@require_http_methods(["GET", "POST"])
@requires("person.edit")
def edit_room(request: HttpRequest, pk: int) -> HttpResponse:
    """State, use and size of a room."""
    shown = get_object_or_404(Room, pk=pk)
    form = RoomForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in form.changed_data}
        actions.update_room(actor=request.user, room=shown, facts=facts)
        say(request)
        return redirect("people:room", pk=pk)
    back = reverse("people:room", args=[pk])
    return render(request, "people/form.html", {"form": form, "title": _("修改房屋"), "back": back})


@never_cache
@require_GET
@requires("person.view")
def area(request: HttpRequest, code: str) -> HttpResponse:
    """The people of an area: counts, and who is tied to it."""
    shown = area_by_code(code)
    if shown is None:
        raise Http404
    form = AsOfForm(request.GET)
    day, known = form.picked()
    small = len(prefix_of(code)) >= 12  # of a town or the district the ledgers' numbers tell
    context: dict[str, Any] = {"shown": shown, "place": area_name_path(code), "form": form}
    if day or known:
        counts = queries.counts_then(code, day or timezone.localdate(), known) if small else None
        return render(request, "people/area.html", context | {"counts": counts, "then": True, "day": day})
    after = request.GET.get("after", "")
    rows = queries.people_after(int(after) if after.isdecimal() else 0, area=code, limit=PER_PAGE + 1)
    page = page_of(rows)
    context |= page | {"lines": queries.with_homes(page["rows"])}
    context["counts"] = queries.register_counts(code) if small else None
    return render(request, "people/area.html", context)

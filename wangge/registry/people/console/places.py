"""Pages of households, rooms, buildings, estates, organisations and an area's people."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.foundation.territory.queries import area_by_code, area_name_path
from wangge.lib.masking import mask_phone
from wangge.lib.scoping import prefix_of

from .. import actions, queries
from ..forms import GridForm
from ..models import Building, Estate, Household, Organisation, Room
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
        "place": area_name_path(shown.area_code),
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
            "form": GridForm(building=shown) if may(request.user, "person.edit", shown.community) else None,
        },
    )


@require_POST
@requires("person.edit")
def assign_grid(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which grid a building belongs to; for whoever answers for the whole community."""
    shown = get_object_or_404(Building, pk=pk)
    if not may(request.user, "person.edit", shown.community):
        return render(request, "403.html", status=403)
    try:
        actions.assign_grid(actor=request.user, building=shown, grid=request.POST.get("grid", ""))
        say(request)
    except Declined as why:
        messages.error(request, why.message)
    return redirect("people:building", pk=shown.pk)


@require_GET
@requires("person.view")
def estate(request: HttpRequest, pk: int) -> HttpResponse:
    """S32: the profile of an estate."""
    shown = get_object_or_404(Estate, pk=pk)
    context = {
        "shown": shown,
        "profile": queries.estate_profile(shown),
        "place": area_name_path(shown.area_code),
    }
    return render(request, "people/estate.html", context)


@never_cache
@require_GET
@requires("organisation.view")
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation; its staff for those who may see people."""
    shown = get_object_or_404(Organisation.objects.select_related("room__building"), pk=pk)
    sees_people = may(request.user, "person.view", shown.area_code)
    context = {
        "shown": shown,
        "phone": mask_phone(shown.phone),
        "staff": queries.ties_to(organisation=shown)[:200] if sees_people else [],
        "sees_people": sees_people,
        "place": area_name_path(shown.area_code),
    }
    return render(request, "people/organisation.html", context)


@never_cache
@require_GET
@requires("person.view")
def area(request: HttpRequest, code: str) -> HttpResponse:
    """The people of an area: counts, and who is tied to it."""
    shown = area_by_code(code)
    if shown is None:
        raise Http404
    after = request.GET.get("after", "")
    rows = queries.people_after(int(after) if after.isdecimal() else 0, area=code, limit=PER_PAGE + 1)
    page = page_of(rows)
    context = page | {
        "shown": shown,
        # of a town or the district the stored numbers of the ledgers tell, not a count on the spot
        "counts": queries.register_counts(code) if len(prefix_of(code)) >= 12 else None,
        "lines": queries.with_homes(page["rows"]),
        "place": area_name_path(code),
    }
    return render(request, "people/area.html", context)

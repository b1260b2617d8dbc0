"""The page of one person, who read it, and what is shown in full only for a reason."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access import actions as access
from wangge.foundation.access.queries import may, readings_of
from wangge.foundation.access.rules import Unacceptable, requires
from wangge.foundation.territory.queries import area_name_path

from .. import queries
from ..enums import PersonStatus
from ..forms import AsOfForm, DepartForm, ReasonForm
from ..models import Person
from ..queries.person import in_clear, is_secret
from .proposals import lines_for


def person_in_reach(pk: int) -> Person:
    """The person, or 404 as if there were none."""
    return get_object_or_404(Person.objects.select_related("merged_into"), pk=pk)


def rights(request: HttpRequest, person: Person) -> dict[str, bool]:
    """What the reader may do with this person, for the buttons."""
    names = ("edit", "reveal", "merge")
    told = {f"may_{name}": may(request.user, f"person.{name}", person.area_code or None) for name in names}
    return told | {"opens_firms": may(request.user, "organisation.view")}


@never_cache
@require_GET
@requires("person.view")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Facts, relations over time, household, contradictions, merges."""
    shown = person_in_reach(pk)
    if shown.status == PersonStatus.MERGED and shown.merged_into_id:
        return redirect("people:person", pk=shown.merged_into_id)
    form = AsOfForm(request.GET)
    day, known = form.picked()
    access.note_reading(actor=request.user, subject=shown)
    context = {
        "page": queries.person_page(shown, day, known),
        "shown": shown,
        "form": form,
        "as_of": bool(day or known),
        "place": area_name_path(shown.area_code),
        "age": shown.age_on(timezone.localdate()),
        "secrets": [line for line in queries.fact_lines(shown) if line.secret],
        "reason": ReasonForm(),
        "depart": DepartForm(),
        "at_odds": lines_for(queries.discrepancies().filter(person=shown)),
    }
    return render(request, "people/person.html", context | rights(request, shown))


@never_cache
@require_POST
@requires("person.reveal")
def reveal(request: HttpRequest, pk: int, field: str) -> HttpResponse:
    """One sealed value in full, after its reason was logged."""
    shown = person_in_reach(pk)
    if not is_secret(field):
        return render(request, "404.html", status=404)
    context: dict[str, Any] = {"shown": shown, "label": queries.label_of(field)}
    try:
        access.reveal(actor=request.user, subject=shown, field=field, reason=request.POST.get("reason", ""))
    except Unacceptable as why:
        return render(request, "people/_revealed.html", context | {"error": str(why)}, status=422)
    context["value"] = in_clear(shown, field) or "—"
    return render(request, "people/_revealed.html", context)


@never_cache
@require_GET
@requires("person.view")
def readings(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has read this person's data: the newest two hundred."""
    shown = person_in_reach(pk)
    return render(request, "people/readings.html", {"shown": shown, "rows": readings_of(shown)[:200]})


def say(request: HttpRequest, text: str = "") -> None:
    """A green line on the next page."""
    messages.success(request, text or _("已保存。"))

"""How one person came to be."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.foundation.access import actions as access
from wangge.foundation.access.rules import requires
from wangge.registry.people.models import Person

from ..queries.persons import joinings_of, rows_of


@never_cache
@require_GET
@requires("person.merge")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Which rows became this person, by what evidence, each to be undone."""
    shown = get_object_or_404(Person, pk=pk)
    access.note_reading(actor=request.user, subject=shown)
    context = {"shown": shown, "joinings": joinings_of(shown), "rows": rows_of(shown)}
    return render(request, "linkage/person.html", context)

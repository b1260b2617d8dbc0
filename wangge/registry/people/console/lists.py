"""Lists: people, households, buildings, organisations; each page begins behind a key, so that the
thousandth page is as quick as the first and nothing huge is counted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires

from .. import queries
from ..forms import ListFilter, SearchForm

PER_PAGE = 50


def page_of(rows: Iterable[Any]) -> dict[str, Any]:
    """Rows asked for one more than a page holds: the page, and the key the next one begins behind."""
    found = list(rows)
    more = len(found) > PER_PAGE
    shown = found[:PER_PAGE]
    return {"rows": shown, "next": shown[-1].pk if more else None}


def _filtered(request: HttpRequest) -> tuple[ListFilter, dict[str, Any]]:
    form = ListFilter(request.GET)
    return form, form.wanted()


@never_cache
@require_GET
@requires("person.view")
def people(request: HttpRequest) -> HttpResponse:
    """People in reach, in the order of registration; found by typing at the search."""
    form, wanted = _filtered(request)
    del form.fields["q"]  # a name is typed into the search, which does not leave it in the address
    found = queries.people_after(
        wanted["after"],
        area=wanted["area"],
        kind=wanted["kind"],
        stale=wanted["stale"],
        limit=PER_PAGE + 1,
    )
    page = page_of(found)
    context = page | {"lines": queries.with_homes(page["rows"]), "form": form, "search": SearchForm()}
    return render(request, "people/people.html", context | {"may_edit": may(request.user, "person.edit")})


@never_cache
@require_http_methods(["GET", "POST"])
@requires("person.view")
def search(request: HttpRequest) -> HttpResponse:
    """Find people by what is typed. By POST, so that no personal value stands in an address."""
    form = SearchForm(request.POST or None)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = list(queries.search_people(text)) if text else []
    context = {
        "search": form,
        "asked": bool(text),
        "lines": queries.with_homes(found),
        "more": len(found) == 50,
        "may_edit": may(request.user, "person.edit"),
    }
    return render(request, "people/search.html", context)


@require_GET
@requires("person.view")
def households(request: HttpRequest) -> HttpResponse:
    """Households in reach."""
    form, wanted = _filtered(request)
    page = page_of(
        queries.households_after(
            wanted["after"], area=wanted["area"], text=wanted["text"], limit=PER_PAGE + 1
        )
    )
    counts = queries.members_by_household(page["rows"])
    lines = [(row, counts.get(row.pk, 0)) for row in page["rows"]]
    return render(request, "people/households.html", page | {"lines": lines, "form": form})


@require_GET
@requires("person.view")
def buildings(request: HttpRequest) -> HttpResponse:
    """Buildings in reach."""
    form, wanted = _filtered(request)
    rows = queries.buildings_after(
        wanted["after"], area=wanted["area"], text=wanted["text"], limit=PER_PAGE + 1
    )
    page = page_of(rows)
    queries.named(page["rows"])
    return render(request, "people/buildings.html", page | {"form": form})


@require_GET
@requires("organisation.view")
def organisations(request: HttpRequest) -> HttpResponse:
    """Organisations in reach."""
    form, wanted = _filtered(request)
    rows = queries.organisations_after(
        wanted["after"],
        area=wanted["area"],
        text=wanted["text"],
        closed=wanted["closed"],
        limit=PER_PAGE + 1,
    )
    context = page_of(rows) | {"form": form, "may_edit": may(request.user, "organisation.edit")}
    return render(request, "people/organisations.html", context)


@require_GET
@requires("person.view")
def estates(request: HttpRequest) -> HttpResponse:
    """Estates in reach."""
    form, wanted = _filtered(request)
    rows = queries.estates_after(
        wanted["after"],
        area=wanted["area"],
        text=wanted["text"],
        closed=wanted["closed"],
        limit=PER_PAGE + 1,
    )
    page = page_of(rows)
    queries.named(page["rows"])
    context = page | {"form": form, "may_edit": may(request.user, "person.edit")}
    return render(request, "people/estates.html", context)

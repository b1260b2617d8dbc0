"""Pages that show ledgers."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access import queries as access
from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.models import Area
from wangge.lib.scoping import prefix_of
from wangge.lib.sealing import seal, unseal

from ..forms import DatesForm, ExportForm, FilterForm
from ..outgoing.catalogue import LEDGERS, Ledger, columns_of
from ..outgoing.columns import Reader, label, readers
from ..outgoing.conditions import Moment
from ..outgoing.limits import Limits, limits_on
from ..outgoing.lines import Line
from ..outgoing.selection import Filters, Selection, as_of
from ..queries.counts import counts_at, counts_below, lines_at, stored_counts
from ..queries.ledgers import bounded_count, page_of
from ..queries.moments import words_for
from .areas import area_of, choices_for

NAME = "ledger_name"
IN_CLEAR = ("name", "residence", "hukou_address")  # who may see the ledger must be able to find the door


def ledger_or_404(code: str) -> Ledger:
    """The ledger with this code."""
    found = next((ledger for ledger in LEDGERS if ledger.code == code), None)
    if found is None:
        raise Http404
    return found


@require_GET
@requires("ledger.view")
def overview(request: HttpRequest) -> HttpResponse:
    """All ledgers of an area with their numbers, and the areas below."""
    area, form = area_of(request), DatesForm(request.GET)
    moment = form.moment()
    words = words_for(moment, area)
    numbers = _numbers(area, moment) if not words else _numbers_then(request, area, moment)
    main = [ledger for ledger in LEDGERS if ledger.main]
    context = {
        "area": area,
        "areas": choices_for(area, moment.day),
        "form": form,
        "words": words,
        "query": _query(request),
        "main": [(ledger, numbers["counts"].get(ledger.code)) for ledger in main],
        "others": [(ledger, numbers["counts"].get(ledger.code)) for ledger in LEDGERS if not ledger.main],
        "heads": main,
        "dates": _dates(request),
    }
    return render(request, "ledgers/overview.html", context | numbers)


def _numbers(area: Area, moment: Moment) -> dict[str, Any]:
    """As last counted."""
    main = [ledger for ledger in LEDGERS if ledger.main]
    counts = stored_counts(area.code)
    below = counts_below(area.code, [ledger.code for ledger in main])
    return {
        "counts": {code: counted.count for code, counted in counts.items()},
        "below": [(line, list(zip(main, line.counts, strict=True))) for line in below],
        "as_of": max((counted.as_of for counted in counts.values()), default=None),
    }


def _numbers_then(request: HttpRequest, area: Area, moment: Moment) -> dict[str, Any]:
    """Counted from the ties of that moment: at once for a community, for more when the page asks again."""
    if len(prefix_of(area.code)) < 12 and "part" not in request.GET:
        return {"counts": {}, "below": [], "later": True}
    main = [ledger for ledger in LEDGERS if ledger.main]
    counted = counts_at(area.code, moment, main)
    below = lines_at(area.code, moment, counted, main)
    return {
        "counts": {code: numbers.get(area.code, 0) for code, numbers in counted.items()},
        "below": [(line, list(zip(main, line.counts, strict=True))) for line in below],
        "twice": any(
            sum(line.counts[at] or 0 for line in below) > counted[ledger.code].get(area.code, 0)
            for at, ledger in enumerate(main)
        ),
    }


def selection_of(request: HttpRequest, ledger: Ledger, area: Area) -> tuple[Selection, FilterForm]:
    """What the address and the session ask for."""
    limits = limits_on(timezone.localdate())
    probe = Selection(ledger, area.code, as_of(), limits)
    form = FilterForm(request.GET, sorts=probe.sorts(), limits=limits)
    filters = form.filters(searched_name(request))
    sort = form.cleaned_data.get("sort") or "place"
    selection = Selection(ledger, area.code, form.moment(), limits, filters, sort)
    return selection, form


def searched_name(request: HttpRequest) -> str:
    """The name somebody looks for in the ledgers, kept sealed in the session."""
    kept = request.session.get(NAME, "")
    return unseal(kept) if kept else ""


@require_GET
@requires("ledger.view")
def ledger(request: HttpRequest, code: str) -> HttpResponse:
    """A page of one ledger."""
    shown, area = ledger_or_404(code), area_of(request)
    selection, form = selection_of(request, shown, area)
    page = page_of(selection, after=_number(request, "after"), before=_number(request, "before"))
    counts = stored_counts(area.code)
    cells = readers(shown.shown, in_clear=IN_CLEAR)
    context = {
        "ledger": shown,
        "area": area,
        "areas": choices_for(area, selection.moment.day),
        "form": form,
        "page": page,
        "ledgers": [(one, counts.get(one.code)) for one in LEDGERS],
        "heads": [label(column) for column in shown.shown],
        "rows": [_row(line, cells, selection.limits) for line in page.lines],
        "counted": counts.get(code) if selection.whole else None,
        "selection": selection,
        "name": selection.filters.name,
        "query": _query(request),
        "today_query": _query(request, "day", "known"),
        "dates": _dates(request),
        "words": words_for(selection.moment, area),
        "may_export": access.may(request.user, "ledger.export", area.code),
        "may_import": access.may(request.user, "ledger.import", area.code),
        "sees_people": access.may(request.user, "person.view", area.code),
        "limits": selection.limits,
    }
    return render(request, "ledgers/ledger.html", context)


def _number(request: HttpRequest, name: str) -> int | None:
    value = request.GET.get(name, "")
    return int(value) if value.isdigit() and len(value) < 19 else None


def _query(request: HttpRequest, *without: str) -> str:
    """The conditions of the address, without the place in the list."""
    kept = request.GET.copy()
    for name in ("after", "before", *without):
        kept.pop(name, None)
    return kept.urlencode()


def _dates(request: HttpRequest) -> str:
    """The two days of the address, for links that stay on them."""
    return urlencode({name: request.GET[name] for name in ("day", "known") if request.GET.get(name)})


def _row(line: Line, cells: list[Reader], limits: Limits) -> dict[str, Any]:
    values = [plain(read(line)) for read in cells]
    confirmed = plain(line.confirmed)
    return {"person": line.person, "cells": values, "confirmed": confirmed, "tone": tone(line, limits)}


def plain(value: object) -> object:
    """A date as it stands in tables."""
    return value.isoformat() if isinstance(value, date) else value


def tone(line: Line, limits: Limits) -> str:
    """green, yellow or red after the age of the last confirmation (spec §2.5)."""
    if line.confirmed is None:
        return "red"
    age = (line.day - line.confirmed).days
    return "green" if age <= limits.fresh_days else "yellow" if age <= limits.stale_days else "red"


@require_GET
@requires("ledger.view")
def count(request: HttpRequest, code: str) -> HttpResponse:
    """How many rows the conditions leave, for the place that waits for it."""
    selection, _form = selection_of(request, ledger_or_404(code), area_of(request))
    return HttpResponse(str(bounded_count(selection)), content_type="text/plain; charset=utf-8")


@require_POST
@requires("ledger.view")
def search(request: HttpRequest, code: str) -> HttpResponse:
    """Look for a name, or stop looking; it never stands in an address."""
    ledger_or_404(code)
    area_of(request)
    name = request.POST.get("name", "").strip()[:60]
    if name and "stop" not in request.POST:
        request.session[NAME] = seal(name)
    else:
        request.session.pop(NAME, None)
    query = request.POST.get("query", "")
    return redirect(
        f"{reverse('ledgers:ledger', args=[code])}?{query}"
        if query
        else reverse("ledgers:ledger", args=[code])
    )


def export_context(
    request: HttpRequest, selection: Selection, area: Area, form: ExportForm
) -> dict[str, Any]:
    """What the export page shows."""
    counts = stored_counts(area.code)
    return {
        "ledger": selection.ledger,
        "area": area,
        "form": form,
        "selection": selection,
        "area_path": territory.area_name_path(area.code),
        "query": request.GET.urlencode(),
        "counted": counts.get(selection.ledger.code) if selection.whole else None,
        "columns": [label(column) for column in columns_of(selection.ledger)],
        "words": words_for(selection.moment, area)[:1],
        "filtered": bool(selection.filters != Filters()),
    }

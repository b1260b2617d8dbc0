"""What a period changed in the register: the difference a campaign made, every number with its rows."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.foundation.access import queries as access
from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory
from wangge.registry.people.models import Person

from ..actions.export import export_home
from ..actions.export_difference import export_difference
from ..forms.period import BehindForm, PeriodForm
from ..queries.changes import NAMES, Hit, difference, hits_of, tables_of
from ..queries.changes.tables import field_name, source_name
from .areas import area_of, choices_for
from .exports import TYPES

PER_PAGE = 50


@never_cache
@require_GET
@requires("ledger.view")
def changes(request: HttpRequest) -> HttpResponse:
    """The tables of a period."""
    area, form = area_of(request), PeriodForm(request.GET)
    period = form.period(area.code)
    context = {
        "area": area,
        "areas": choices_for(area),
        "form": form,
        "period": period,
        "tables": tables_of(difference(period)),
        "may_export": access.may(request.user, "ledger.export", area.code),
    }
    return render(request, "ledgers/changes.html", context)


@dataclass(frozen=True)
class Line:
    """One change as a page shows it; ``person`` None where nobody in reach is meant."""

    hit: Hit
    person: Person | None
    field: str
    source: str
    area: str


@never_cache
@require_GET
@requires("ledger.view")
def behind(request: HttpRequest) -> HttpResponse:
    """The rows behind one number."""
    area, form, asked = area_of(request), PeriodForm(request.GET), BehindForm(request.GET)
    if not asked.is_valid():
        raise Http404
    period, wanted = form.period(area.code), asked.cleaned_data
    found = hits_of(
        period, wanted["what"], name=wanted["field"], source=wanted["source"], area=wanted["part"]
    )
    after = wanted["after"] or 0
    hits = list(islice(found, after, after + PER_PAGE + 1))
    context = {
        "area": area,
        "period": period,
        "what": NAMES[wanted["what"]],
        "sees_people": access.may(request.user, "person.view", area.code),
        "lines": _lines(hits[:PER_PAGE]),
        "rows": hits[:PER_PAGE],
        "next": after + PER_PAGE if len(hits) > PER_PAGE else None,
    }
    return render(request, "ledgers/changes_rows.html", context)


def _lines(hits: list[Hit]) -> list[Line]:
    people = Person.objects.in_bulk({hit.person for hit in hits if hit.person})
    codes = {hit.area for hit in hits} | {hit.area[:12] for hit in hits}
    names = territory.names_of(codes)

    def place(code: str) -> str:
        steps = dict.fromkeys([code[:12], code])
        return " ".join(territory.short_name(names[step]) for step in steps if step in names) or code

    return [
        Line(
            hit, people.get(hit.person or 0), field_name(hit.what, hit.field) if hit.field else "",
            source_name(hit.source), place(hit.area),
        )
        for hit in hits
    ]  # fmt: skip


@require_GET
@requires("ledger.export")
def changes_file(request: HttpRequest) -> FileResponse:
    """The same tables as a workbook."""
    area, form = area_of(request), PeriodForm(request.GET)
    with tempfile.NamedTemporaryFile(dir=export_home(), suffix=".xlsx", delete=False) as taken:
        path = Path(taken.name)
    counted = difference(form.period(area.code))
    name = export_difference(
        actor=request.user, difference=counted, path=path, area_name=territory.short_name(area.name)
    )
    stream = path.open("rb")
    path.unlink()  # the open file stays readable; nothing is left behind when the answer is sent
    return FileResponse(stream, as_attachment=True, filename=name, content_type=TYPES["xlsx"])

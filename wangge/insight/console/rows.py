"""The cases behind one number of the board, as far as the reader may see them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.engines.cases.queries.listing import lines_of, page_of
from wangge.engines.cases.queries.worklist import cases_for
from wangge.foundation.access.queries import reach_for
from wangge.foundation.access.rules import requires
from wangge.foundation.territory.queries import where
from wangge.lib.scoping import within

from ..forms.asking import asking_of
from ..indicators.opened import number_of
from ..queries.asked import Asked
from ..queries.rows import hidden
from .asking import address, area_of

PER_PAGE = 50


@never_cache
@require_GET
@requires("case.view")
def rows(request: HttpRequest, code: str, side: str) -> HttpResponse:
    """A page of them; the number is that of the board, which counts what lies outside her view as well."""
    number = number_of(code, side)
    if number is None:
        raise Http404
    asking = asking_of(request.GET)
    with within(reach_for(request.user, "area.view")):  # the board is of where she sees areas
        only = request.GET.get("only") == "1"
        asked = Asked(asking.period, area_of(request), only, asking.system, asking.kind)
        told, everything = number.told(asked), number.rows(asked)
    seen = number.rows(asked).filter(pk__in=cases_for(request.user).values("pk"))
    cases, after = page_of(seen, closed=True, after=request.GET.get("after", ""), size=PER_PAGE)
    every, out, more = hidden(everything, seen)
    context: dict[str, Any] = {
        "number": number, "told": told, "asked": asked, "asking": asking, "where": where(asked.area),
        "every": every, "hidden": out, "more": more, "after": after, "begun": bool(request.GET.get("after")),
        "lines": [(line, number.times(line.case, asked)) for line in lines_of(cases, timezone.now())],
        "as_of": timezone.localtime(),
        "back": address("insight:board", group=number.group, area=asked.area, **asking.asked),
    }  # fmt: skip
    return render(request, "insight/rows.html", context)

"""The cases behind one number of the board, as far as the reader may see them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.listing import lines_of, page_of
from wangge.engines.cases.queries.worklist import cases_for
from wangge.foundation.access.queries import reach_for
from wangge.foundation.access.rules import requires
from wangge.lib.scoping import within

from ..forms.asking import asking_of
from ..indicators.figure import plain
from ..indicators.groups import groups, rate_by_code
from ..indicators.sides import Rate, Side
from ..queries.areas import where
from ..queries.asked import Asked
from ..queries.rows import hidden, rows_of, times_of
from ..queries.sums import sums
from .asking import address, area_of

PER_PAGE = 50


@never_cache
@require_GET
@requires("case.view")
def rows(request: HttpRequest, code: str, side: str) -> HttpResponse:
    """A page of them; the number is that of the board, which counts what lies outside her view as well."""
    rate = rate_by_code(code)
    if rate is None or side not in ("part", "whole") or (side == "whole" and not rate.whole.terms):
        raise Http404
    asking, chosen = asking_of(request.GET), rate.part if side == "part" else rate.whole
    with within(reach_for(request.user, "area.view")):  # the board is of where she sees areas
        asked = Asked(
            asking.period, area_of(request), request.GET.get("only") == "1", asking.system, asking.kind
        )
        number = chosen.of(sums(asked, chosen.terms))
        everything = rows_of(asked, chosen.terms, chosen.systems)
    seen = rows_of(asked, chosen.terms, chosen.systems)
    seen = seen.filter(pk__in=cases_for(request.user).values("pk"))
    cases, after = page_of(seen, closed=True, after=request.GET.get("after", ""), size=PER_PAGE)
    every, out, more = hidden(everything, seen)
    context: dict[str, Any] = {
        "rate": rate, "side": side, "asked": asked, "asking": asking, "where": where(asked.area),
        "number": plain(number), "every": every, "hidden": out, "more": more,
        "lines": [
            (line, _times(chosen, line.case, asked)) for line in lines_of(cases, timezone.now())
        ],
        "after": after, "begun": bool(request.GET.get("after")), "as_of": timezone.localtime(),
        "back": _back(rate, asked, asking.asked),
    }  # fmt: skip
    return render(request, "insight/rows.html", context)


def _times(side: Side, case: Case, asked: Asked) -> str:
    """What the case counts, where that is not simply one."""
    each = (weight * times_of(case, asked, measure) for measure, weight in side.terms.items())
    counts = sum(each, Fraction(0))
    return "" if counts == 1 else plain(counts)


def _back(rate: Rate, asked: Asked, told: dict[str, str]) -> str:
    group = next((each.key for each in groups() if rate.code in {r.code for r in each.rates()}), "")
    return address("insight:board", group=group, area=asked.area, **told)

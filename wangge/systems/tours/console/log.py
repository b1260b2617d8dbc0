"""问题和交办: what was raised on all tours, what is open, late, or waits to be confirmed (S13)."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.foundation.access.rules import requires

from ..queries import problems
from ..queries.tours import called
from ..rules import SEES

PER_PAGE = 50


@never_cache
@require_GET
@requires(*SEES)
def log(request: HttpRequest) -> HttpResponse:
    """One page of it, with how many of each there are."""
    show = request.GET.get("show", "open")
    show = show if show in problems.SHOWS else "open"
    page = Paginator(problems.listed(show), PER_PAGE).get_page(request.GET.get("page"))
    lines = problems.lines_of(list(page))
    names = called([line.problem.stop for line in lines])
    context = {
        "page": page, "show": show, "now_at": timezone.localtime(),
        "lines": [(line, names[line.problem.stop_id]) for line in lines],
        "counts": {each: problems.listed(each).count() for each in problems.SHOWS},
    }  # fmt: skip
    return render(request, "tours/log.html", context)

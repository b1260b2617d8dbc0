"""What is late now; every number opens its rows on the workbench."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.foundation.territory.queries import where

from ..forms.asking import asking_of
from ..queries.asked import Asked
from ..queries.late import LateLine, late_by_area, late_by_unit
from ..queries.rows import late_now
from .asking import address, area_of, path_to


@never_cache
@require_GET
@requires("area.view")
def late(request: HttpRequest) -> HttpResponse:
    """By area and by unit."""
    area, asking = area_of(request), asking_of(request.GET)
    asked = Asked(asking.period, area, system=asking.system, kind=asking.kind)
    opens = may(request.user, "case.view")
    told = {"who": "all", "show": "late", "system": asking.system, "kind": asking.kind}
    context: dict[str, Any] = {
        "area": area, "where": where(area), "path": path_to(area), "number": late_now(asked).count(),
        "all": address("cases:workbench", area=area, **told) if opens else "",
        "by_area": [_of_area(line, told, opens) for line in late_by_area(asked)],
        "by_unit": [
            (line, address("cases:workbench", **told, area=area, unit=_unit(line)) if opens else "")
            for line in late_by_unit(asked)
        ],
        "as_of": timezone.localtime(), "board": address("insight:board", area=area), "asking": asking,
    }  # fmt: skip
    return render(request, "insight/late.html", context)


def _unit(line: LateLine) -> str:
    return str(line.unit or "none")


def _of_area(line: LateLine, told: dict[str, str], opens: bool) -> tuple[LateLine, str, str]:
    """The line, the board of what lies below, the rows."""
    below = line.area
    if below is None:
        return line, "", ""
    rows = address("cases:workbench", area=below.code, **told) if opens and not below.only else ""
    return line, address("insight:late", area=below.code) if below.opens else "", rows

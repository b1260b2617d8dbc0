"""吹哨报到: the list with its filters, and as a workbook."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.engines.cases.models import Unit
from wangge.engines.cases.queries.units import units_of
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.foundation.territory.queries import where
from wangge.lib.asked import area_of, day_of
from wangge.lib.workbooks import as_file

from ..enums import Kind
from ..forms.blowing import level_choices
from ..outgoing.tables import whistle_book
from ..queries import whistles as queries
from ..queries.hints import open_hints
from ..queries.lines import lines_of
from ..queries.units import units_at
from .asking import number_of

PER_PAGE, MOST, HINTS = 50, 20_000, 20


def wanted_of(request: HttpRequest) -> queries.Wanted:
    """What the address asks for; a word that is none of the choices counts as not said."""
    get = request.GET
    choices = {"show": queries.SHOWS, "kind": Kind.values, "level": [key for key, _name in level_choices()]}
    said = {name: get.get(name, "") for name in choices if get.get(name) in choices[name]}
    return queries.Wanted(
        **said, unit=number_of(get.get("unit", "")), area=area_of(request),
        q=get.get("q", "").strip()[:60], since=day_of(get.get("since", "")),
        until=day_of(get.get("until", "")),
    )  # fmt: skip


def kept(wanted: queries.Wanted, **other: Any) -> str:
    """The same question as an address."""
    said = {name: value for name, value in (vars(wanted) | other).items() if value}
    return urlencode({name: str(value) for name, value in said.items()})


@never_cache
@require_GET
@requires("case.view")
def whistles(request: HttpRequest) -> HttpResponse:
    """What runs out first on top."""
    wanted, own = wanted_of(request), units_of(request.user)
    page = Paginator(queries.listed(request.user, wanted), PER_PAGE).get_page(request.GET.get("page"))
    counts = queries.counts(request.user, wanted.area)
    shows = [show for show in queries.SHOWS if show != "unit" or own]
    context = {
        "page": page, "lines": lines_of(list(page)), "wanted": wanted, "where": where(wanted.area),
        "tabs": [(show, tab_name(show), counts[show], kept(wanted, show=show)) for show in shows],
        "kinds": Kind.choices, "levels": level_choices(), "units": _units(wanted), "kept": kept(wanted),
        "may_blow": may(request.user, "campaign.manage"),
        "hints": list(open_hints(request.user)[:HINTS]), "now_at": timezone.localtime(),
    }  # fmt: skip
    return render(request, "whistles/list.html", context)


def _units(wanted: queries.Wanted) -> list[Unit]:
    return units_at(wanted.area)


def tab_name(show: str) -> str:
    """A tab in the reader's language."""
    return {"open": _("未办结"), "launched": _("待批准"), "mine": _("我吹的"), "unit": _("叫我单位的"),
            "sign": _("签收超时"), "contact": _("联系超时"), "arrive": _("到场超时"),
            "far": _("到场离得远"), "done": _("待评价"), "closed": _("已办结"),
            "all": _("全部")}[show]  # fmt: skip


@never_cache
@require_GET
@requires("case.view")
def export(request: HttpRequest) -> HttpResponse:
    """The same as a workbook, a line a unit."""
    rows = list(queries.listed(request.user, wanted_of(request))[:MOST])
    content = whistle_book(request.user.get_username(), lines_of(rows))
    return as_file(content, f"吹哨清单_{timezone.localdate().isoformat()}.xlsx")

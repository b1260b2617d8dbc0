"""矛盾调解: the list with its filters, and as a workbook. Nobody's name stands in either."""

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

from wangge.engines.cases.forms.opening import levels_of
from wangge.engines.cases.kinds import system_of
from wangge.engines.cases.queries.procedures import procedure_now
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.foundation.journal import actions as journal
from wangge.foundation.territory.queries import where
from wangge.lib.asked import area_of
from wangge.lib.workbooks import as_file

from ..enums import SYSTEM, Kind
from ..outgoing.lines import lines_of
from ..outgoing.tables import dispute_book
from ..queries import disputes as queries

PER_PAGE, MOST = 50, 20_000


def states() -> list[tuple[str, str]]:
    """The states of a dispute."""
    return [(state.key, state.label) for state in procedure_now("dispute").states]


def wanted_of(request: HttpRequest) -> queries.Wanted:
    """What the address asks for; a word that is none of the choices counts as not said."""
    get = request.GET
    choices: dict[str, Any] = {"show": queries.SHOWS, "kind": Kind.values, "state": dict(states()),
               "level": dict(levels_of(system_of(SYSTEM)))}  # fmt: skip
    said = {name: get.get(name, "") for name in choices if get.get(name) in choices[name]}
    return queries.Wanted(**said, area=area_of(request), q=get.get("q", "").strip()[:60])


def kept(wanted: queries.Wanted, **other: Any) -> str:
    """The same question as an address."""
    said = {name: value for name, value in (vars(wanted) | other).items() if value}
    return urlencode({name: str(value) for name, value in said.items()})


@never_cache
@require_GET
@requires("case.view")
def disputes(request: HttpRequest) -> HttpResponse:
    """What runs out first on top."""
    wanted = wanted_of(request)
    page = Paginator(queries.listed(request.user, wanted), PER_PAGE).get_page(request.GET.get("page"))
    counts = queries.counts(request.user, wanted.area)
    context = {
        "page": page, "lines": lines_of(list(page)), "wanted": wanted, "where": where(wanted.area),
        "tabs": [(show, tab_name(show), counts[show], kept(wanted, show=show)) for show in queries.SHOWS],
        "kinds": Kind.choices, "states": states(), "levels": levels_of(system_of(SYSTEM)),
        "kept": kept(wanted), "may_open": may(request.user, "case.open"), "now_at": timezone.localtime(),
    }  # fmt: skip
    return render(request, "disputes/list.html", context)


def tab_name(show: str) -> str:
    """A tab in the reader's language."""
    return {"open": _("未结案"), "mine": _("我承办的"), "free": _("没有人承办"), "late": _("已超时"),
            "unkept": _("到期没履行"), "closed": _("已结案"), "all": _("全部")}[show]  # fmt: skip


@never_cache
@require_GET
@requires("case.view")
def export(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    wanted = wanted_of(request)
    rows = list(queries.listed(request.user, wanted)[:MOST])
    data = {"rows": len(rows)}
    journal.record("dispute.exported", actor=request.user, area=wanted.area, data=data)
    content = dispute_book(request.user.get_username(), lines_of(rows))
    return as_file(content, f"矛盾调解清单_{timezone.localdate().isoformat()}.xlsx")

"""隐患: the list with its filters, as a workbook, and where the checklists come from."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.engines.cases.console.opening import open_page
from wangge.engines.cases.enums import Source
from wangge.engines.cases.forms.opening import OpeningForm
from wangge.engines.cases.kinds import system_of
from wangge.foundation.access.queries import home_of, may
from wangge.foundation.access.rules import requires
from wangge.foundation.territory.queries import where
from wangge.lib.asked import area_of, day_of
from wangge.lib.workbooks import as_file

from ..actions.pack import load_checklists
from ..enums import SYSTEM, Kind, Level
from ..outgoing.lines import lines_of
from ..outgoing.tables import hazard_book
from ..queries import hazards as queries
from ..queries.checklists import checklists

PER_PAGE, MOST = 50, 20_000


def wanted_of(request: HttpRequest) -> queries.Wanted:
    """What the address asks for; a word that is none of the choices counts as not said."""
    get = request.GET
    choices = {"show": queries.SHOWS, "kind": Kind.values, "level": Level.values, "source": Source.values}
    said = {name: get.get(name, "") for name in choices if get.get(name) in choices[name]}
    return queries.Wanted(
        **said, area=area_of(request), q=get.get("q", "").strip()[:60], since=day_of(get.get("since", "")),
        until=day_of(get.get("until", "")),
    )  # fmt: skip


def kept(wanted: queries.Wanted, **other: Any) -> str:
    """The same question as an address."""
    said = {name: value for name, value in (vars(wanted) | other).items() if value}
    return urlencode({name: str(value) for name, value in said.items()})


@never_cache
@require_GET
@requires("case.view")
def hazards(request: HttpRequest) -> HttpResponse:
    """What runs out first on top."""
    wanted = wanted_of(request)
    page = Paginator(queries.listed(request.user, wanted), PER_PAGE).get_page(request.GET.get("page"))
    counts = queries.counts(request.user, wanted.area)
    context = {
        "page": page, "lines": lines_of(list(page)), "wanted": wanted, "where": where(wanted.area),
        "tabs": [(show, tab_name(show), counts[show], kept(wanted, show=show)) for show in queries.SHOWS],
        "kinds": Kind.choices, "levels": Level.choices, "sources": Source.choices, "kept": kept(wanted),
        "may_inspect": may(request.user, "case.open"), "no_lists": not checklists(),
        "may_load": home_of(request.user, "form.manage").endswith("000000"), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "hazards/list.html", context)


def tab_name(show: str) -> str:
    """A tab in the reader's language."""
    return {"open": _("未销号"), "late": _("超期"), "major": _("重大"), "closed": _("已销号"),
            "all": _("全部")}[show]  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
@requires("case.open")
def new(request: HttpRequest) -> HttpResponse:
    """A hazard that was told or seen without a checklist; what is like it is shown before it gets a number.
    The authority of a major one hears by ``sweeps.tell_authorities``."""
    given = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    form = OpeningForm(system_of(SYSTEM), **given)
    return open_page(request, form=form, source=str(Source.OFFICE), template="hazards/new.html")


@never_cache
@require_GET
@requires("case.view")
def export(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    rows = list(queries.listed(request.user, wanted_of(request))[:MOST])
    content = hazard_book(request.user.get_username(), lines_of(rows))
    return as_file(content, f"隐患清单_{timezone.localdate().isoformat()}.xlsx")


@require_POST
@requires("form.manage")
def load(request: HttpRequest) -> HttpResponse:
    """Load the example checklists into the reader's area."""
    made = load_checklists(actor=request.user, area_code=home_of(request.user, "form.manage"))
    messages.success(request, _("装入了 %(count)d 份检查表。") % {"count": len(made)})
    return redirect("hazards:list")

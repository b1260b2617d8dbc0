"""The worklist: what waits on the left, the declaration beside the register on the right, one screen."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.foundation.access import actions as access
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.enums import Level
from wangge.lib.scoping import EVERYWHERE, current_reach, within

from ..enums import CHECKED, NAMED, Answered, Kind, ReportedBy, Verb
from ..forms.correct import CorrectForm
from ..models import Declaration
from ..queries import worklist
from ..queries.order_fields import said_in
from ..queries.places import community_of
from ..queries.profile import profile_of
from ..queries.worklist_beside import beside
from ..rules import states

PER_PAGE, LEAFED = 30, 10_000


class Pages(Paginator):
    """Counts as far as anybody leafs: an exact count of a million rows costs ten times the page itself."""

    @cached_property
    def count(self) -> int:
        """How many, up to ``LEAFED``."""
        rows: Any = self.object_list
        return int(rows.order_by()[:LEAFED].count())

    @property
    def more(self) -> bool:
        """Whether there may be further rows, which filters reach."""
        return self.count >= LEAFED


@never_cache
@require_GET
@requires("declaration.view")
def declarations(request: HttpRequest) -> HttpResponse:
    """The list of a tab, and of the chosen declaration everything to decide by."""
    asked = asked_for(request)
    page = Pages(worklist.declarations(asked), PER_PAGE).get_page(request.GET.get("page"))
    lines = worklist.lines_of(page)
    chosen = _chosen(request, [line.row for line in lines])
    context: dict[str, Any] = {
        "asked": asked, "page": page, "lines": lines, "chosen": chosen, "tabs": _tabs(asked),
        "kept": kept(request), "kept_page": kept(request, page=True), "picked": bool(request.GET.get("pk")),
        "kinds": Kind.choices, "reporters": ReportedBy.choices, "areas": areas_for(),
        "undo": worklist.last_decisions(request.user.get_username()),
        "may_verify": may(request.user, "declaration.verify"),
        "may_export": may(request.user, "ledger.export"),
    }  # fmt: skip
    if chosen:
        context |= detail(request, chosen) | _around(chosen, lines)
    return render(request, "declarations/worklist.html", context)


def asked_for(request: HttpRequest) -> worklist.Asked:
    """Tab and filters of the address.

    Raises:
        Http404: an area outside the reach.
    """
    get = request.GET
    area = get.get("area", "")
    if area and not current_reach().covers(area):
        raise Http404
    return worklist.Asked(
        view=get.get("view", "") if get.get("view") in worklist.VIEWS else "open",
        kind=get.get("kind", "") if get.get("kind") in Kind.values else "",
        area=area,
        since=day_of(get.get("since", "")),
        until=day_of(get.get("until", "")),
        reported_by=get.get("by", "") if get.get("by") in ReportedBy.values else "",
    )


def day_of(text: str) -> date | None:
    """The day, or None where no day is written."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def kept(request: HttpRequest, page: bool = False) -> str:
    """The filters of the address, to go on with; nothing personal is among them."""
    names = ("view", "kind", "area", "since", "until", "by", *(("page",) if page else ()))
    return urlencode({name: request.GET[name] for name in names if request.GET.get(name)})


def areas_for() -> list[tuple[str, str]]:
    """Towns and communities in reach, for the filter."""
    found = territory.areas_in_reach().filter(level__in=[Level.TOWN, Level.COMMUNITY]).order_by("code")
    return [(area.code, territory.short_name(area.name)) for area in found]


def _tabs(asked: worklist.Asked) -> list[tuple[str, str]]:
    counts = worklist.tab_counts(asked)
    return [(view, counts.get(view, "")) for view in worklist.VIEWS]


def _chosen(request: HttpRequest, rows: list[Declaration]) -> Declaration | None:
    key = request.GET.get("pk", "")
    if key.isdecimal() and len(key) < 19:
        return get_object_or_404(Declaration.objects.select_related("room__building", "code"), pk=int(key))
    return rows[0] if rows else None


def _around(chosen: Declaration, lines: list[worklist.Line]) -> dict[str, Any]:
    """Where to go on after a decision: the one below, else the one above."""
    keys = [line.row.pk for line in lines]
    here = keys.index(chosen.pk) if chosen.pk in keys else -1
    rest = keys[here + 1 :] + keys[: max(here, 0)][::-1]
    return {"following": rest[0] if rest else ""}


def detail(request: HttpRequest, row: Declaration) -> dict[str, Any]:
    """The right side; reading it is logged."""
    shown = beside(row, ask=bool(request.GET.get("ask")))
    for read in (shown.person or row, *(each.person for each in shown.candidates)):
        access.note_reading(actor=request.user, subject=read)
    profile = profile_of(row.received_at)
    return {
        "shown": shown,
        "said": said_in(row),
        "line": worklist.lines_of([row])[0],
        "profile": profile,
        "go_there": row.calls >= profile.calls_before_visit,
        "allowed": {verb.value for verb in Verb if states.may(row.state, verb)},
        "checked": CHECKED,
        "named": NAMED,
        "answers": Answered.choices,
        "communities": [place for place in communities() if place[0] != row.area_code[:12]],
        "guess": community_of(row.stay_address),
        "correct_form": CorrectForm.about(row),
        "may_decide": may(request.user, "declaration.verify", row.area_code),
        "may_reveal": may(request.user, "person.reveal", row.area_code),
    }


def communities() -> list[tuple[str, str]]:
    """Every community of the district: one passes on to where one may not look."""
    with within(EVERYWHERE):
        found = territory.areas_in_reach(Level.COMMUNITY).order_by("code")
        towns = dict(territory.areas_in_reach(Level.TOWN).values_list("code", "name"))
        return [
            (area.code, f"{towns.get(area.parent_id or '', '')} {territory.short_name(area.name)}".strip())
            for area in found
        ]

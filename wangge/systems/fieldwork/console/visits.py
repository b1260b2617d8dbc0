"""Pages of visits: the list, one visit with its ledgers, those at odds, topics, finding a door."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.foundation.access import actions as access
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Unacceptable, requires
from wangge.foundation.territory.queries import area_name_path
from wangge.lib.scoping import Scoped
from wangge.registry.people.models import Organisation, Person, Room
from wangge.registry.people.queries import label_of, masked, residents_of

from ..actions.visits import settle_visits
from ..actions.visits.answers import answers_of
from ..forms.visits import AreaFilter, SearchForm, VisitFilter
from ..models import CallBack, Visit
from ..queries import visits as queries
from ..queries.doors import search_doors
from ..queries.scripts import room_labels, script_for

PER_PAGE = 50
DOORS: dict[str, type[Scoped]] = {"room": Room, "organisation": Organisation, "person": Person}


@never_cache
@require_GET
@requires("duty.view")
def listing(request: HttpRequest) -> HttpResponse:
    """Visits, the newest first; every number opens its rows."""
    form = VisitFilter(request.GET)
    wanted = form.wanted()
    rows = queries.visits(wanted)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "page": page, "names": queries.worker_names(row.worker for row in page),
        "results": queries.result_counts(rows), "odds": queries.open_odds().count(),
    }  # fmt: skip
    return render(request, "visits/list.html", context)


@never_cache
@require_GET
@requires("duty.view")
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit: who came, what was asked, which ledgers it brought up to date."""
    row = get_object_or_404(Visit.objects.select_related("room__building", "organisation", "person"), pk=pk)
    other = Visit._base_manager.filter(pk=row.at_odds.get("visit")).first()
    card = CallBack.objects.filter(visit=row).first()
    if row.person is not None:
        access.note_reading(actor=request.user, subject=row.person)
    context = {
        "visit": row, "door": door_name(row), "place": area_name_path(row.area_code), "card": card,
        "ledgers": queries.ledger_words(row), "refused": queries.refused_words(row),
        "worker": queries.worker_names([row.worker]),
        "changed": [label_of(fact) for fact in row.changed],
        "confirmed": [label_of(fact) for fact in row.confirmed],
        "contradicted": [label_of(fact) for fact in row.contradicted],
        "differs": queries.odds_words(row, other) if other else "", "address": door_of(row),
    }  # fmt: skip
    return render(request, "visits/visit.html", context)


def door_name(row: Visit) -> str:
    """How people call the door."""
    if row.room is not None:
        return f"{row.room.building.name}{row.room.label}"
    return row.organisation.name if row.organisation else row.person.name if row.person else "—"


def door_of(row: Visit) -> dict[str, Any]:
    """The arguments of the door's own page."""
    for kind in DOORS:
        if key := getattr(row, f"{kind}_id"):
            return {"kind": kind, "pk": key}
    return {}


@never_cache
@require_GET
@requires("duty.view")
def odds(request: HttpRequest) -> HttpResponse:
    """两次走访不一致: both side by side, masked; somebody says which holds."""
    form = AreaFilter(request.GET)
    wanted = queries.Wanted(area=form.area_asked(), at_odds=True)
    rows = queries.visits(wanted)[: PER_PAGE * 2]
    context = {
        "form": form, "pairs": queries.pairs(rows, answers_of, shown),
        "may_settle": may(request.user, "campaign.manage"),
    }  # fmt: skip
    return render(request, "visits/odds.html", context)


def shown(fact: str, value: Any) -> str:
    """An answer as a page may show it."""
    if value is True:
        return _("没有变化")
    words = {"here": _("还住在这里"), "left": _("已经离开"), "yes": _("平安"), "no": _("需要帮助")}
    return words.get(str(value)) or masked(fact, str(value))


@require_POST
@requires("campaign.manage")
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """This visit holds."""
    row = get_object_or_404(Visit, pk=pk)
    try:
        settle_visits(actor=request.user, visit=row, reason=request.POST.get("reason", "")[:200])
    except Unacceptable as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("已以这次走访为准，登记册已照此更新。两次记录都保留。"))
    return redirect("visits:odds")


@require_GET
@requires("duty.view")
def topics(request: HttpRequest) -> HttpResponse:
    """宣传 (S35): what was told at how many doors."""
    form = VisitFilter(request.GET)
    counted = queries.topic_counts(form.wanted())
    return render(request, "visits/topics.html", {"form": form, "topics": counted})


@never_cache
@require_http_methods(["GET", "POST"])
@requires("duty.view")
def search(request: HttpRequest) -> HttpResponse:
    """A household by whatever is known of it. What is typed is posted: names stand in no address."""
    form = SearchForm(request.POST or None)
    hits, asked = [], request.method == "POST" and form.is_valid()
    if asked:
        hits = search_doors(form.cleaned_data["q"])
        people = Person.objects.filter(
            ties__room__in=[hit.key for hit in hits if hit.kind == "room"]
        ).distinct()
        access.note_readings(actor=request.user, subjects=people[:200], what="search")
    return render(request, "visits/search.html", {"form": form, "hits": hits, "asked": asked})


@never_cache
@require_GET
@requires("duty.view")
def door(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """What is due at a door, and the visits it had."""
    if kind not in DOORS:
        raise Http404
    row = get_object_or_404(DOORS[kind].objects, pk=pk)
    script = script_for(row)  # type: ignore[arg-type]
    residents = list(residents_of(room=pk)) if kind == "room" else []
    people = [tie.person for tie in residents] + ([row] if isinstance(row, Person) else [])
    access.note_readings(actor=request.user, subjects=people, what="view")
    history = Visit.objects.filter(**{kind: row}).order_by("-at")[:PER_PAGE]
    context = {
        "row": row, "kind": kind, "script": script, "residents": residents, "visits": history,
        "name": room_labels([pk]).get(pk, "") if kind == "room" else getattr(row, "name", ""),
        "place": area_name_path(script.area) if script.area else "",
        "names": queries.worker_names(one.worker for one in history),
    }  # fmt: skip
    return render(request, "visits/door.html", context)

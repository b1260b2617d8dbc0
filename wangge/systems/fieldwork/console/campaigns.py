"""Campaigns: the list, one of them with its progress, the doors behind each number, drafting."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from wangge.foundation.access import actions as access
from wangge.foundation.access.queries import home_of, may
from wangge.foundation.access.rules import Refused, Unacceptable, requires
from wangge.foundation.territory import queries as territory
from wangge.lib.asked import day_of
from wangge.lib.figures import Period

from ..actions import campaigns as actions
from ..enums import CampaignState, TargetKind, TargetState
from ..forms.campaigns import CampaignForm, UntilForm
from ..models import Campaign
from ..queries import campaigns as queries
from ..queries import campaigns_doors as doors_queries
from ..queries.sampling import self_reports
from ..workbook import PACK
from .asking import area_of, up_of

PER_PAGE = 50
STATES = ("left", "covered", "visited", *TargetState.values)


@never_cache
@require_GET
@requires("duty.view")
def index(request: HttpRequest) -> HttpResponse:
    """The campaigns in reach with how far they are."""
    state = request.GET.get("state", "")
    state = state if state in CampaignState.values else ""
    page = Paginator(queries.campaigns(state), PER_PAGE).get_page(request.GET.get("page"))
    standing = queries.standings(page)
    names = territory.names_of({row.area_code for row in page})
    district = home_of(request.user, "campaign.manage").endswith("000000")
    context = {
        "page": page, "state": state, "states": CampaignState.choices,
        "lines": [
            (row, territory.short_name(names.get(row.area_code, "")), standing[row.pk]) for row in page
        ],
        "may_manage": may(request.user, "campaign.manage"), "may_load": district and PACK.is_dir(),
        "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "campaigns/index.html", context)


@dataclass
class Node:
    """An area of the tree to pick from."""

    code: str
    name: str
    checked: bool
    below: list[Node] = field(default_factory=list)

    @property
    def opened(self) -> bool:
        """Whether something below is ticked."""
        return any(node.checked or node.opened for node in self.below)


def area_nodes(picked: set[str]) -> list[Node]:
    """The areas in reach as a tree; one query."""
    areas = list(territory.areas_in_reach().order_by("code"))
    nodes = {
        area.code: Node(area.code, territory.short_name(area.name), area.code in picked) for area in areas
    }
    tops: list[Node] = []
    for area in areas:
        above = nodes.get(area.parent_id or "")
        (above.below if above else tops).append(nodes[area.code])
    return tops


@never_cache
@require_http_methods(["GET", "POST"])
@requires("campaign.manage")
def new(request: HttpRequest) -> HttpResponse:
    """Write a campaign down; nobody is sent anywhere yet."""
    return _drafting(request, None)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("campaign.manage")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    row = get_object_or_404(Campaign, pk=pk)
    if not may(request.user, "campaign.manage", row.area_code):
        raise Refused
    return _drafting(request, row)


def _drafting(request: HttpRequest, row: Campaign | None) -> HttpResponse:
    form = CampaignForm(request.POST if request.method == "POST" else None, campaign=row)
    if request.method == "POST" and form.is_valid():
        try:
            if row is None:
                area = home_of(request.user, "campaign.manage")
                row = actions.draft_campaign(actor=request.user, area_code=area, said=form.said())
            else:
                actions.edit_campaign(actor=request.user, campaign=row, said=form.said())
        except Unacceptable as why:
            form.add_error(None, str(why))
        else:
            return redirect("campaigns:campaign", row.pk)
    picked = request.POST.getlist("areas") if form.is_bound else form.initial.get("areas", [])
    context = {"form": form, "row": row, "nodes": area_nodes(set(picked))}
    return render(request, "campaigns/edit.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_GET
@requires("duty.view")
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """One campaign: a draft with what starting it would mean, else its progress."""
    row = get_object_or_404(Campaign.objects.select_related("form"), pk=pk)
    mine = may(request.user, "campaign.manage", row.area_code)
    context = {
        "row": row, "mine": mine, "place": territory.area_name_path(row.area_code),
        "until": UntilForm(initial={"until": row.ends_on}), "today": timezone.localdate(),
        "late": row.state == CampaignState.RUNNING and timezone.localdate() > row.ends_on,
    }  # fmt: skip
    if row.state == CampaignState.DRAFT:
        return render(request, "campaigns/draft.html", context | _preview(row))
    return render(request, "campaigns/campaign.html", context | _progress(request, row))


def _preview(row: Campaign) -> dict[str, Any]:
    counts = doors_queries.counted(row.target, row.areas, row.scope.get("filters", {}))
    names = territory.names_of(counts)
    lines = [(territory.short_name(names.get(code, code)), counts[code]) for code in sorted(counts)]
    scope = [territory.area_name_path(code) for code in row.areas[:20]]
    return {
        "lines": lines, "doors": sum(counts.values()), "grids": len(counts), "scope": scope,
        "more": max(0, len(row.areas) - len(scope)), "filters": filter_words(row),
        "form_out": row.form.versions.filter(state="published").exists(),
    }  # fmt: skip


def filter_words(row: Campaign) -> list[str]:
    """Which doors, as a reader says it."""
    form, filters = CampaignForm(campaign=row), row.scope.get("filters", {})
    words = []
    for name in ("doors", "categories", "levels"):
        given = filters.get(name) or []
        labels: dict[Any, Any] = dict(form.fields[name].choices)  # type: ignore[attr-defined]
        words += [str(labels.get(code, code)) for code in ([given] if isinstance(given, str) else given)]
    ages = [filters.get("age_from"), filters.get("age_to")]
    if any(age is not None for age in ages):
        words.append("–".join("" if age is None else str(age) for age in ages))
    return words


def _progress(request: HttpRequest, row: Campaign) -> dict[str, Any]:
    asked = request.GET.get("area", "")
    area = area_of(request).code if asked else ""
    total, lines = queries.progress(row, area)
    last = min(row.ends_on, timezone.localdate())
    during = Period(min(row.begins_on, last), last)
    length, curve = during.until - during.since, queries.curve(row, area, total.doors)
    before = Period(during.since - length, during.since)
    where = area or row.area_code
    up = up_of(area_of(request)) if area else None
    return {
        "total": total, "lines": lines, "area": area, "curve": curve, "picture": queries.drawing(curve),
        "place_now": territory.area_name_path(area) if area else "", "states": TargetState.choices,
        "above": up.code if up else "", "during": during, "before": before, "where": where,
        "told": self_reports(where, during), "told_before": self_reports(where, before),
    }  # fmt: skip


@never_cache
@require_GET
@requires("duty.view")
def doors(request: HttpRequest, pk: int) -> HttpResponse:
    """The doors behind a number."""
    row = get_object_or_404(Campaign, pk=pk)
    area = area_of(request).code if request.GET.get("area") else ""
    state = request.GET.get("state", "")
    if state and state not in STATES:
        raise Http404
    day = day_of(request.GET.get("day", ""))
    page = Paginator(queries.doors(row, area, state, day), PER_PAGE).get_page(request.GET.get("page"))
    if row.target == TargetKind.PEOPLE:
        people = [target.person for target in page if target.person is not None]
        access.note_readings(actor=request.user, subjects=people, what="view")
    names = queries.named_grids(list(page))
    context = {
        "row": row, "page": page, "area": area, "state": state, "day": day, "states": TargetState.choices,
        "lines": [(target, queries.label_of(target), names.get(target.area_code, "")) for target in page],
        "place": territory.area_name_path(area) if area else "",
        "kept": urlencode({"area": area, "day": day.isoformat() if day else ""}),
    }  # fmt: skip
    return render(request, "campaigns/doors.html", context)

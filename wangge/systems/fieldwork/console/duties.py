"""任务: the board, the rows behind its numbers, one duty, a day's list to print."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access import queries as access
from wangge.foundation.access.models import User
from wangge.foundation.access.rules import Unacceptable, requires
from wangge.foundation.journal import actions as journal
from wangge.foundation.territory import queries as territory
from wangge.lib.asked import day_of
from wangge.lib.scoping import current_reach
from wangge.lib.workbooks import as_file

from ..actions import duties as actions
from ..enums import DutyKind, DutyState
from ..models import Duty, ItemResult
from ..outgoing.tables import duty_book
from ..queries import duties as queries
from ..queries.months import my_month
from ..queries.workers import all_workers, names_of

PER_PAGE, MOST, MOST_GRIDS = 50, 20_000, 500


def area_of(request: HttpRequest) -> str:
    """The area asked for; the only grid of somebody who has one.

    Raises:
        Http404: it lies outside the reach.
    """
    area = request.GET.get("area", "")
    if area and not (area.isdecimal() and current_reach().covers(area)):
        raise Http404
    prefixes = current_reach().prefixes
    return area or (prefixes[0] if len(prefixes) == 1 and len(prefixes[0]) == 15 else "")


def asked_for(request: HttpRequest) -> queries.Asked:
    """What the address asks for; a word that is none of the choices counts as not said."""
    get = request.GET
    worker = get.get("worker", "")
    return queries.Asked(
        span=get.get("span", "") if get.get("span") in queries.SPANS else "day",
        on=day_of(get.get("on", "")),
        area=area_of(request),
        worker=int(worker) if worker.isdecimal() and len(worker) < 19 else None,
        kind=get.get("kind", "") if get.get("kind") in DutyKind.values else "",
        side=get.get("side", "") if get.get("side") in queries.SIDES else "all",
    )


def kept(asked: queries.Asked, **other: Any) -> str:
    """The same question as an address."""
    said = {
        "span": asked.span, "on": asked.on.isoformat() if asked.on else "", "area": asked.area,
        "worker": "" if asked.worker is None else asked.worker, "kind": asked.kind, "side": asked.side,
    }  # fmt: skip
    return urlencode({name: value for name, value in (said | other).items() if value != ""})


def where(area: str) -> str:
    """The area by name, or the reader's own areas."""
    if area:
        return territory.area_name_path(area)
    return "、".join(territory.tops_in_reach().order_by("code").values_list("name", flat=True)[:5])


def _base(asked: queries.Asked) -> dict[str, Any]:
    return {
        "asked": asked, "spans": queries.SPANS.items(), "kinds": DutyKind.choices, "time": asked.time,
        "where": where(asked.area), "sides": queries.SIDES.items(),
    }  # fmt: skip


@never_cache
@require_GET
@requires("duty.view")
def board(request: HttpRequest) -> HttpResponse:
    """How many are due, done, open, overdue: a line an area below, or a worker."""
    asked = asked_for(request)
    total, lines = queries.board(asked)

    def shown(line: queries.BoardLine) -> dict[str, Any]:
        here = {"area": line.area, "worker": "" if line.worker is None else line.worker}
        cells = [(side, line.counts.get(side, 0), kept(asked, **here, side=side)) for side in queries.SIDES]
        return {"line": line, "cells": cells, "down": kept(asked, area=line.area) if line.opens else ""}

    up = territory.path_of(asked.area)[-2:-1] if asked.area else []
    up_shown = bool(up) and current_reach().covers(up[0])
    context = _base(asked) | {
        "total": shown(total), "lines": [shown(line) for line in lines],
        "up": kept(asked, area=up[0]) if up_shown else kept(asked, area="") if up else "",
        "kept": kept(asked), "by_worker": len(asked.area) == 15,
        "span_links": [(span, label, kept(asked, span=span)) for span, label in queries.SPANS.items()],
    }  # fmt: skip
    return render(request, "fieldwork/board.html", context)


@never_cache
@require_GET
@requires("duty.view")
def rows(request: HttpRequest) -> HttpResponse:
    """The duties behind a number."""
    asked = asked_for(request)
    found = queries.with_places(queries.rows_of(asked)).order_by("due_on", "area_code", "pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = _base(asked) | {
        "page": page, "lines": lines_of(list(page)), "kept": kept(asked), "label": queries.SIDES[asked.side],
    }  # fmt: skip
    return render(request, "fieldwork/duty_rows.html", context)


def lines_of(duties: list[Duty]) -> list[tuple[Duty, str, str, str]]:
    """Duties with title, reason and the name of their grid."""
    names = territory.names_of({duty.area_code for duty in duties})
    return [
        (duty, queries.title_of(duty), queries.why_of(duty), names.get(duty.area_code, duty.area_code))
        for duty in duties
    ]


@never_cache
@require_GET
@requires("duty.view")
def export(request: HttpRequest) -> HttpResponse:
    """The rows as a workbook; no person is named in it."""
    asked = asked_for(request)
    found = queries.with_places(queries.rows_of(asked)).order_by("area_code", "due_on", "pk")[:MOST]
    lines = lines_of(list(found))
    title = f"任务 {where(asked.area)} {asked.time.first} 至 {asked.time.last}"
    told = {"rows": len(lines), "span": asked.span, "side": asked.side}
    journal.record("duty.exported", actor=request.user, area=asked.area, data=told)
    content = duty_book(request.user.get_username(), title, lines)
    return as_file(content, f"任务_{asked.time.first.isoformat()}_{asked.time.last.isoformat()}.xlsx")


@never_cache
@require_GET
@requires("duty.view")
def day_list(request: HttpRequest) -> HttpResponse:
    """One grid's open list of a day in walking order, to read or to print."""
    asked = asked_for(request)
    grids = territory.areas_in_reach("grid").order_by("code")
    area = asked.area if len(asked.area) == 15 else ""
    duties: list[Duty] = []
    if area:
        asked = queries.Asked("day", asked.on, area, asked.worker, asked.kind, "all")
        duties = queries.in_walking_order(list(queries.with_places(queries.rows_of(asked))))
    crew = all_workers().of(area, asked.day) if area else []
    context = _base(asked) | {
        "area": area,
        "grids": grids if grids.count() <= MOST_GRIDS else grids.filter(code__startswith=asked.area[:12]),
        "lines": lines_of(duties), "crew": User.objects.filter(pk__in=crew), "day": asked.day,
    }  # fmt: skip
    return render(request, "fieldwork/day_list.html", context)


@never_cache
@require_GET
@requires("duty.view")
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """One duty: what it is, what came of each item, and what can be done with it."""
    shown = get_object_or_404(queries.with_places(Duty.objects.all()), pk=pk)
    results = list(ItemResult.objects.filter(duty=shown).select_related("item", "finding").order_by("at"))
    names = names_of({row.worker for row in results} | {shown.done_by})
    by_item = [
        (item, [(row, names.get(row.worker, row.worker)) for row in results if row.item.name == item.name])
        for item in (shown.scene.items.all() if shown.scene else ())
    ]
    crew = all_workers().of(shown.area_code, timezone.localdate())
    context = {
        "duty": shown, "title": queries.title_of(shown), "why": queries.why_of(shown), "items": by_item,
        "place": territory.area_name_path(shown.area_code),
        "done_by": names.get(shown.done_by, shown.done_by),
        "crew": User.objects.filter(pk__in=crew).exclude(pk=shown.worker_id or 0),
        "may_manage": access.may(request.user, "campaign.manage", shown.area_code),
        "late": shown.state == DutyState.OPEN and shown.due_on < timezone.localdate(),
    }  # fmt: skip
    return render(request, "fieldwork/duty.html", context)


@require_POST
@requires("campaign.manage")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """It need not be done, with a reason."""
    said = _("已取消；需要时可以恢复。")
    return _done(request, pk, said, actions.cancel_duty, why=request.POST.get("why", ""))


@require_POST
@requires("campaign.manage")
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """To be done after all."""
    return _done(request, pk, _("已恢复。"), actions.restore_duty)


@require_POST
@requires("campaign.manage")
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """To another worker of the grid."""
    text = request.POST.get("worker", "")
    worker = User.objects.filter(pk=int(text)).first() if text.isdecimal() and len(text) < 19 else None
    if worker is None:
        messages.error(request, _("请选一位网格员。"))
        return redirect("duties:duty", get_object_or_404(Duty, pk=pk).pk)
    return _done(request, pk, _("已分配。"), actions.assign_duty, worker=worker)


def _done(request: HttpRequest, pk: int, said: str, action: Any, **values: Any) -> HttpResponse:
    shown = get_object_or_404(Duty, pk=pk)
    try:
        action(actor=request.user, duty=shown, **values)
    except Unacceptable as why:
        messages.error(request, str(why))
    else:
        messages.success(request, said)
    return redirect("duties:duty", pk)


@never_cache
@require_GET
@requires("duty.do")
def month(request: HttpRequest) -> HttpResponse:
    """我的这个月, for oneself."""
    asked = day_of(f"{request.GET.get('month', '')}-01") or timezone.localdate()
    return render(request, "fieldwork/month.html", {"mine": my_month(request.user, asked), "day": asked})

"""查漏: what was left undone, a tab a kind; a row or many become duties, and a mistake is taken back."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Refused, Unacceptable, requires
from wangge.foundation.journal import actions as journal
from wangge.foundation.territory import queries as territory
from wangge.lib.workbooks import as_file

from ..actions import gaps as actions
from ..forms.campaigns import AssignForm
from ..outgoing.tables import workbook
from ..queries import campaigns, gaps
from ..queries.gaps_elsewhere import elsewhere
from .asking import area_of, up_of

PER_PAGE = 50
MOST_IN_FILE = 20_000
UNDO = "gaps_undo"


def asked_of(request: HttpRequest) -> tuple[gaps.Kind, gaps.Asked]:
    """The kind and the filters of the address; days and campaigns that cannot be count as not given.

    Raises:
        Http404: no such kind, or the area lies outside the reach.
    """
    given = request.POST if request.method == "POST" else request.GET
    kind = gaps.BY_KEY.get(given.get("kind", "unvisited"))
    if kind is None:
        raise Http404
    days, chosen = given.get("since_days", ""), given.get("campaign", "")
    within = days.isdecimal() and len(days) < 5 and 1 <= int(days) <= gaps.MOST_DAYS
    campaign = int(chosen) if chosen.isdecimal() and len(chosen) < 19 else 0
    return kind, gaps.Asked(area_of(request).code, int(days) if within else gaps.DAYS, campaign)


def address_of(kind: gaps.Kind, asked: gaps.Asked) -> str:
    """The list's own address."""
    return f"{reverse('campaigns:gaps')}?{query_of(kind, asked)}"


def query_of(kind: gaps.Kind, asked: gaps.Asked) -> str:
    return urlencode(
        {"kind": kind.key, "area": asked.area, "since_days": asked.days, "campaign": asked.campaign or ""}
    )


@never_cache
@require_GET
@requires("duty.view")
def gap_list(request: HttpRequest) -> HttpResponse:
    """One kind of gap in an area, with the counts of the others."""
    kind, asked = asked_of(request)
    area = area_of(request)
    page = Paginator(gaps.rows_of(kind, asked), PER_PAGE).get_page(request.GET.get("page"))
    counts = [
        (one, page.paginator.count if one is kind else one.rows(asked).count(), query_of(one, asked))
        for one in gaps.KINDS
    ]
    lines = gaps.lines_of(kind, list(page))
    context = {
        "kind": kind, "asked": asked, "area": area, "up": up_of(area), "page": page, "lines": lines,
        "names": campaigns.named_grids(lines), "counts": counts, "running": campaigns.running(),
        "below": territory.children_of(area.code).order_by("code") if area.level != "grid" else [],
        "elsewhere": elsewhere(request.user, area.code), "form": AssignForm(request.GET.copy()),
        "op": uuid.uuid4(), "undo": request.session.pop(UNDO, None), "most": actions.MOST,
        "may_assign": may(request.user, "campaign.manage", area.code), "query": query_of(kind, asked),
        "place": territory.area_name_path(area.code), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "campaigns/gaps.html", context)


@require_POST
@requires("campaign.manage")
def assign(request: HttpRequest) -> HttpResponse:
    """Make duties of the ticked rows, or of all of the list."""
    kind, asked = asked_of(request)
    form = AssignForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect(address_of(kind, asked))
    told = form.cleaned_data
    try:
        done = actions.assign_gaps(
            actor=request.user, kind=kind, asked=asked, keys=None if told["all"] else told["row"],
            op=told["op"], days=told["days"],
        )  # fmt: skip
    except Unacceptable as why:
        messages.error(request, str(why))
        return redirect(address_of(kind, asked))
    messages.success(request, _words(done))
    if done.made:
        request.session[UNDO] = {"op": str(told["op"]), "made": done.made}
    return redirect(address_of(kind, asked))


def _words(done: actions.Assigned) -> str:
    said = [_("派了 %(made)d 个任务。") % {"made": done.made}]
    if done.already:
        said.append(_("%(already)d 条已经有人去，没有重复派。") % {"already": done.already})
    if done.without_worker:
        said.append(_("%(grids)d 个网格没有网格员，任务先挂在网格上。") % {"grids": done.without_worker})
    return "".join(said)


@require_POST
@requires("campaign.manage")
def undo(request: HttpRequest) -> HttpResponse:
    """Take the duties of the last wish back."""
    kind, asked = asked_of(request)
    try:
        op = uuid.UUID(request.POST.get("op", ""))
    except ValueError:
        messages.error(request, _("没有可以撤销的任务。"))
        return redirect(address_of(kind, asked))
    gone = actions.undo_assigning(actor=request.user, op=op, area=asked.area)
    messages.success(request, _("撤销了 %(gone)d 个任务；已经完成的保留。") % {"gone": gone})
    return redirect(address_of(kind, asked))


@never_cache
@require_GET
@requires("duty.view")
def gap_file(request: HttpRequest) -> HttpResponse:
    """The list as a workbook; no person is named in it. Who took how many stands in the trail."""
    kind, asked = asked_of(request)
    if not may(request.user, "ledger.export", asked.area):
        raise Refused(_("您的角色不能导出；可以请社区书记导出。"))
    lines = gaps.lines_of(kind, list(gaps.rows_of(kind, asked)[:MOST_IN_FILE]))
    names = campaigns.named_grids(lines)
    rows = [
        (names.get(line.area_code, line.area_code), _safe(line), line.why,
         line.duty.due_on.isoformat() if line.duty else "")
        for line in lines
    ]  # fmt: skip
    data = {"kind": kind.key, "rows": len(rows), "days": asked.days}
    journal.record("gaps.exported", actor=request.user, area=asked.area, data=data)
    heads = ("网格", "走访对象", "情况", "已派任务，期限")
    content = workbook(request.user.get_username(), f"查漏 {kind.name}", heads, rows, [str(kind.meaning)])
    return as_file(content, f"查漏_{kind.key}_{timezone.localdate().isoformat()}.xlsx")


def _safe(line: gaps.Line) -> str:
    """A person is a number in a file, and a name on the page only."""
    return str(line.door[1]) if line.door[0] == "person_id" else line.label

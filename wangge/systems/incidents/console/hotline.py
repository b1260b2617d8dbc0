"""Orders of the hotline: files, what they would change, writing them, and the answers for return."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.engines.cases.kinds import kind_name
from wangge.foundation.access.rules import Refused, Unacceptable, requires
from wangge.foundation.journal import actions as journal
from wangge.foundation.territory import queries as territory
from wangge.lib.workbooks import as_file

from ..actions.hotline import drop_orders, plan_orders, write_orders
from ..enums import BatchState
from ..forms.hotline import DaysForm, FileForm
from ..kinds import KINDS
from ..models import HotlineBatch
from ..outgoing.replies import replies_book
from ..queries.hotline import answers_of, orders_of, planned, rows_of
from ..queries.listing import address_of
from ..reading.orders import NAMES, Unreadable

PER_PAGE, MOST_SENT = 50, 20_000


@never_cache
@require_http_methods(["GET", "POST"])
@requires("ledger.import")
def files(request: HttpRequest) -> HttpResponse:
    """The files so far, the orders so far, and a new file."""
    form = FileForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and (batch := _planned(request, form)):
            return redirect("incidents:hotline_file", batch.pk)
        status = 422
    orders = Paginator(orders_of(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "page": orders, "batches": HotlineBatch.objects.order_by("-at", "-pk")[:10],
        "lines": [(order, kind_name(order.case), address_of(order.case)) for order in orders],
    }  # fmt: skip
    return render(request, "incidents/hotline.html", context, status=status)


def _planned(request: HttpRequest, form: FileForm) -> HotlineBatch | None:
    sent, area = form.cleaned_data["file"], form.cleaned_data["area"]
    try:
        return plan_orders(actor=request.user, area=area, content=sent.read(), title=sent.name)
    except Unreadable as why:
        form.add_error("file", str(why))
    except Refused as why:
        form.add_error("area", str(why))
    return None


@never_cache
@require_GET
@requires("ledger.import")
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """What one file would change, or what came of it."""
    batch = get_object_or_404(HotlineBatch, pk=pk)
    plans = planned(rows_of(batch), batch.area_code)
    names = territory.names_of({plan.area for plan in plans})
    lines = [
        (plan, territory.short_name(names.get(plan.area, "")), KINDS.get(plan.kind, ""),
         address_of(plan.case) if plan.case else "")
        for plan in plans
    ]  # fmt: skip
    context = {
        "batch": batch, "lines": lines, "waiting": batch.state == BatchState.PLANNED,
        "columns": [(NAMES[key], head) for key, head in batch.columns.items()],
        "missing": [name for key, name in NAMES.items() if key not in batch.columns],
    }  # fmt: skip
    return render(request, "incidents/hotline_file.html", context)


@require_POST
@requires("ledger.import")
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Register what is new."""
    batch = get_object_or_404(HotlineBatch, pk=pk)
    try:
        done = write_orders(actor=request.user, batch=batch)
    except (Refused, Unacceptable) as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("已登记 %(new)d 件；早已登记的 %(same)d 件没有重复。") % done)
    return redirect("incidents:hotline_file", pk)


@require_POST
@requires("ledger.import")
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Let go of a file that was read."""
    drop_orders(actor=request.user, batch=get_object_or_404(HotlineBatch, pk=pk))
    messages.success(request, _("已放弃，读入的内容已删除。"))
    return redirect("incidents:hotline")


@never_cache
@require_GET
@requires("ledger.export")
def replies(request: HttpRequest) -> HttpResponse:
    """The answers as a workbook, by the days on which orders were registered."""
    since, until = DaysForm(request.GET).days()
    orders = list(orders_of(since, until)[: MOST_SENT + 1])
    if len(orders) > MOST_SENT:
        raise Http404
    now = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    watermark = f"{request.user.get_username()} {now}"
    content = replies_book(orders, answers_of([order.case_id for order in orders]), watermark)
    data = {"rows": len(orders), "since": since, "until": until}
    journal.record("hotline.replied", actor=request.user, area="", data=data)
    return as_file(content, f"12345答复_{timezone.localdate().isoformat()}.xlsx")

"""Requests: the list, a new one, the page of one with what became of it, the answer, the end (S38)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Refused, Unacceptable, requires
from wangge.foundation.territory import queries as territory
from wangge.lib.workbooks import as_file
from wangge.registry.ledgers.dictionary import called

from ..actions.asking import ask, decide, end
from ..actions.comparing import Done, compare
from ..forms.asking import AskForm, DecideForm
from ..forms.comparing import CompareForm
from ..models import ShareRequest
from ..outgoing.tables import flags_book
from ..queries import requests
from ..rules import AGREES, ASKS, SEES, may_agree, may_ask, may_close

PER_PAGE = 30


@never_cache
@require_GET
@requires(SEES)
def listing(request: HttpRequest) -> HttpResponse:
    """Requests of one tab."""
    show = request.GET.get("show", "open")
    show = show if show in requests.SHOWS else "open"
    rows, account = requests.requests(show, request.user.get_username()), request.user.get_username()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    names = territory.names_of({row.area_code for row in page})
    context = {
        "page": page, "lines": [(row, names.get(row.area_code, row.area_code)) for row in page],
        "show": show, "may_ask": may(request.user, ASKS), "now_at": timezone.localtime(),
        "counts": {each: requests.requests(each, account).count() for each in requests.SHOWS},
    }  # fmt: skip
    return render(request, "exchange/list.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(ASKS)
def new(request: HttpRequest) -> HttpResponse:
    """A new request."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            row = ask(actor=request.user, asked=form.asked())
        except (Refused, Unacceptable) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("已提出申请，等上一级审批。"))
            return redirect("exchange:request", row.pk)
    return render(request, "exchange/new.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_GET
@requires(SEES)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What was asked, who agreed, every comparison."""
    return _page(request, get_object_or_404(ShareRequest, pk=pk))


@never_cache
@require_POST
@requires(AGREES)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree or decline."""
    row, form = get_object_or_404(ShareRequest, pk=pk), DecideForm(request.POST)
    if not may_agree(request.user, row):
        raise Refused(_("不能审批自己的申请，也不能审批同级的；要由上一级（镇街或区）审批。"))
    if not form.is_valid():
        return _page(request, row, decide_form=form)
    agreed = form.cleaned_data["answer"] == "yes"
    try:
        decide(actor=request.user, share=row, agreed=agreed, reason=form.cleaned_data["reason"])
    except Unacceptable as why:
        form.add_error(None, str(why))
        return _page(request, row, decide_form=form)
    messages.success(request, _("已同意。") if agreed else _("已记下不同意。"))
    return redirect("exchange:request", pk)


@never_cache
@require_POST
@requires(ASKS)
def comparing(request: HttpRequest, pk: int) -> HttpResponse:
    """A list goes in, a workbook of flags comes out, once."""
    row, form = get_object_or_404(ShareRequest, pk=pk), CompareForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, row, form=form)
    try:
        done = compare(actor=request.user, share=row, op=form.cleaned_data["op"], listed=form.listed)
    except Unacceptable as why:
        form.add_error(None, str(why))
        return _page(request, row, form=form)
    return _receipt(request, done)


def _receipt(request: HttpRequest, done: Done) -> HttpResponse:
    made = done.handover
    if done.answers is None:
        told = {"at": f"{timezone.localtime(made.at):%Y-%m-%d %H:%M}", "rows": made.rows}
        messages.info(
            request, _("这份名单 %(at)s 已经比过（%(rows)d 行），没有重复记录；结果表只给一次。") % told
        )
        return redirect("exchange:request", made.share_id)
    content = flags_book(request.user.get_username(), done.answers)
    return as_file(content, f"比对结果_{made.share_id}_{timezone.localtime(made.at):%Y%m%d_%H%M}.xlsx")


@require_POST
@requires(ASKS)
def ending(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw or end."""
    row = end(actor=request.user, share=get_object_or_404(ShareRequest, pk=pk))
    messages.success(request, _("这份申请现在是“%(state)s”。") % {"state": row.get_state_display()})
    return redirect("exchange:request", pk)


def _page(
    request: HttpRequest, row: ShareRequest, *, form: CompareForm | None = None,
    decide_form: DecideForm | None = None,
) -> HttpResponse:  # fmt: skip
    user, wrong = request.user, bool((form and form.errors) or (decide_form and decide_form.errors))
    over = row.expires_on < timezone.localdate()
    context: dict[str, Any] = {
        "share": row, "where": territory.area_name_path(row.area_code), "now_at": timezone.localtime(),
        "facts": [called(fact) for fact in row.fields], "handovers": row.handovers.order_by("pk"),
        "form": form or CompareForm(), "decide_form": decide_form or DecideForm(), "past": over,
        "may_compare": row.is_ready and not over and may_ask(user, row.area_code),
        "may_agree": row.state == "asked" and not over and may_agree(user, row),
        "may_close": row.is_open and may_close(user, row),
    }  # fmt: skip
    return render(request, "exchange/request.html", context, status=422 if wrong else 200)

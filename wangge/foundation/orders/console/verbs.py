"""What is done to an order from its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wangge.foundation.access.rules import Unacceptable, requires

from .. import actions
from ..forms import CloseForm, ExtendForm
from ..models import EmergencyOrder
from .order import context_of


def _order(pk: int) -> EmergencyOrder:
    return get_object_or_404(EmergencyOrder.objects.prefetch_related("areas"), pk=pk)


def _do(request: HttpRequest, pk: int, verb: Callable[[], Any], done: str) -> HttpResponse:
    try:
        verb()
        messages.success(request, done)
    except Unacceptable as why:
        messages.error(request, str(why))
    return redirect("orders:order", pk=pk)


@require_POST
@requires("order.issue")
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch it on."""
    order = _order(pk)
    done = _("已启动，字段从现在起出现在适用区域的表单里。")
    return _do(request, pk, lambda: actions.start_order(actor=request.user, order=order), done)


@require_POST
@requires("order.issue")
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a draft."""
    try:
        actions.discard_draft(actor=request.user, order=_order(pk))
    except Unacceptable as why:
        messages.error(request, str(why))
        return redirect("orders:order", pk=pk)
    messages.success(request, _("草稿已删除。"))
    return redirect("orders:list")


@require_POST
@requires("order.issue")
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it last longer."""
    order, form = _order(pk), ExtendForm(request.POST)
    if not form.is_valid():
        return _again(request, order, extend=form)
    said = form.cleaned_data
    return _do(
        request, pk, lambda: actions.extend_order(actor=request.user, order=order, **said), _("已延长。")
    )


@require_POST
@requires("order.issue")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close it; the worker does it while the page shows how far it is."""
    order = _order(pk)
    form = CloseForm(request.POST, expected=order.number)
    if not form.is_valid():
        return _again(request, order, close=form)
    reason = form.cleaned_data["reason"]
    done = _("正在关闭。完成后这里会出现销毁证明。")
    return _do(
        request, pk, lambda: actions.request_closing(actor=request.user, order=order, reason=reason), done
    )


@require_POST
@requires("order.issue")
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """State why words that are still found stay; the closing goes on."""
    order, reason = _order(pk), request.POST.get("reason", "")
    return _do(
        request, pk, lambda: actions.accept_remains(actor=request.user, order=order, reason=reason),
        _("已记录，关闭继续进行。"),
    )  # fmt: skip


def _again(request: HttpRequest, order: EmergencyOrder, **forms: Any) -> HttpResponse:
    """The page once more with what was wrong."""
    context = context_of(request, order)
    context |= {"extend": ExtendForm(initial={"ends": order.ends}), "close": CloseForm(expected=order.number)}
    return render(request, "orders/order.html", context | forms, status=422)

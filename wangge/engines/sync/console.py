"""The phones of the area: who has one, when it called, what was rejected and why."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access.actions import note_reading
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Unacceptable, requires
from wangge.foundation.journal.actions import without_personal
from wangge.foundation.territory.queries import area_name_path, names_of
from wangge.lib.sealing import unseal

from . import actions
from .enums import State
from .models import Operation, Phone
from .queries import phones

MANAGE = "user.manage"
A_PAGE = 50
REJECTED = 20  # shown on the first page


@require_GET
@requires("duty.view")
def listing(request: HttpRequest) -> HttpResponse:
    """All phones, and above them what waits for a decision."""
    page = Paginator(phones.phones(), A_PAGE).get_page(request.GET.get("page"))
    names = names_of({row.area_code for row in page})
    waiting = phones.rejected_within()
    context = {
        "page": page,
        "rows": [(row, names.get(row.area_code, row.area_code)) for row in page],
        "waiting": waiting[:REJECTED],
        "waiting_number": waiting.count(),
        "manages": may(request.user, MANAGE),
    }
    return render(request, "sync/list.html", context)


@require_GET
@requires("duty.view")
def phone(request: HttpRequest, pk: int) -> HttpResponse:
    """One phone and what it sent. What a rejected one says is read here, which is logged."""
    row = get_object_or_404(phones.phones(), pk=pk)
    lines = phones.operations_of(row)
    shown = [(line, _said(line.row)) for line in lines]
    if any(said for _line, said in shown):
        note_reading(actor=request.user, subject=row)
    context = {
        "phone": row,
        "place": area_name_path(row.area_code),
        "lines": shown,
        "manages": may(request.user, MANAGE, row.area_code),
    }
    return render(request, "sync/phone.html", context)


def _said(row: Operation) -> str:
    """What a rejected operation says, without id numbers and phones."""
    if row.state != State.REJECTED or not row.payload_sealed:
        return ""
    payload: dict[str, Any] = json.loads(unseal(row.payload_sealed))
    return without_personal(json.dumps(payload.get("data"), ensure_ascii=False, indent=1))[:2000]


@require_POST
@requires(MANAGE)
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The phone is to wipe itself."""
    row = get_object_or_404(Phone, pk=pk)
    actions.revoke_phone(actor=request.user, phone=row, reason=request.POST.get("reason", "")[:200])
    messages.success(request, _("已停用。这部手机下次联网时会清除上面的资料。"))
    return redirect("phones:phone", pk)


@require_POST
@requires(MANAGE)
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """A rejected operation is handled once more."""
    row = get_object_or_404(Operation, pk=pk)
    try:
        done = actions.retry_operation(actor=request.user, operation=row)
    except Unacceptable as why:
        messages.error(request, str(why))
    else:
        if done.state == State.REJECTED:
            messages.warning(request, _("仍未接受：%(reason)s") % {"reason": done.reason})
        else:
            messages.success(request, _("已接受这条记录，手机下次同步时会看到。"))
    return redirect("phones:phone", row.phone_id)

"""My declarations on this phone: the list, correcting, withdrawing."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wangge.foundation.territory.queries import area_name_path
from wangge.lib.masking import mask_name
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.rules import Declined

from ..actions.amend import amend
from ..actions.withdraw import withdraw
from ..models import Declaration
from ..queries.codes import NoSuchCode, read_code
from ..queries.own import is_open, own_line, own_lines
from ..reading import Refused
from .change import fields_for_change, typed, values_again
from .form import form_page
from .memory import remembered
from .receipt import no_receipt, token_of
from .said import facts_of, next_of

RESIDENT = "resident"  # how the trail names whoever has no account


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Everything sent from this phone, by report."""
    with within(EVERYWHERE):
        lines = own_lines(remembered(request))
        groups = itertools.groupby(lines, key=lambda line: line.report)
        reports = [_report(list(group)) for _key, group in groups]
    return render(request, "declare/mine.html", {"reports": reports})


def _report(lines: list[Declaration]) -> dict[str, Any]:
    first = lines[0]
    return {
        "number": first.receipt,
        "token": token_of(first),
        "kind": first.get_kind_display(),
        "place": area_name_path(first.area_code[:12], " "),
        "received_at": first.received_at,
        "lines": [{"name": mask_name(line.name), "state": line.get_state_display()} for line in lines],
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, report: uuid.UUID, line: int) -> HttpResponse:
    """Correct one declaration before it is verified."""
    with within(EVERYWHERE):
        own = own_line(remembered(request), report, line)
        if own is None:
            return no_receipt(request)
        if request.method != "POST":
            return _correct_page(request, own, {}, {})
        try:
            amend(actor=RESIDENT, declaration=own, values=typed(request.POST))
        except Refused as refusal:
            return _correct_page(request, own, request.POST.dict(), refusal.errors, 422)
        except Declined as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("已更正，社区按新的内容核实。"))
        return redirect("declare:receipt", token=token_of(own))


def _correct_page(
    request: HttpRequest, own: Declaration, values: dict[str, Any], errors: dict[str, str], status: int = 200
) -> HttpResponse:
    fields = fields_for_change(own, values, errors)
    context = {
        "line": own,
        "token": token_of(own),
        "open": is_open(own),
        "fields": fields,
        "next": next_of(own),
        "faults": [(field.id, field.field.labels[0][1], field.error) for field in fields if field.error]
        + [("", "", words) for path, words in errors.items() if path not in {field.name for field in fields}],
    }
    return render(request, "declare/correct.html", context, status=status)


@never_cache
@require_safe
def again(request: HttpRequest, report: uuid.UUID) -> HttpResponse:
    """The form once more, filled with what was declared, but for the numbers; a new report."""
    with within(EVERYWHERE):
        lines = [line for line in own_lines(remembered(request)) if line.report == report]
        code = lines[0].code if lines else None
        if code is None:
            return no_receipt(request)
        try:
            return form_page(request, read_code(code.number), values_again(lines), {}, token=code.number)
        except NoSuchCode:
            return redirect("declare:form", token=code.number)  # says why there is no form


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, report: uuid.UUID, line: int) -> HttpResponse:
    """Ask, then withdraw one declaration."""
    with within(EVERYWHERE):
        own = own_line(remembered(request), report, line)
        if own is None:
            return no_receipt(request)
        if request.method != "POST":
            context = {
                "line": own,
                "facts": facts_of(own),
                "open": is_open(own),
                "next": next_of(own),
                "token": token_of(own),
            }
            return render(request, "declare/withdraw.html", context)
        try:
            withdraw(actor=RESIDENT, declaration=own)
        except Declined as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("已撤回。要恢复，点“照样再报一次”。"))
        return redirect("declare:receipt", token=token_of(own))

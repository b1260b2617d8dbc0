"""Pages of the standard ledger (S14, S15)."""

from __future__ import annotations

import io

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.foundation.access import queries as access
from wangge.foundation.access.rules import requires
from wangge.foundation.territory.models import Area

from ..actions.standards import Unacceptable, adopt_standard, next_version, publish_standard
from ..dictionary import called, facts
from ..models import Standard
from ..outgoing.blank import write_blank
from ..outgoing.catalogue import CHINESE, ledger_named
from ..outgoing.versions import V1
from ..queries import standards as queries

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@requires("ledger.view")
def standards(request: HttpRequest) -> HttpResponse:
    """The current versions, who is on them, and who is not."""
    report = queries.adoption_report()
    context = {
        "report": report,
        "lines": [
            {
                "standard": standard,
                "name": _named(ledger),
                "rate": report.by_ledger[ledger],
                "heads": [called(code) for code in standard.columns],
            }
            for ledger, standard in report.standards.items()
        ],
        "heads": [_named(ledger) for ledger in report.standards],
        "only_missing": request.GET.get("show") == "missing",
        "may_publish": access.may(request.user, "standard.publish"),
        "may_adopt": access.may(request.user, "ledger.import"),
        "history": queries.standards(),
    }
    return render(request, "ledgers/standards.html", context)


@require_GET
@requires("ledger.view")
def template(request: HttpRequest) -> HttpResponse:
    """The blank workbook of a version: ?ledger=…&version=…, the current one without."""
    standard = _asked_for(request)
    stream = io.BytesIO()
    title = CHINESE.get(standard.ledger, standard.ledger)
    write_blank(stream, title, standard.version, standard.columns)
    response = HttpResponse(stream.getvalue(), content_type=XLSX)
    response.headers["Content-Disposition"] = _attached(f"{title}标准台账v{standard.version}.xlsx")
    return response


def _named(code: str) -> str:
    """A ledger's name in the language of the page."""
    return str(ledger_named(code).name) if code in CHINESE else code


def _asked_for(request: HttpRequest) -> Standard:
    found = Standard.objects.filter(ledger=request.GET.get("ledger", "")).order_by("-pk")
    version = request.GET.get("version", "")
    standard = (found.filter(version=version) if version else found).first()
    if standard is None:
        raise Http404
    return standard


def _attached(name: str) -> str:
    from django.utils.http import content_disposition_header

    return content_disposition_header(True, name) or "attachment"


@require_http_methods(["GET", "POST"])
@requires("standard.publish")
def publish(request: HttpRequest) -> HttpResponse:
    """Choose the columns of the next version of ?ledger=… and publish it."""
    ledger = request.GET.get("ledger", "")
    if ledger not in V1:
        raise Http404
    current = queries.current_standards().get(ledger)
    columns = (
        request.POST.getlist("column")
        if request.method == "POST"
        else list(current.columns if current else V1[ledger])
    )
    if request.method == "POST":
        try:
            made = publish_standard(
                actor=request.user, ledger=ledger, columns=columns, note=request.POST.get("note", "")[:200]
            )
        except Unacceptable as refused:
            messages.error(request, str(refused))
        else:
            messages.success(
                request, _("已发布 v%(version)s，各村、社区可以采用了。") % {"version": made.version}
            )
            return redirect("ledgers:standards")
    chosen = [facts()[code] for code in columns if code in facts()]
    context = {
        "ledger": ledger,
        "name": _named(ledger),
        "current": current,
        "next": next_version(current.version if current else ""),
        "chosen": chosen,
        "others": [fact for code, fact in facts().items() if code not in columns],
    }
    return render(request, "ledgers/publish.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@requires("ledger.import")
def adopt(request: HttpRequest, code: str) -> HttpResponse:
    """A community takes up the current version of every ledger."""
    community = get_object_or_404(Area.objects, code=code)
    try:
        for standard in queries.current_standards().values():
            adopt_standard(actor=request.user, standard=standard, community=community)
    except Unacceptable as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(area)s 已采用现行标准。") % {"area": community.name})
    return redirect("ledgers:standards")

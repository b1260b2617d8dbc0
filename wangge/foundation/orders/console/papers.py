"""The certificate of an erased order."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory

from .. import actions
from ..models import Certificate, EmergencyOrder
from ..queries.words import limits_in_words, searched_in_words


def _certificate(pk: int) -> Certificate:
    order = get_object_or_404(EmergencyOrder, pk=pk)
    return get_object_or_404(Certificate.objects.select_related("order__closing"), order=order)


@require_GET
@requires("order.view")
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """What is gone, how that was proven, what copies last how long."""
    shown = _certificate(pk)
    closing = shown.order.closing
    summary = json.loads(closing.summary)
    context = {
        "certificate": shown, "order": shown.order, "closing": closing, "summary": summary,
        "areas": list(territory.names_of(summary["areas"]).values()),
        "rows": [(summary["row_labels"].get(name, name), n) for name, n in summary["rows"].items()],
        "proven": searched_in_words(closing), "held": limits_in_words(closing, shown),
    }  # fmt: skip
    return render(request, "orders/certificate.html", context)


@require_GET
@requires("order.view")
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate as it was issued."""
    shown = _certificate(pk)
    content = actions.print_certificate(certificate=shown)
    if not content:
        messages.error(
            request, _("这台服务器没有中文字体，排不出 PDF。请管理员安装 fonts-noto-cjk 后再下载。")
        )
        return redirect("orders:certificate", pk=pk)
    headers = {"Content-Disposition": f'attachment; filename="{shown.number}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_GET
@requires("order.view")
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes that the certificate's hashes are of."""
    shown = _certificate(pk)
    headers = {"Content-Disposition": f'attachment; filename="{shown.number}.json"'}
    return HttpResponse(
        shown.order.closing.summary.encode(), content_type="application/json", headers=headers
    )

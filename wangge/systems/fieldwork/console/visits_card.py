"""The call-back card to print."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.foundation.access.rules import requires
from wangge.foundation.territory.queries import area_name_path
from wangge.lib.codes import qr_of
from wangge.lib.fonts import NoFont

from ..models import CallBack
from ..outgoing.cards import card_pdf, words_of
from ..queries.callbacks import token_of


def address_of(request: HttpRequest, card: CallBack) -> str:
    """What the QR opens; capitals, which a QR code holds more densely."""
    return request.build_absolute_uri(reverse("visitcard:card", kwargs={"token": token_of(card)})).upper()


@never_cache
@require_GET
@requires("duty.view")
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """On the screen, printed from there."""
    row = get_object_or_404(CallBack.objects.select_related("visit"), pk=pk)
    place = area_name_path(row.area_code[:12])
    context = {
        "card": row, "words": words_of(row, place),
        "picture": mark_safe(qr_of(address_of(request, row))),  # drawn here from an address of ours
    }  # fmt: skip
    return render(request, "visits/card.html", context)


@never_cache
@require_GET
@requires("duty.view")
def card_file(request: HttpRequest, pk: int) -> HttpResponse:
    """As PDF, two on a page."""
    row = get_object_or_404(CallBack.objects.select_related("visit"), pk=pk)
    try:
        content = card_pdf(row, address=address_of(request, row), place=area_name_path(row.area_code[:12]))
    except NoFont as why:
        return render(request, "visits/card.html", {"card": row, "error": str(why)}, status=422)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, f"{row.number}.pdf") or "inline"
    return answer

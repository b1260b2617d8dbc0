"""The household says when it is at home: no account, no script, nothing of anybody shown."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.territory.queries import area_name_path
from wangge.lib.scoping import EVERYWHERE, within

from ..actions.callbacks import answer_card
from ..models import CallBack
from ..queries.callbacks import opened


@csrf_exempt  # no account and no cookie is used: whoever holds the card may answer it
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest, token: str) -> HttpResponse:
    """Say on which day somebody is at home; why not, when the card is over or none of ours."""
    found = opened(token)
    if found.card is None or found.why:
        status = 410 if found.why in ("over", "done") else 404
        return render(request, "visitcard/none.html", {"why": found.why}, status=status)
    if request.method == "POST":
        return _answer(request, token, found.card)
    return _page(request, found.card, "")


def _answer(request: HttpRequest, token: str, row: CallBack) -> HttpResponse:
    part = dict(parts()).get(request.POST.get("part", ""), "")
    said = "；".join(filter(None, (part, request.POST.get("said", "").strip()[:150])))
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
        answer_card(card=row, on=on, said=said)
    except ValueError as why:  # Unacceptable is one
        words = str(why) if isinstance(why, Unacceptable) else _("请选一天。")
        return _page(request, row, words, status=422)
    return redirect("visitcard:card", token=token)


def parts() -> list[tuple[str, str]]:
    """Parts of a day, in the language of the page."""
    return [
        ("morning", _("上午")), ("afternoon", _("下午")), ("evening", _("晚上")), ("any", _("全天都在")),
    ]  # fmt: skip


def _page(request: HttpRequest, row: CallBack, error: str, status: int = 200) -> HttpResponse:
    with within(EVERYWHERE):
        place = area_name_path(row.area_code[:12])
    days = _days(row)
    context: dict[str, Any] = {
        "card": row, "place": place, "days": days, "chosen": _chosen(row, days), "parts": parts(),
        "error": error,
        "left": timezone.localtime(row.visit.at),
    }  # fmt: skip
    return render(request, "visitcard/card.html", context, status=status)


def _chosen(row: CallBack, days: list[tuple[str, str]]) -> str:
    return row.on.isoformat() if row.on else days[0][0] if days else ""


def _days(row: CallBack) -> list[tuple[str, str]]:
    today = timezone.localdate()
    count = (row.until - today).days + 1
    days = [today + timedelta(days=ahead) for ahead in range(max(count, 0))]
    return [(day.isoformat(), f"{day:%m-%d} {date_format(day, 'l')}") for day in days]

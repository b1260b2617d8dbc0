"""Who may be the same person: the list, one pair side by side, the answer, and its undoing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from wangge.foundation.access import actions as access
from wangge.foundation.access.rules import requires
from wangge.foundation.territory import queries as territory
from wangge.registry.people.queries.person import side_by_side
from wangge.registry.people.rules import Declined

from .. import actions
from ..enums import PairState
from ..models import Pair
from ..pipeline.limits import limits
from ..queries import pairs as queries
from ..queries.explaining import explain
from ..rules import may_be_taken_back
from .areas import area_or_404, choices, number

PER_PAGE = 30


@never_cache
@require_GET
@requires("person.merge")
def pairs(request: HttpRequest) -> HttpResponse:
    """The pairs of one tab, those worth most first."""
    asked = _asked(request)
    if asked["area"]:
        area_or_404(asked["area"])
    found = queries.pairs(asked["view"], order=asked["order"], area=asked["area"], run=number(asked["run"]))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "lines": queries.lines_of(list(page)), "areas": choices(),
        "kept_query": urlencode({name: value for name, value in asked.items() if value and name != "view"}),
        "undo": _just_decided(request),
    }  # fmt: skip
    return render(request, "linkage/pairs.html", context | asked)


def _asked(request: HttpRequest) -> dict[str, str]:
    view, order = request.GET.get("view", ""), request.GET.get("order", "")
    run = number(request.GET.get("run"))
    return {
        "view": view if view in queries.VIEWS else "open",
        "order": order if order in queries.ORDERS else "gain",
        "area": request.GET.get("area", ""),
        "run": str(run) if run else "",
    }


def _just_decided(request: HttpRequest) -> list[Pair]:
    """The pairs that this reader decided a moment ago, by the address."""
    wanted = [pk for text in request.GET.get("undo", "").split(",")[:PER_PAGE] if (pk := number(text))]
    found = Pair.objects.filter(pk__in=wanted, decided_by=request.user.get_username())
    return [pair for pair in found if may_be_taken_back(pair)]


@never_cache
@require_GET
@requires("person.merge")
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """One pair side by side, and why."""
    shown = get_object_or_404(Pair.objects.select_related("one", "other", "merge", "run"), pk=pk)
    for person in (shown.one, shown.other):
        access.note_reading(actor=request.user, subject=person)
    context: dict[str, Any] = {
        "pair": shown,
        "why": explain(shown.findings, shown.weight, shown.probability, shown.state, limits()),
        "place": territory.area_name_path(shown.area_code),
        "left": queries.open_pairs().count(),
        "skip": queries.next_pair(shown),
        "undo": _just_decided(request),
        "may_take_back": may_be_taken_back(shown),
    }
    return render(request, "linkage/pair.html", context | side_by_side(shown.one, shown.other))


@require_POST
@requires("person.merge")
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Same or not the same; then the next pair."""
    shown = get_object_or_404(Pair, pk=pk)
    answer = request.POST.get("same")
    if answer not in ("yes", "no"):
        return _again(request, reverse("linkage:pair", args=[pk]), _("请选“是同一人”或“不是同一人”。"))
    following = queries.next_pair(shown)
    if shown.state != PairState.OPEN:
        return _again(request, reverse("linkage:pair", args=[pk]), _("这一对已经由别人核对过。"))
    try:
        actions.settle_pair(actor=request.user, pair=shown, same=answer == "yes")
    except Declined as why:
        return _again(request, reverse("linkage:pair", args=[pk]), why.message)
    messages.success(request, _("已记为同一人。") if answer == "yes" else _("已记为不是同一人。"))
    back = reverse("linkage:pair", args=[following]) if following else reverse("linkage:list")
    return redirect(f"{back}?undo={pk}")


def _again(request: HttpRequest, address: str, message: str) -> HttpResponse:
    messages.error(request, message)
    return redirect(address)


@require_POST
@requires("person.merge")
def settle_many(request: HttpRequest) -> HttpResponse:
    """The same answer for the pairs that were ticked."""
    answer = request.POST.get("same")
    wanted = [pk for text in request.POST.getlist("pair")[:PER_PAGE] if (pk := number(text))]
    if answer not in ("yes", "no") or not wanted:
        return _again(request, reverse("linkage:list"), _("请先勾选，再说是不是同一人。"))
    found = queries.open_pairs().filter(pk__in=wanted).order_by("-probability", "pk")
    done, refused = actions.settle_pairs(actor=request.user, pairs=found, same=answer == "yes")
    if done:
        messages.success(request, _("已核对 %(count)d 对。") % {"count": len(done)})
    for message in dict.fromkeys(refused):
        messages.error(
            request, _("%(count)d 对没有合并：%(why)s") % {"count": refused.count(message), "why": message}
        )
    return redirect(f"{reverse('linkage:list')}?undo={','.join(str(pair.pk) for pair in done)}")


@require_POST
@requires("person.merge")
def take_back(request: HttpRequest) -> HttpResponse:
    """Undo decisions: the pairs are open again."""
    wanted = [pk for text in request.POST.getlist("pair")[:PER_PAGE] if (pk := number(text))]
    found = [pair for pair in Pair.objects.filter(pk__in=wanted) if may_be_taken_back(pair)]
    for each in found:
        try:
            actions.take_back(actor=request.user, pair=each)
        except Declined as why:
            return _again(request, reverse("linkage:list"), why.message)
    if not found:
        return _again(request, reverse("linkage:list"), _("没有可以撤销的结论。"))
    messages.success(request, _("已撤销，重新等待核对。"))
    only = reverse("linkage:pair", args=[found[0].pk]) if len(found) == 1 else reverse("linkage:list")
    return redirect(only)

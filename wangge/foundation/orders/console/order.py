"""One order: what it is, what it switched on where, what was collected, how far its closing is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.foundation.access.rules import requires

from .. import queries
from ..enums import Problem, State, Step
from ..forms import CloseForm, ExtendForm
from ..models import Closing, EmergencyOrder
from ..queries.orders import scope_names
from ..queries.shown import collected, steps_of, switched_on
from ..queries.words import place_in_words
from ..rules import codes_of, may_issue


def closing_of(order: EmergencyOrder) -> Closing | None:
    """The closing of an order, if one was asked for."""
    return Closing.objects.filter(order=order).first()


def is_moving(closing: Closing | None) -> bool:
    """Whether the closing goes on without anybody: it is not done, and waits for no decision."""
    return closing is not None and closing.step != Step.DONE and closing.problem != Problem.FOUND


def context_of(request: HttpRequest, order: EmergencyOrder) -> dict[str, Any]:
    """What the page of an order shows."""
    closing = closing_of(order)
    return {
        "order": order,
        "closing": closing,
        "scope": scope_names(order),
        "warning": queries.warning_of(order),
        "on": switched_on(order),
        "collected": collected(order) if order.state in (State.ACTIVE, State.FROZEN) else [],
        "steps": steps_of(closing),
        "found": [(place_in_words(place), times) for place, times in closing.found] if closing else [],
        "may_issue": may_issue(request.user, codes_of(order)),
        "going": closing is not None and closing.step != Step.DONE,
        "polling": is_moving(closing),
    }


@never_cache
@require_GET
@requires("order.view")
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; an erased order says what is gone and opens its certificate."""
    shown = get_object_or_404(EmergencyOrder.objects.prefetch_related("areas", "fields"), pk=pk)
    context = context_of(request, shown)
    context |= {"extend": ExtendForm(initial={"ends": shown.ends}), "close": CloseForm(expected=shown.number)}
    return render(request, "orders/order.html", context)


@never_cache
@require_GET
@requires("order.view")
def counts(request: HttpRequest, pk: int) -> HttpResponse:
    """What was collected so far; asked for again while the order is in force."""
    shown = get_object_or_404(EmergencyOrder, pk=pk)
    return render(request, "orders/_counts.html", {"order": shown, "collected": collected(shown)})


@never_cache
@require_GET
@requires("order.view")
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the closing is, asked for every other second."""
    shown = get_object_or_404(EmergencyOrder, pk=pk)
    closing = closing_of(shown)
    polling = is_moving(closing)
    context = {"order": shown, "closing": closing, "steps": steps_of(closing), "polling": polling}
    answer = render(request, "orders/_progress.html", context)
    if not polling:
        answer["HX-Refresh"] = "true"
    return answer

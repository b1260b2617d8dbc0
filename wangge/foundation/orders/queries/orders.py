"""Orders in force, and the fields they switch on.

Every form that may carry such fields asks here, so what is active is held for two seconds in each process.
Writing does not rely on it: ``actions.keep_*`` looks at the rows.
"""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from datetime import time as clock
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from wangge.foundation.territory import queries as territory
from wangge.lib.scoping import Reach

from ..enums import Problem, State
from ..models import EmergencyOrder, OrderArea, OrderField

HELD = 0.0 if settings.TEST else 2.0  # seconds; a test's rows are rolled back behind our back
WARN_DAYS = "orders.warn_days"
_held: tuple[float, list[EmergencyOrder]] = (0.0, [])


def forget() -> None:
    """Ask the tables next time."""
    global _held
    _held = (0.0, [])


def _active() -> list[EmergencyOrder]:
    global _held
    until, found = _held
    if time.monotonic() >= until:
        found = _read(State.ACTIVE)
        _held = (time.monotonic() + HELD, found)
    return found


def _read(*states: str) -> list[EmergencyOrder]:
    rows = EmergencyOrder._base_manager.filter(state__in=states).order_by("pk")
    return list(rows.prefetch_related("areas", "fields__order"))


def _moment(on: date | datetime) -> datetime:
    """A day means its noon."""
    if isinstance(on, datetime):
        return on if timezone.is_aware(on) else timezone.make_aware(on)
    return timezone.make_aware(datetime.combine(on, clock(12)))


def active_orders(area_code: str, on: date | datetime | None = None) -> list[EmergencyOrder]:
    """The orders in force in an area, whatever the reader's reach (a citizen's page has none).

    Args:
        on: a day or a moment; now when not given. Orders that are closed are never answered.
    """
    moment = timezone.now() if on is None else _moment(on)
    return [order for order in _active() if order.holds_at(moment) and order.covers(area_code)]


def fields_for(function: str, area_code: str) -> list[OrderField]:
    """What the orders in force ask in one function in an area; [] where no order holds.

    Each has ``key, label, kind, choices, required, note, order_number``.
    """
    return [
        field
        for order in active_orders(area_code)
        for field in order.fields.all()
        if field.function == function
    ]


def orders_over(reach: Reach) -> list[EmergencyOrder]:
    """The orders in force anywhere in a reach or over it, for the line at the top of a page."""
    now = timezone.now()
    return [order for order in _active() if order.holds_at(now) and _touches(order, reach)]


def _touches(order: EmergencyOrder, reach: Reach) -> bool:
    if reach.everywhere:
        return True
    codes = [area.area_code for area in order.areas.all()]
    within = any(reach.covers(code) for code in codes)
    return within or any(order.covers(prefix) for prefix in reach.prefixes)


def order_by_number(number: str) -> EmergencyOrder | None:
    """An order inside the reach."""
    return EmergencyOrder.objects.filter(number=number).first()


def orders_waiting() -> QuerySet[EmergencyOrder]:
    """Orders of the reader's areas that somebody has to look at: about to end, over and not erased, or with a
    closing that stands still."""
    soon = timezone.now() + timedelta(days=int(territory.setting(WARN_DAYS, 3)))
    ending = Q(state=State.ACTIVE, ends__lte=soon)
    return EmergencyOrder.objects.filter(ending | Q(closing__problem__in=Problem.values))


def orders_in_reach(view: str = "") -> QuerySet[EmergencyOrder]:
    """Orders of the reader's areas, the newest first.

    Args:
        view: a state, "waiting" (see ``orders_waiting``), or "" for all.
    """
    if view == "waiting":
        return orders_waiting().select_related("closing", "certificate").prefetch_related("areas")
    orders = EmergencyOrder.objects.select_related("closing", "certificate").prefetch_related("areas")
    return orders.filter(state=view) if view in State.values else orders


def warning_of(order: EmergencyOrder) -> dict[str, Any] | None:
    """What a reader should know of the clock of an active order: ``ended`` and the days left until its end,
    or until its erasure; None while the end is far off."""
    if order.state != State.ACTIVE:
        return None
    now, days = timezone.now(), timedelta(days=int(territory.setting(WARN_DAYS, 3)))
    if now >= order.ends:
        return {"ended": True, "when": order.erase_after}
    return {"ended": False, "when": order.ends} if now >= order.ends - days else None


def scope_names(order: EmergencyOrder) -> list[tuple[str, str]]:
    """Code and name of every area of the scope."""
    codes = list(OrderArea.objects.filter(order=order).values_list("area_code", flat=True))
    names = territory.names_of(codes)
    return [(code, territory.short_name(names.get(code, code))) for code in codes]

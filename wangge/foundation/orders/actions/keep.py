"""Values are kept under an order that is in force, and only there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.lib.sealing.envelope import opened

from ..models import EmergencyOrder, OrderValue
from ..rules import NotInForce, clean

Row = tuple[str, str, Any, str, Mapping[str, Any]]  # order number, subject label, subject id, area, values


def keep_values(
    *, order_number: str, subject: models.Model, values: Mapping[str, Any], actor: Any = "system"
) -> int:
    """Keep what one row says to the order's fields; what it said before is replaced. Returns how many values.

    Raises:
        NotInForce: no such order is in force where the subject is. BadValues: ``errors`` says which and why.
    """
    area = getattr(subject, "area_code", "")
    row = (order_number, subject._meta.label_lower, subject.pk, area, values)
    with transaction.atomic():
        kept = keep_many([row], actor=actor)
        data = {"number": order_number, "fields": sorted(values)}
        journal.record("order.values_kept", actor=actor, area=area, subject=subject, data=data)
    return kept


def keep_many(rows: Iterable[Row], *, actor: Any = "system") -> int:
    """Keep the values of many rows; returns how many values. The caller's own line of the trail tells of it.

    Args:
        rows: (order number, subject's model label, its key, its area, values) each.

    Raises:
        NotInForce, BadValues: as ``keep_values``; nothing of the call is kept then.
    """
    rows = [(number, label.lower(), which, area, values) for number, label, which, area, values in rows]
    with transaction.atomic():
        orders = _held({number for number, *_rest in rows})
        who = journal.account_of(actor)
        made = [value for order in orders.values() for value in _sealed(order, rows, who)]
        OrderValue._base_manager.bulk_create(
            made,
            update_conflicts=True,
            unique_fields=["order", "subject_type", "subject_id", "key"],
            update_fields=["value_sealed", "area_code", "kept_by", "kept_at"],
        )
    return len(made)


def hold_order(order_number: str, area_code: str) -> EmergencyOrder:
    """For apps with rows of their own under an order: the order, kept from closing until the caller's
    transaction ends. Call it inside one, before writing such a row.

    Raises:
        NotInForce: it is not in force there.
    """
    order = _held({order_number})[order_number]
    _must_cover(order, area_code)
    return order


def _held(numbers: set[str]) -> dict[str, EmergencyOrder]:
    """The orders, each held against closing by a shared lock (SQLite has one writer anyway): what was kept
    before the freeze is counted and erased, what comes after it is refused."""
    found = EmergencyOrder._base_manager.filter(number__in=numbers)
    if connection.vendor == "postgresql" and numbers:
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(EmergencyOrder._meta.db_table)
            cursor.execute(f"SELECT id FROM {table} WHERE number = ANY(%s) FOR SHARE", [sorted(numbers)])
    orders = {order.number: order for order in found.prefetch_related("areas", "fields")}
    now = timezone.now()
    for number in numbers:
        if number not in orders or not orders[number].holds_at(now):
            raise NotInForce(_("应急指令“%(number)s”没有启动或已经结束，不能登记。") % {"number": number})
    return orders


def _must_cover(order: EmergencyOrder, area_code: str) -> None:
    if not order.covers(area_code):
        raise NotInForce(_("应急指令“%(number)s”不适用于这个区域。") % {"number": order.number})


def _sealed(order: EmergencyOrder, rows: Sequence[Row], by: str) -> list[OrderValue]:
    safe, fields, made, now = opened(order.key_sealed), list(order.fields.all()), {}, timezone.now()
    for number, label, which, area, values in rows:
        if number != order.number:
            continue
        _must_cover(order, area)
        for key, value in clean(fields, values).items():
            made[label, str(which), key] = OrderValue(
                order=order, subject_type=label, subject_id=str(which), area_code=area, key=key,
                value_sealed=safe.seal_many([value], key)[0], kept_by=by, kept_at=now,
            )  # fmt: skip
    return list(made.values())

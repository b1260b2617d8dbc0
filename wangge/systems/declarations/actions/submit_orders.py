"""Values that exist only under an emergency order: checked against its fields, kept with the order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from wangge.foundation.orders import actions as orders
from wangge.foundation.orders.models import OrderField
from wangge.foundation.orders.rules import BadValues, NotInForce, clean

from ..models import Declaration
from ..queries.order_fields import fields_for
from ..reading import Refused

Values = list[dict[str, dict[str, Any]]]  # a line: order number -> field -> value


def check_order_values(said: Sequence[dict[str, Any]], area: str) -> tuple[Values, dict[str, str]]:
    """The values of each line (``said``) by order, all of them asked by an order in force for this area; and
    by path what is wrong: a value that no order asks or that its field does not take, a required one that is
    missing."""
    asked = fields_for(area)
    if not asked and not any(said):
        return [], {}
    faults: dict[str, str] = {}
    values = [_of_line(line, sent, asked, faults) for line, sent in enumerate(said)]
    return values if any(values) else [], faults


def _of_line(
    line: int, sent: dict[str, Any], asked: Sequence[OrderField], faults: dict[str, str]
) -> dict[str, dict[str, Any]]:
    try:
        kept = clean(asked, sent, whole=True)
    except BadValues as wrong:
        faults |= {f"people.{line}.emergency.{key}"[:120]: said for key, said in wrong.errors.items()}
        return {}
    by_order: dict[str, dict[str, Any]] = {}
    for field in asked:
        if field.key in kept:
            by_order.setdefault(field.order_number, {})[field.key] = kept[field.key]
    return by_order


def without_order_values(payload: Any) -> Any:
    """What was sent, for keeping: an order's values are kept with the order alone, and end with it."""
    people = payload.get("people") if isinstance(payload, dict) else None
    if not isinstance(people, list):
        return payload
    bare = [
        {key: value for key, value in one.items() if key != "emergency"} if isinstance(one, dict) else one
        for one in people
    ]
    return payload | {"people": bare}


def keep(rows: Sequence[Declaration], values: Values) -> None:
    """Keep the values of the saved rows with their orders, in the caller's transaction.

    Raises:
        Refused: the order ended since the values were checked.
    """
    label = Declaration._meta.label_lower
    kept = [
        (number, label, row.pk, row.area_code, said)
        for row, by_order in zip(rows, values, strict=True)
        for number, said in by_order.items()
    ]
    try:
        orders.keep_many(kept, actor="resident")
    except (NotInForce, BadValues):
        raise Refused({"": _("应急指令刚刚变动，请刷新页面后重新提交。")}) from None

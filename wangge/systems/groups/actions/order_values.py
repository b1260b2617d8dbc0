"""The writing half of the seam to emergency orders; see ``queries/order_rules.py``."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.orders import actions as orders

from ..models import Member
from ..queries.order_rules import fields_for
from ..rules import Declined
from .locking import hand


@transaction.atomic
def keep_values(*, member: Member, values: Mapping[str, str]) -> None:
    """Hand a member's values to the orders in force, each order its own fields.

    Raises:
        Declined: the order ended meanwhile, or a value is none of its field.
    """
    by_order: dict[str, dict[str, str]] = {}
    for field in fields_for(member.group):
        if field.key in values:
            by_order.setdefault(field.order_number, {})[field.key] = values[field.key]
    try:
        for number, said in by_order.items():
            orders.keep_values(order_number=number, subject=member, values=said, actor=hand(member))
    except Unacceptable as why:
        raise Declined("order", str(why)) from why

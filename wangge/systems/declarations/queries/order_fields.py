"""Fields that exist in a declaration only under an emergency order in force for its area."""

from __future__ import annotations

from wangge.foundation.orders import queries as orders
from wangge.foundation.orders.models import OrderField
from wangge.foundation.orders.queries import Said

from ..models import Declaration

FUNCTION = "declaration"  # what the orders call it


def fields_for(area_code: str) -> list[OrderField]:
    """The fields that orders in force add to declarations of this area; none without an order."""
    return orders.fields_for(FUNCTION, area_code)


def said_in(declaration: Declaration) -> list[Said]:
    """What this declaration says to the fields of orders still in force."""
    return orders.values_of(declaration)

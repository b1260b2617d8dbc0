"""What is in force where, what is kept about whom. Without an order in force the answers are empty."""

from .orders import (
    active_orders,
    fields_for,
    forget,
    order_by_number,
    orders_in_reach,
    orders_over,
    orders_waiting,
    warning_of,
)
from .values import Said, counts_of, rows_of, values_of

__all__ = [
    "Said",
    "active_orders",
    "counts_of",
    "fields_for",
    "forget",
    "order_by_number",
    "orders_in_reach",
    "orders_over",
    "orders_waiting",
    "rows_of",
    "values_of",
    "warning_of",
]

"""Emergency orders, what is kept under them, and how they end."""

from .closing import Certificate, Closing
from .order import EmergencyOrder, OrderArea, OrderField
from .value import OrderFile, OrderValue

__all__ = [
    "Certificate",
    "Closing",
    "EmergencyOrder",
    "OrderArea",
    "OrderField",
    "OrderFile",
    "OrderValue",
]

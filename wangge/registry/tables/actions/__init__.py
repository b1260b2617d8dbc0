"""What is done with requests for tables."""

from .choose import choose_columns
from .close import close_request
from .fill import fill_table
from .later import erase_old_fills, open_fill, request_fill, write_requested
from .receive import receive_table

__all__ = [
    "choose_columns",
    "close_request",
    "erase_old_fills",
    "fill_table",
    "open_fill",
    "receive_table",
    "request_fill",
    "write_requested",
]

"""What phones bring about, and what is done about phones."""

from .phones import AnothersPhone, note_seen, note_wiped, register_phone, revoke_phone
from .receiving import receive
from .retrying import retry_operation

__all__ = [
    "AnothersPhone",
    "note_seen",
    "note_wiped",
    "receive",
    "register_phone",
    "retry_operation",
    "revoke_phone",
]

"""Writes about clients: one verb each, journalled, atomic, actor named."""

from .calls import admit
from .clients import change_client, make_client, revoke_client
from .keys import Unfit, end_key, give_key
from .sendings import announce_sealed, resend, send_due
from .subscriptions import give_secret, stop, subscribe

__all__ = [
    "Unfit",
    "admit",
    "announce_sealed",
    "change_client",
    "end_key",
    "give_key",
    "give_secret",
    "make_client",
    "resend",
    "revoke_client",
    "send_due",
    "stop",
    "subscribe",
]

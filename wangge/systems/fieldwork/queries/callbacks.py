"""The card left where nobody was at home, and what its QR opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from wangge.lib import signing
from wangge.lib.serials import is_code_number

from ..enums import CallBackState
from ..models import CallBack

KIND = "B"  # call-back; V is the card of a declaration


def token_of(card: CallBack) -> str:
    """The signed token on the card; it holds until the day after the last one."""
    last = timezone.make_aware(datetime.combine(card.until + timedelta(days=1), time.min))
    return signing.sign(signing.Token(KIND, int(card.number), 1, last))


@dataclass(frozen=True)
class Opened:
    """What a scan found: the card, or why there is none (unknown, forged, over)."""

    card: CallBack | None
    why: str = ""


def opened(text: str) -> Opened:
    """The card a token names."""
    try:
        token = signing.read(text)
    except signing.BadToken as bad:
        return Opened(None, "forged" if bad.why in ("signature", "key") else "unknown")
    number = f"{token.number:010d}"
    if token.kind != KIND or not is_code_number(number):
        return Opened(None, "unknown")
    card = CallBack._base_manager.select_related("visit").filter(number=number).first()
    if card is None:
        return Opened(None, "unknown")
    if card.state == CallBackState.DONE:
        return Opened(card, "done")
    if token.ended(timezone.now()) or card.until < timezone.localdate():
        return Opened(card, "over")
    return Opened(card)

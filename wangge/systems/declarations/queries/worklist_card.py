"""The call-back card: left where nobody opened, so that the household reports back (spec 2.2, 留言条)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import segno
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from wangge.foundation.territory import queries as territory
from wangge.lib import signing

from ..models import Declaration

KIND = "V"
HOLDS = timedelta(days=30)


def card_for(row: Declaration) -> dict[str, Any]:
    """What the card says: from where, when, a signed code that a worker reads. No name, no address."""
    now = timezone.localtime()
    token = signing.sign(signing.Token(KIND, row.pk, 1, now + HOLDS))
    return {
        "row": row,
        "community": territory.area_name_path(row.area_code[:12]),
        "left_at": now,
        "token": token,
        "picture": _picture(token),
    }


def row_of_card(text: str) -> Declaration | None:
    """The declaration in reach that a card was left for; None when it is no card of ours, or outside."""
    try:
        token = signing.read(text.strip().rpartition("/")[2])
    except signing.BadToken:
        return None
    if token.kind != KIND or token.ended(timezone.now()):
        return None
    return Declaration.objects.filter(pk=token.number).first()


def _picture(token: str) -> SafeString:
    drawn = segno.make(token, error="m").svg_inline(scale=4, border=2, svgclass="qr", lineclass=None)
    return mark_safe(drawn)  # drawn here from a token of letters and digits

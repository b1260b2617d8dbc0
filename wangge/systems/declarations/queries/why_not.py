"""Why a scanned code does not lead to a form. Only a genuine signature learns more than "no such code"."""

from __future__ import annotations

from django.utils import timezone

from wangge.lib import signing

from ..models import ReportCode
from .codes import KIND

UNKNOWN, FORGED, ENDED, REVOKED, RENEWED, EARLY = "unknown", "forged", "ended", "revoked", "renewed", "early"
SHORT = 40  # a typed number is ten digits; what is longer was scanned


def why_not(text: str) -> str:
    """A word for what is wrong with a code that ``read_code`` does not take."""
    text = text.strip().rpartition("/")[2]
    if len(text) < SHORT:
        return UNKNOWN
    try:
        token = signing.read(text)
    except signing.BadToken:
        return FORGED
    if token.kind != KIND:
        return FORGED
    row = ReportCode._base_manager.filter(number=str(token.number).zfill(10)).first()
    return UNKNOWN if row is None else _of(row, token)


def _of(row: ReportCode, token: signing.Token) -> str:
    today = timezone.localdate()
    if row.revoked_at:
        return REVOKED
    if token.round != row.round:
        return RENEWED
    return EARLY if row.valid_from > today else ENDED

"""Receipts: what a scanned one leads to. A number typed without its signature leads nowhere here."""

from __future__ import annotations

from django.utils import timezone

from wangge.lib import signing
from wangge.lib.serials import receipt_text

from ..models import Declaration

KIND = "R"


def number_of(text: str) -> str:
    """The receipt number of a signed token, or of an address ending in one; "" when it is not ours."""
    try:
        token = signing.read(text.strip().rpartition("/")[2])
    except signing.BadToken:
        return ""
    return "" if token.kind != KIND or token.ended(timezone.now()) else receipt_text(token.number)


def lines_of(number: str) -> list[Declaration]:
    """The declarations under one receipt in the caller's reach, the declarant first."""
    return list(Declaration.objects.filter(receipt=number).order_by("line")) if number else []

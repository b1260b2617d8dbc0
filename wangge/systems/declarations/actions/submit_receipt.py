"""The receipt: a number nobody can guess, and a signed token of it that is checked without the server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from wangge.lib import signing
from wangge.lib.serials import receipt_value

from ..models import Declaration

KIND = "R"
SHOWS_FOR = timedelta(days=180)  # part of the token's form: made anew it must be the same, letter for letter


@dataclass(frozen=True)
class Receipt:
    """What the sender keeps; ``repeated`` says that this report had been taken before."""

    number: str
    token: str
    lines: int
    area_code: str
    repeated: bool = False


def receipt_for(number: str, lines: int, area: str, received: datetime, *, repeated: bool = False) -> Receipt:
    """The receipt of a report; made from what is stored, so a repeat gets the same one byte for byte."""
    value = receipt_value(number)
    assert value is not None  # we made it
    token = signing.sign(signing.Token(KIND, value, 1, received + SHOWS_FOR))
    return Receipt(number, token, lines, area, repeated)


def first_receipt(report: UUID) -> Receipt | None:
    """The receipt that this report was answered with, None when it was never taken."""
    held = Declaration._base_manager.filter(report=report).order_by("line")
    rows = list(held.values_list("receipt", "area_code", "received_at"))
    return receipt_for(rows[0][0], len(rows), rows[0][1], rows[0][2], repeated=True) if rows else None

"""Reading a report code: what was scanned or typed, to the place it hangs on."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from wangge.lib import signing
from wangge.lib.serials import is_code_number, typed

from ..models import ReportCode

KIND = "C"
KNOWN_MOST = 20_000


class NoSuchCode(Exception):
    """Leads to no live code: unknown, forged, renewed, revoked or out of its time. Which of them it is, is
    not told: whoever tries numbers learns nothing."""


class Known(NamedTuple):
    """What a submission needs of a code; kept in the process, and held against its row when it is used."""

    pk: int
    number: str
    round: int
    area_code: str
    scope: str


_known: dict[str, Known] = {}


def live(day: date | None = None) -> Q:
    """Codes that hold on a day: not revoked, begun and not ended; the last day counts."""
    day = day or timezone.localdate()
    ends = Q(valid_to=None) | Q(valid_to__gte=day)
    return ends & Q(revoked_at=None, valid_from__lte=day)


def read_code(text: str, now: datetime | None = None) -> ReportCode:
    """The live code that a scanned token, a scanned address ending in one, or a typed number leads to.

    Raises:
        NoSuchCode: it leads to none.
    """
    number, turn = number_of(text, now)
    rows = ReportCode._base_manager.filter(live(), number=number)
    code = rows.first() if turn is None else rows.filter(round=turn).first()
    if code is None:
        raise NoSuchCode
    return code


def number_of(text: str, now: datetime | None = None) -> tuple[str, int | None]:
    """The number, and of a token the round; the signature and the token's own end are checked.

    Raises:
        NoSuchCode: neither a number of ours nor a token of ours.
    """
    text = text.strip().rpartition("/")[2]
    digits = typed(text)
    if is_code_number(digits):
        return digits, None
    try:
        token = _token(text)
    except signing.BadToken:
        raise NoSuchCode from None
    if token.kind != KIND or token.ended(now or timezone.now()):
        raise NoSuchCode
    return str(token.number).zfill(10), token.round


@lru_cache(maxsize=KNOWN_MOST)
def _token(text: str) -> signing.Token:
    """Checked once per process: a poster is scanned by thousands, and only good tokens are kept."""
    return signing.read(text)


def known(text: str, now: datetime) -> Known:
    """What a submission needs of the code, from this process's memory or the database.

    Raises:
        NoSuchCode: it leads to no live code.
    """
    number, turn = number_of(text, now)
    held = _known.get(number)
    if held is None:
        row = read_code(text, now)
        held = Known(row.pk, row.number, row.round, row.area_code, row.scope)
        if len(_known) >= KNOWN_MOST:
            _known.clear()
        _known[number] = held
    if turn is not None and turn != held.round:
        _known.pop(number, None)
        raise NoSuchCode
    return held


def forget(number: str) -> None:
    """The row said otherwise; ask it anew next time."""
    _known.pop(number, None)

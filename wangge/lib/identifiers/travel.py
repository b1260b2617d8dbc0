"""Passports and travel permits, checked loosely, and the one door for any identity number."""

from __future__ import annotations

import re
from datetime import date

from .resident import Identity, check_resident_id, compact, kind_of, text_of_number

# Our kind -> (GA/T identity document code, pattern). Source: spec §3.6, optional GA/T id types.
IDENTITY_KINDS: dict[str, tuple[str, re.Pattern[str] | None]] = {
    "resident": ("111", None),
    "permit": ("", None),  # 830 or 831, see id_code_of
    "foreign_permanent": ("553", None),
    "passport": ("414", re.compile(r"[A-Z]{0,3}\d{5,14}[A-Z]?", re.ASCII)),
    "hk_macao_travel": ("516", re.compile(r"[HM]\d{8}(?:\d{2})?", re.ASCII)),
    "taiwan_travel": ("511", re.compile(r"\d{8}(?:\d{2})?|[A-Z]\d{8,9}", re.ASCII)),
}
PERMIT_CODES = {"81": "830", "82": "830", "83": "831"}
NUMBER_KINDS = {"resident", "permit", "foreign_permanent", ""}


def id_code_of(number: str) -> str:
    """The GA/T 517 code of the paper that a checked 18-digit number stands on.

    81 and 82 open the residence permits of Hong Kong and Macao (830), 83 that of Taiwan (831), 9 and a
    province the permanent residence card of a foreigner (553); all others are resident identity cards.
    """
    return PERMIT_CODES.get(number[:2]) or ("553" if kind_of(number) == "foreign_permanent" else "111")


def check_travel_document(value: object, kind: str = "passport") -> Identity:
    """Check a passport or travel permit by its usual shape only; it has no check digit.

    Args:
        kind: "passport", "hk_macao_travel" or "taiwan_travel".
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        digits = text_of_number(value)
        if digits is None:
            return Identity(error="id_precision_lost")
        value = digits
    number = compact(str(value))
    pattern = IDENTITY_KINDS[kind][1]
    if "*" in number:
        return Identity(error="id_masked")
    if pattern is None or not pattern.fullmatch(number):
        return Identity(error="id_travel_form")
    return Identity(number, kind)


def check_identity(
    value: object, kind: str = "", *, demo: bool = False, today: date | None = None
) -> Identity:
    """Check an identity number of a stated kind; without one, as a resident number.

    A number that begins with a letter can only be a travel document, so it is tried as a
    passport and as a travel permit when no kind was stated.
    """
    if kind in NUMBER_KINDS:
        text = compact(str(value)) if isinstance(value, str) else ""
        if kind or not (text[:1].isascii() and text[:1].isalpha()):
            return check_resident_id(value, demo=demo, today=today)
        kind = "hk_macao_travel" if IDENTITY_KINDS["hk_macao_travel"][1].fullmatch(text) else "passport"  # type: ignore[union-attr]
    return check_travel_document(value, kind)

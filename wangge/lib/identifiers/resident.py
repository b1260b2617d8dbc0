"""Resident identity numbers, 18 and 15 digits, as one careful scalar check."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from stdnum.cn.ric import calc_check_digit

from .regions import DEMO_PREFIX, PERMIT_PREFIXES, is_foreign_permanent, is_known_province, is_listed

MALE, FEMALE = "1", "2"  # GB/T 2261.1
EARLIEST_YEAR = 1880
OUGHT_TO_BE_X = str.maketrans("×✕✖Ххx", "XXXXXX")
FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
NOISE = re.compile(r"[\s'’‘`\"\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00a0\-‐–—]+")
SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
EIGHTEEN = re.compile(r"\d{17}[\dX]", re.ASCII)
FIFTEEN = re.compile(r"\d{15}", re.ASCII)


class Identity(NamedTuple):
    """What one identity number says.

    ``number`` is the canonical form, "" when refused; ``kind`` one of ``IDENTITY_KINDS``;
    ``sex`` GB/T 2261.1 "1"/"2" or ""; ``error``/``warning`` a code of ``messages`` or "".
    """

    number: str = ""
    kind: str = ""
    birth: date | None = None
    sex: str = ""
    error: str = ""
    warning: str = ""


def _refuse(code: str) -> Identity:
    return Identity(error=code)


def compact(text: str) -> str:
    """The number without width, case, spacing, quoting and zero-width differences."""
    folded = NOISE.sub("", text if text.isascii() else text.translate(FOLD))
    folded = (folded if folded.isascii() else folded.translate(OUGHT_TO_BE_X)).upper()
    return folded[:-2] if folded.endswith(".0") else folded


def text_of_number(value: int | float) -> str | None:
    """Digits of a cell that a spreadsheet stored as a number, None when it cannot hold them.

    Spreadsheets keep 15 significant digits: anything longer has lost its tail for good.
    """
    if isinstance(value, float) and not value.is_integer():
        return None
    return None if abs(value) >= 10**15 else str(int(value))


def check_resident_id(value: object, *, demo: bool = False, today: date | None = None) -> Identity:
    """Check a resident identity number or residence permit number.

    Args:
        value: text, or the number a spreadsheet made of it.
        demo: accept the demo prefix 999xxx.
        today: the day after which no birth can lie; defaults to the current day.

    Source: GB 11643-1999 via spec §3.6; demo prefix: product decision 11.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        digits = text_of_number(value)
        if digits is None:
            return _refuse("id_precision_lost")
        return _check_text(digits, demo, today or date.today())
    return _check_text(compact(str(value)), demo, today or date.today())


def _check_text(number: str, demo: bool, today: date) -> Identity:
    if EIGHTEEN.fullmatch(number):
        return _check_eighteen(number, demo, today)
    if FIFTEEN.fullmatch(number):
        return _convert_fifteen(number, demo, today)
    if SCIENTIFIC.fullmatch(number):
        return _refuse("id_precision_lost")
    if "*" in number:
        return _refuse("id_masked")
    if not number.rstrip("X").isdecimal():
        return _refuse("id_characters")
    return _refuse("id_length")


def _birth(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def _check_eighteen(number: str, demo: bool, today: date) -> Identity:
    rounded = number.endswith("000")  # what a spreadsheet leaves of the 16th to 18th digit
    if number[-1] != calc_check_digit(number):
        return _refuse("id_precision_lost" if rounded else "id_checksum")
    birth = _birth(number[6:14])
    if birth is None or birth.year < EARLIEST_YEAR:
        return _refuse("id_birth_impossible")
    if birth > today:
        return _refuse("id_birth_future")
    if number.startswith(DEMO_PREFIX):
        if not demo:
            return _refuse("id_demo_refused")
    elif not is_known_province(number):
        return _refuse("id_region_unknown")
    warning = "id_maybe_rounded" if rounded else "" if is_listed(number[:6]) else "id_region_unlisted"
    return Identity(number, kind_of(number), birth, sex_of(number), "", warning)


def _convert_fifteen(old: str, demo: bool, today: date) -> Identity:
    # Serials 996–999 were kept for people who were already a hundred years old.
    century = "18" if old[12:] in {"996", "997", "998", "999"} else "19"
    number = f"{old[:6]}{century}{old[6:]}"
    checked = _check_eighteen(number + calc_check_digit(number + "0"), demo, today)
    return checked if checked.error else checked._replace(warning="id_converted_from_15")


def kind_of(number: str) -> str:
    """ "permit" for Hong Kong, Macao and Taiwan, "foreign_permanent", otherwise "resident"."""
    if number[:6] in PERMIT_PREFIXES:
        return "permit"
    return "foreign_permanent" if is_foreign_permanent(number) else "resident"


def sex_of(number: str) -> str:
    """GB/T 2261.1 sex from the serial of an 18-digit number: odd male, even female."""
    return MALE if int(number[16]) % 2 else FEMALE


def disagreement(identity: Identity, *, birth: date | None = None, sex: str = "") -> str:
    """The code of the first fact beside the number that contradicts it, or ""."""
    if birth and identity.birth and birth != identity.birth:
        return "id_birth_differs"
    if sex in {MALE, FEMALE} and identity.sex and sex != identity.sex:
        return "id_sex_differs"
    return ""

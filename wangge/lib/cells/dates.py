"""Dates in every spelling a ledger has, except those that would have to be guessed."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from .results import EMPTY, Cell, refused
from .text import plain

EARLIEST, LATEST = date(1880, 1, 1), date(2120, 1, 1)
EXCEL_EPOCH = date(1899, 12, 30)
# Serial numbers that mean 1920–2099; below, a four-digit number is a year.
SERIALS = range(7306, 73_051)

HAN_DIGITS = {
    **{c: str(i) for i, c in enumerate("〇一二三四五六七八九")},
    "零": "0",
    "○": "0",
    "Ｏ": "0",
    "元": "1",
}
ISO = re.compile(r"(\d{4})([-/.]?)(\d{2})\2(\d{2})", re.ASCII)
FULL = re.compile(
    r"((?:1[89]|2[01])\d{2})\s*[-/.年,，\s]\s*(\d{1,2})\s*[-/.月,，\s]\s*(\d{1,2})\s*[日号]?", re.ASCII
)
MONTH = re.compile(r"((?:1[89]|2[01])\d{2})\s*(?:[-/.年]\s*(\d{1,2})\s*月?份?|((?:0[1-9]|1[0-2])))", re.ASCII)
YEAR = re.compile(r"((?:1[89]|20)\d{2})\s*年?", re.ASCII)
SERIAL = re.compile(r"\d{4,5}(?:\.\d+)?", re.ASCII)
FOREIGN = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.]((?:1[89]|20)\d{2})", re.ASCII)
TWO_DIGITS = re.compile(
    r"['’]?\d{2}\s*[-/.年]\s*\d{1,2}(?:\s*[-/.月]\s*\d{1,2}\s*[日号]?|\s*月)?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{2}"
)
CLOCK = re.compile(r"[\sT]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$")
HAN_DATE = re.compile(r"[〇零○一二三四五六七八九十元]{2,4}年.*")
HAN_NUMBER = re.compile(r"[〇零○一二三四五六七八九十元]+")


def _in_range(day: date, warning: str = "") -> Cell:
    return Cell(day, "", warning) if EARLIEST <= day < LATEST else refused("date_out_of_range")


def _made(year: Any, month: Any, day: Any, warning: str = "") -> Cell:
    try:
        return _in_range(date(int(year), int(month), int(day)), warning)
    except ValueError:
        return refused("date_impossible")


def clean_date(value: object) -> Cell:
    """One date.

    20221128, 2022.11.28, 2022/11/28, 2022年11月28日, 二〇二二年十一月, a spreadsheet's serial number.
    Without a day (2022-11) it is the first of the month, with a warning; two-digit years and
    03/05/2022, which could be March or May, are refused.
    """
    if value is None:
        return EMPTY
    if isinstance(value, str):
        if match := ISO.fullmatch(value):
            return _made(match[1], match[3], match[4])
        text = plain(value)
        return _from_text(text) if text else EMPTY
    if isinstance(value, datetime):
        return _in_range(value.date())
    if isinstance(value, date):
        return _in_range(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return EMPTY if value != value else _from_number(value)
    return refused("date_unreadable")


def clean_birth(value: object, today: date | None = None) -> Cell:
    """A date of birth: ``clean_date`` and not in the future."""
    cell = clean_date(value)
    if cell.value is not None and cell.value > (today or date.today()):
        return refused("date_future")
    return cell


def _from_number(number: int | float) -> Cell:
    if not 0 < number < 10**9:
        return refused("date_unreadable")
    whole = int(number)
    if whole in SERIALS:
        return _in_range(EXCEL_EPOCH + timedelta(days=whole))
    if number == whole:
        return _from_text(str(whole))
    return refused("date_unreadable")


def _from_text(text: str) -> Cell:
    text = CLOCK.sub("", text)
    if HAN_DATE.fullmatch(text):
        text = HAN_NUMBER.sub(_western, text)
    if match := ISO.fullmatch(text):
        return _made(match[1], match[3], match[4])
    if match := FULL.fullmatch(text):
        return _made(match[1], match[2], match[3])
    if match := MONTH.fullmatch(text):
        return _made(match[1], match[2] or match[3], 1, "date_without_day")
    if match := YEAR.fullmatch(text):
        return _made(match[1], 1, 1, "date_year_only")
    return _odd_text(text)


def _odd_text(text: str) -> Cell:
    if SERIAL.fullmatch(text) and int(float(text)) in SERIALS:
        return _in_range(EXCEL_EPOCH + timedelta(days=int(float(text))))
    if match := FOREIGN.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        if first > 12 or second > 12 or first == second:
            month, day = (second, first) if first > 12 else (first, second)
            return _made(match[3], month, day)
        return refused("date_order_unclear")
    return refused("date_two_digit_year" if TWO_DIGITS.fullmatch(text) else "date_unreadable")


def _western(match: re.Match[str]) -> str:
    """二〇二二 -> 2022, 十一 -> 11, 二十八 -> 28."""
    han = match[0]
    if "十" not in han:
        return "".join(HAN_DIGITS[character] for character in han)
    tens, _, ones = han.partition("十")
    return (HAN_DIGITS.get(tens, "") or "1") + (HAN_DIGITS.get(ones, "") or "0")

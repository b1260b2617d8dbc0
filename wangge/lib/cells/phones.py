"""Mobile and fixed-line numbers."""

from __future__ import annotations

import re

from .results import EMPTY, Cell, refused
from .text import UNKNOWN, plain

MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
DEMO_MOBILE = re.compile(r"100\d{8}", re.ASCII)  # a range that is not issued, decision 11
COUNTRY = re.compile(r"^(?:\+|00)?86(?=1\d{10}$|0?[2-9]\d{8,11}$|10\d{8}$)", re.ASCII)
ABROAD = re.compile(r"(?:\+|00)([1-9]\d{5,14})", re.ASCII)
FIXED = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))([2-9]\d{6,7})(?:[-转xX*](\d{1,6}))?", re.ASCII)
SERVICE = re.compile(r"[48]00\d{7}", re.ASCII)
LOCAL = re.compile(r"[2-9]\d{6,7}", re.ASCII)
ZERO_LOST = re.compile(r"(?:2\d|[3-9]\d{2})[2-9]\d{6,7}", re.ASCII)
LABEL = re.compile(r"^(?:手机|电话|联系电话|本人|tel|phone|mobile)[::：号码]*", re.IGNORECASE)
DIVIDERS = re.compile(
    r"[、,，/;；|]|(?<=\d{7})\s+(?=\d{7})|\s*或\s*|(?<=[)）\u4e00-\u9fff])\s*(?=\+?1\d{10})"
)
# Whose number it is: 139…（妻）, 139…(本人), 儿子139…
NOTE = re.compile(
    r"[(（][^)）\d]*[)）]|[\u4e00-\u9fff]+[:：]?(?=\+?[01]\d{9})|(?<=\d{7})\s*[\u4e00-\u9fff]+$"
)
PUNCTUATION = re.compile(r"[\s()（）.'‘’\-‐–—_]+")
EXTENSION = re.compile(r"[\s\-‐–—]*(?:转|分机|ext\.?|-)\s*(\d{1,6})$", re.IGNORECASE)
SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}", re.ASCII)


# A mobile number as most people write it: spaced, dashed, wide, with the country's 86.
SPACED: dict[int, int | None] = {0xFF10 + digit: 0x30 + digit for digit in range(10)}
SPACED |= {ord(mark): None for mark in " -\u3000"}
USUAL = re.compile(r"(?:\+?86)?(1(?:[3-9]\d|00)\d{8})", re.ASCII)


def clean_phone(value: object, demo: bool = False) -> Cell:
    """One phone number: a mobile as 11 digits, a fixed line as 0750-3123456(-ext), abroad as +….

    Of several numbers in one cell the first good one is taken, with a warning. ``demo`` accepts
    the range 100… that nobody was issued.
    """
    usual = USUAL.fullmatch(value.translate(SPACED)) if isinstance(value, str) else None
    if usual and (demo or not usual[1].startswith("100")):
        return Cell(usual[1])
    return read_phone(value, demo)


def read_phone(value: object, demo: bool = False) -> Cell:
    """``clean_phone`` without its short way for mobile numbers."""
    text = LABEL.sub("", _digits_of(value))
    if not text or text in UNKNOWN:
        return EMPTY
    parts = [part for part in DIVIDERS.split(text) if any(map(str.isdigit, part))]
    cells = [_one(NOTE.sub("", part), demo) for part in parts] or [refused("phone_characters")]
    good = [cell for cell in cells if not cell.error]
    if len(cells) == 1 or not good:
        return cells[0]
    return good[0]._replace(warning="phone_several")


def _digits_of(value: object) -> str:
    text = plain(value)
    if SCIENTIFIC.fullmatch(text):
        number = float(text)
        # 1.3912345678E+10 still has all eleven digits; a shorter mantissa was rounded.
        mantissa = len(text.lower().partition("e")[0].replace(".", ""))
        return str(int(number)) if mantissa == 11 and number < 1e11 else text
    return text[:-2] if text.endswith(".0") else text


def _one(text: str, demo: bool) -> Cell:
    bare = COUNTRY.sub("", PUNCTUATION.sub("", text))
    if MOBILE.fullmatch(bare):
        return Cell(bare)
    if DEMO_MOBILE.fullmatch(bare):
        return Cell(bare) if demo else refused("phone_demo_refused")
    return _fixed(text, bare) or refused(_why_not(text, bare))


def _fixed(text: str, bare: str) -> Cell | None:
    extension = EXTENSION.search(text)
    if extension and (match := FIXED.fullmatch(PUNCTUATION.sub("", text[: extension.start()]))):
        return Cell(f"{match[1]}-{match[2]}-{extension[1]}")
    abroad = len(bare) > 9 and bare != PUNCTUATION.sub("", text)  # +86 750…: 86 stands for the zero
    if match := FIXED.fullmatch(bare) or FIXED.fullmatch("0" + bare if abroad else ""):
        return Cell(f"{match[1]}-{match[2]}" + (f"-{match[3]}" if match[3] else ""))
    if SERVICE.fullmatch(bare):
        return Cell(bare)
    if LOCAL.fullmatch(bare):
        return Cell(bare, "", "phone_without_area")
    match = ABROAD.fullmatch(bare)
    return Cell("+" + match[1]) if match and not match[1].startswith("86") else None


def _why_not(text: str, bare: str) -> str:
    if "*" in text:
        return "phone_masked"
    if SCIENTIFIC.fullmatch(text):
        return "phone_precision_lost"
    if not bare.lstrip("+").isdecimal():
        return "phone_characters"
    return "phone_zero_lost" if ZERO_LOST.fullmatch(bare) else "phone_length"

"""Width, dashes and Chinese numerals of addresses, made one."""

from __future__ import annotations

import re

FOLD: dict[int, int | str | None] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
FOLD |= {ord(blank): None for blank in " \t\r\n\f\v\u3000\u00a0\u200b\u200c\u200d\u2060\ufeff"}
FOLD |= {ord(dash): "-" for dash in "‐‑‒–—―－﹣~～〜"}
FOLD |= {ord("＃"): "#", ord("樓"): "楼", ord("棟"): "栋", ord("號"): "号", ord("單"): "单", ord("層"): "层"}
FOLDABLE = re.compile("[" + re.escape("".join(map(chr, FOLD))) + "]")
DIVIDING = re.compile(r"(?<=\d)[ \u3000]+(?=\d)")
HAN = "〇零一二三四五六七八九十百"
DIGIT = {"〇": 0, "零": 0, "两": 2} | {character: n for n, character in enumerate("一二三四五六七八九", 1)}
LEADING = re.compile(r"(?<![\dA-Za-z])0+(?=\d)", re.ASCII)


def fold(text: str) -> str:
    """Half width, one kind of dash, no blanks; a blank that divides two numbers is a dash, too."""
    # Translating costs six times a search, and most addresses need none.
    return DIVIDING.sub("-", text).translate(FOLD) if FOLDABLE.search(text) else text


def arabic(text: str) -> str:
    """A numeral in canonical form: 二十一 -> 21, 五〇二 -> 502, 0502 -> 502, 12a -> 12A."""
    if not text or (text.isdecimal() and text[0] != "0"):
        return text
    if all(character in HAN for character in text):
        return str(_value(text)) if "十" in text or "百" in text else str(int(_spelt(text)))
    return LEADING.sub("", text.upper())


def _spelt(text: str) -> str:
    return "".join(str(DIGIT[character]) for character in text)


def _value(text: str) -> int:
    total, current = 0, 0
    for character in text:
        if character == "百":
            total, current = total + (current or 1) * 100, 0
        elif character == "十":
            total, current = total + (current or 1) * 10, 0
        else:
            current = DIGIT[character]
    return total + current

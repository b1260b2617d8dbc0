"""From the text of a household-register address to the region it lies in."""

from __future__ import annotations

import os
import re
from functools import cache, lru_cache

import stdnum

_LINE = re.compile(r'^(\s*)(\d+).*?(?:county|province)="(?:\[[^\]]*\])?([^"]+)"')
_SUFFIX = re.compile(r"(特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|省|市)$")


@cache
def _regions() -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Province name → two digits, and per province prefecture or county name → six digits
    (GB/T 2260 as python-stdnum ships it)."""
    provinces: dict[str, str] = {}
    places: dict[str, dict[str, str]] = {}
    province = ""
    path = os.path.join(os.path.dirname(stdnum.__file__), "cn", "loc.dat")
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            match = _LINE.match(line)
            if not match:
                continue
            indent, code, name = match.groups()
            if not indent:
                province = code[:2]
                provinces[_SUFFIX.sub("", name)] = province
            else:
                places.setdefault(province, {}).setdefault(name.split(",")[0], province + code)
    return provinces, places


@lru_cache(maxsize=65536)
def region_code(text: str, home: str = "") -> str:
    """The six-digit code of the region a hukou address names, as finely as the text tells.

    Args:
        text: an address, a region name or a code, e.g. "广西壮族自治区南宁市…", "450000".
        home: six digits of the district the ledger belongs to, for addresses that leave out the province.

    Returns:
        Six digits (ending in zeros where only the province or city is known), "" when it cannot be told.
    """
    text = text.replace(" ", "")
    if text[:6].isdigit() and len(text) >= 6:
        return text[:6]
    provinces, places = _regions()
    for name in (text[:2], text[:3], text[:7]):  # as long as names of provinces are
        if code := provinces.get(name, ""):
            rest = _SUFFIX_AFTER.sub("", text[len(name) :], count=1)
            return _within(rest, code, places) or code + "0000"
    return _within(text, home[:2], places) if home else ""


_SUFFIX_AFTER = re.compile(r"^(特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|省|市)")


def _within(text: str, province: str, places: dict[str, dict[str, str]]) -> str:
    """The county if named, else the prefecture, at the beginning of ``text``."""
    known = places.get(province, {})
    city = _named(text, known, prefix="")
    if not city:
        return ""
    if city.endswith("00"):
        rest = text[text.index("市") + 1 :] if "市" in text[:8] else text[2:]
        return _named(rest, known, prefix=city[:4]) or city
    return city


def _named(text: str, known: dict[str, str], prefix: str) -> str:
    for length in (6, 5, 4, 3, 2):
        for candidate in (text[:length], text[:length] + "市"):
            code = known.get(candidate, "")
            if code and code.startswith(prefix):
                return code
    return ""

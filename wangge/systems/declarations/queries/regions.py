"""Where somebody comes from: names of provinces and prefectures, and their codes (GB/T 2260)."""

from __future__ import annotations

import os
import re
from functools import cache

import stdnum

from wangge.lib.hukou import region_code
from wangge.lib.identifiers import PROVINCES

_ROW = re.compile(r'^(\s*)(\d+).*?(?:county|province)="(\[[^\]]*\])?([^"]+)"')
_NOT_A_PLACE = re.compile(r"^(市辖区|县|.*直辖县级.*)$")


@cache
def regions() -> dict[str, str]:
    """Name → six digits of every province and of every prefecture now in force: "湖北省武汉市" → 420100."""
    found = {name: f"{code}0000" for code, name in PROVINCES.items() if code != "83"}
    province = ""
    path = os.path.join(os.path.dirname(stdnum.__file__), "cn", "loc.dat")
    with open(path, encoding="utf-8") as lines:
        for match in filter(None, map(_ROW.match, lines)):
            indent, code, years, name = match.groups()
            if not indent:
                province = code[:2]
            elif code.endswith("00") and code != "0000" and _in_force(years) and not _NOT_A_PLACE.match(name):
                found[PROVINCES.get(province, "") + name.split(",")[0]] = province + code
    return found


def _in_force(years: str | None) -> bool:
    return not years or years.endswith("-]")


def region_of(text: str) -> str:
    """The code of the region a text names, as finely as it tells; "" when it names none."""
    text = re.sub(r"\s+", "", text)
    known = regions()
    if text in known:
        return known[text]
    ends = {
        code
        for name, code in known.items()
        if len(text) > 1 and name.rstrip("市").endswith(text.rstrip("市"))
    }
    return ends.pop() if len(ends) == 1 else region_code(text)

"""What a screen shows of a personal value until somebody reveals it with a reason (decision 6)."""

from __future__ import annotations

import re

from wangge.lib.addresses import parse
from wangge.lib.addresses.numerals import fold

HIDDEN = "***"
DIGITS = re.compile(r"[0-9A-Za-z]+")


def mask_name(name: str | None) -> str:
    """张三 -> 张*, 张三丰 -> 张*丰, 欧阳小明 -> 欧**明; a single character stays alone as *."""
    text = (name or "").strip()
    if len(text) < 2:
        return "*" if text else ""
    if len(text) == 2:
        return text[0] + "*"
    return text[0] + "*" * (len(text) - 2) + text[-1]


def mask_id(number: str | None) -> str:
    """The first three and the last four characters; of a short number only the last two."""
    text = (number or "").strip()
    if len(text) < 10:
        return "*" * max(len(text) - 2, 0) + text[-2:] if len(text) > 4 else "*" * len(text)
    return text[:3] + "*" * (len(text) - 7) + text[-4:]


def mask_phone(phone: str | None) -> str:
    """13812345678 -> 138****5678; 0750-3123456 -> 0750-***3456."""
    text = (phone or "").strip()
    area, dash, local = text.partition("-")
    if dash and area.startswith("0") and len(local) > 4:
        return f"{area}-{'*' * (len(local) - 4)}{local[-4:]}"
    if len(text) < 8:
        return "*" * max(len(text) - 2, 0) + text[-2:] if len(text) > 4 else "*" * len(text)
    return text[:3] + "*" * (len(text) - 7) + text[-4:]


def mask_address(address: str | None) -> str:
    """Everything to the building, and *** for what lies inside it.

    Where no building is written the road stays and the door number goes; where not even a road
    can be told every number goes.
    """
    text = fold(address or "")
    if not text:
        return ""
    parsed = parse(text)
    if parsed.building and (parsed.estate or parsed.road):
        anchor = parsed.estate or parsed.road
        building = re.compile(r"[^-栋幢座楼#]*?(?:号楼|号栋|号幢|号座|栋|幢|座|#|-)")
        match = building.match(text, text.rfind(anchor) + len(anchor))
        if match:
            return text[: match.end()].rstrip("-") + HIDDEN
    if parsed.road and parsed.road in text:
        return text[: text.index(parsed.road) + len(parsed.road)] + HIDDEN
    if parsed.estate and parsed.estate in text:
        return text[: text.index(parsed.estate) + len(parsed.estate)] + HIDDEN
    return DIGITS.sub(HIDDEN, text)

"""Numbers for invented people and firms: right in form, impossible in region (decision 11)."""

from __future__ import annotations

from datetime import date

from stdnum.cn import ric, uscc


def make_demo_id(prefix6: str, birth: date, serial: int) -> str:
    """An 18-digit number with a correct check digit that no real person can hold.

    Args:
        prefix6: 999 + the last three digits of the district, e.g. "999703".
        birth: a real date.
        serial: 0–999; odd is male, even female.

    Raises:
        ValueError: the prefix could belong to a real person, or the serial has over three digits.
    """
    _require_demo_region(prefix6)
    if not 0 <= serial <= 999:
        raise ValueError("serial must be 0 to 999")
    body = f"{prefix6}{birth:%Y%m%d}{serial:03d}"
    return body + ric.calc_check_digit(body + "0")


def make_demo_uscc(region6: str, serial: int, *, kind: str = "91") -> str:
    """A unified social credit code with a correct check character in a region that does not exist.

    Args:
        region6: 999 + the last three digits of the district.
        serial: 0–99,999,999, becomes the organisation part (MA + 7 is usual; ours begins with 0).
        kind: department and class, "91" company, "92" self-employed, "52" social organisation.
    """
    _require_demo_region(region6)
    if not 0 <= serial <= 99_999_999:
        raise ValueError("serial must have at most eight digits")
    body = f"{kind}{region6}0{serial:08d}"
    return body + uscc.calc_check_digit(body)


def _require_demo_region(prefix6: str) -> None:
    if len(prefix6) != 6 or not prefix6.isdecimal() or not prefix6.startswith("999"):
        raise ValueError("a demo number needs a region prefix of six digits that begins with 999")

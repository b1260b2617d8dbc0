"""统一社会信用代码: 18 characters, GB 32100-2015."""

from __future__ import annotations

import re
from typing import NamedTuple

from stdnum.cn import uscc

from .regions import PROVINCES
from .resident import SCIENTIFIC, compact, text_of_number

# The first two characters may be letters (N2… are rural collectives), which stdnum's own
# ``validate`` refuses; its check digit is used, its form test is not.
FORM = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}", re.ASCII)
DEMO_REGION = "999"


class Uscc(NamedTuple):
    """A checked code: canonical ``number`` ("" when refused), ``error`` and ``warning`` codes."""

    number: str = ""
    error: str = ""
    warning: str = ""

    @property
    def self_employed(self) -> bool:
        """Whether the code belongs to an individually-owned business (92…)."""
        return self.number.startswith("92")


def check_uscc(value: object, *, demo: bool = False) -> Uscc:
    """Check a unified social credit code.

    Args:
        value: text, or the number a spreadsheet made of an all-digit code.
        demo: accept the demo region 999xxx.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        digits = text_of_number(value)
        return Uscc(error="uscc_length" if digits else "uscc_precision_lost")
    code = compact(str(value))
    if SCIENTIFIC.fullmatch(code):
        return Uscc(error="uscc_precision_lost")
    if len(code) != 18:
        return Uscc(error="uscc_old_number" if re.fullmatch(r"\d{13}|\d{15}", code) else "uscc_length")
    if not FORM.fullmatch(code):
        return Uscc(error="uscc_characters")
    if code[-1] != uscc.calc_check_digit(code):
        return Uscc(error="uscc_checksum")
    if code[2:5] == DEMO_REGION:
        return Uscc(code) if demo else Uscc(error="uscc_demo_refused")
    # 10 is the region digit pair of bodies registered with the State Administration itself.
    known = code[2:4] in PROVINCES or code[2:4] == "10"
    return Uscc(code, "", "" if known else "uscc_region_unknown")

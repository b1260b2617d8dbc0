"""Words and values from elsewhere, read as the importer reads a ledger's: what a question means, what an
answer to it is."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from wangge.lib.cells import message

from ..dictionary import fact as fact_of
from ..mapping.headers import readings
from ..pipeline.clean import clean_one

SURE = 0.8  # from here a reading is worth proposing
_POLITE = re.compile(r"^(?:请问|请填写|请选择|请输入|填写|您家的?|您的|你的|您|你|本人的?)+")
_ASKING = re.compile(r"(?:是什么|是多少|是哪里|是谁|是哪一?个|有哪些|怎么样|如何|吗|呢|是)?[？?。：:]*$")


def wording(label: str) -> str:
    """A question as a column would be headed: 请问您的手机号码是多少？ → 手机号码."""
    return _ASKING.sub("", _POLITE.sub("", label.strip())).strip()


def meant_by(*texts: str) -> str:
    """The fact that one of these texts names as surely as the importer would take it unasked; "" for none."""
    for text in texts:
        found = readings(text) if text else ()
        if found and found[0].score >= SURE and not found[0].ask and fact_of(found[0].fact).target != "row":
            return found[0].fact
    return ""


def read_value(fact: str, raw: Any, *, demo: bool, today: date, home: str = "") -> tuple[str, str]:
    """One value of a fact, as the register keeps it, and what is wrong with it ("" when nothing is).

    Args:
        raw: as it was typed, or a code of the fact's list. demo: accept demo identities. today: births lie
        before it. home: six digits of the district, for regions.

    Raises:
        KeyError: no such fact.
    """
    value, code = clean_one(fact_of(fact).code, raw, demo=demo, today=today, home=home)
    return value, message(code) if code and not value else ""

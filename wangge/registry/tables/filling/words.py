"""The word a sheet wants for a value: its drop-down list's own, a tick, or a box to be ticked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wangge.foundation.territory.queries import short_name
from wangge.registry.ledgers.dictionary import code_list, code_lists, facts
from wangge.registry.ledgers.dictionary.codes import plain

from ..meanings import Meaning, wording
from ..meanings.conditions import ages_of
from ..meanings.wording import ROOM_STATES

_BEFORE = re.compile(r"([□☐○◯])(\s*)([^\s□☐○◯/／、，,；;|]+)")
_AFTER = re.compile(r"([^\s□☐○◯/／、，,；;|]+)(\s*)([□☐○◯])")
_TICKED = {"□": "☑", "☐": "☑", "○": "●", "◯": "●"}


def chosen(meaning: Meaning, value: object, code: str, choices: Sequence[str]) -> str | None:
    """The list's own word for a value; None when it has none."""
    if isinstance(value, bool):
        return next((one for one in choices if code_list("mark").find(one) == str(int(value))), None)
    if meaning.code == "age_band":
        return next((one for one in choices if _within(one, code)), None)
    text = str(value)
    for one in choices:
        if one == text or plain(one) == plain(text) or short_name(one) == short_name(text):
            return one
    return next((one for one in choices if code and _stored(meaning, one) == code), None)


def _within(choice: str, age: str) -> bool:
    low, high = ages_of(wording.read(choice).condition)
    return age.isdigit() and (low, high) != (None, None) and (low or 0) <= int(age) <= (high or 200)


def _stored(meaning: Meaning, word: str) -> str:
    """The code a word stands for in the fact's own list."""
    fact = facts().get(meaning.code)
    found = code_lists()[fact.codes].find(word) if fact and fact.codes in code_lists() else None
    return ROOM_STATES.get(found or "", "") if meaning.code == "room_state" else found or ""


def tick(header: str, asks: bool) -> tuple[str, str]:
    """What stands for yes and for no in a column."""
    if "√" in header or "✓" in header or "打勾" in header:
        return "√", "×" if "×" in header or "打叉" in header else ""
    return ("是", "否") if asks else ("√", "")


def ticked(template: str, meaning: Meaning, value: object, code: str) -> str:
    """男□女□ with the right box ticked; as it is when none is."""
    before = template.lstrip().startswith(tuple(_TICKED))

    def mark(found: re.Match[str]) -> str:
        box, word = (found[1], found[3]) if before else (found[3], found[1])
        done = _TICKED[box] if _meant(word, meaning, value, code) else box
        return f"{done}{found[2]}{word}" if before else f"{word}{found[2]}{done}"

    return (_BEFORE if before else _AFTER).sub(mark, template)


def _meant(word: str, meaning: Meaning, value: object, code: str) -> bool:
    if isinstance(value, bool):
        return code_list("mark").find(word) == str(int(value))
    return plain(word) == plain(value) or bool(code and _stored(meaning, word) == code)

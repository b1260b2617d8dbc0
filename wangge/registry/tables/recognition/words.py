"""Headers whose values are computed and stand in no dictionary (spec 5.4 lists those that do)."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path

from wangge.registry.ledgers.dictionary import exact, facts, header_forms, normal_header, recognised
from wangge.registry.ledgers.mapping.headers import readings

from ..meanings import wording

_WORDS: dict[str, str] = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
_DERIVED = {word: code for code, words in _WORDS.items() for word in words.split()}
_ASKING = re.compile(r"^(?:是否|是不是|有无|有没有)为?")
_COUNT = re.compile(r"(?:的)?(?:总)?(?:人口数|人员数|人数|数量|人口|人员|户数|数)$")
_QUANTITY = re.compile(r"(?:人数|总数|数量|数)$")
_COUNTED = re.compile(r"[（(]\s*(?:人|名|位|个)\s*[)）]$")
_BRACKETS = re.compile(r"[(\[【〔](?![^)\]】〕]*\d+[^)\]】〕]*岁)[^()\[\]【】〔〕]*[)\]】〕]")
_NUMBERED = re.compile(r"^(?:\d{1,2}[.、)]|[①-⑳])")
_EITHER = ("sex", "room_state", "residence_way", "hukou_nature", "marriage", "employment")
_OF_HEAD = re.compile(r"^户主(?:的)?(.+)$")
# In a table of buildings or households these are numbers, in one of people they are their own facts.
_NUMBERS = {"层数": "floors", "房间": "rooms", "从业人员": "staff_number"}


def derived(leaf: str, unit: str) -> str:
    """The computed value a header names, as a meaning; "" when it names none."""
    plain = normal_header(leaf)
    if unit == "building" and plain in _NUMBERS:
        return _NUMBERS[plain]
    if found := _DERIVED.get(plain, ""):
        return "household_size" if found == "people" and unit in ("person", "household") else found
    return _of_head(plain, unit)


def _of_head(plain: str, unit: str) -> str:
    """户主电话: the head's own; in a table of households that is the row's."""
    found = _OF_HEAD.match(plain)
    if not found or exact(plain):
        return ""
    codes = exact(found[1]) or tuple(one.fact for one in readings(found[1])[:1])
    return ("" if unit == "household" else "head:") + codes[0] if codes else ""


def marked(leaf: str, group: str, unit: str) -> str:
    """A condition as a column: 是否独居, 60岁以上, 其中：男（人）; "" when the header is no condition."""
    asked = bool(_ASKING.match(normal_header(leaf)))
    plain = _ASKING.sub("", _soft(leaf))
    counted = bool(_COUNTED.search(leaf.strip())) or (not asked and bool(_COUNT.search(plain)))
    reading = wording.read(_QUANTITY.sub("", plain) if counted else plain)
    if counted and not reading.whole:
        reading = wording.read(_COUNT.sub("", plain))
    if not reading.whole or wording.contradicts(reading.condition):
        return ""
    if asked or (unit == "person" and not counted):
        return f"mark:{reading.condition}"
    if counted or unit in ("household", "building", "room"):
        return f"count:{reading.condition}"
    return ""


def _soft(text: str) -> str:
    """A header without blanks, numbering and brackets; 18-59岁 keeps its dash."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return _NUMBERED.sub("", _BRACKETS.sub("", plain)).strip("*★☆:,、。")


def either(leaf: str) -> str:
    """租住/自住, 男／女: the fact whose code list has all these words; "" when there is none."""
    parts = [part for part in re.split(r"[/／、|｜或]", _soft(leaf)) if part]
    if len(parts) < 2:
        return ""
    return next((fact for fact in _EITHER if all(wording.word_of(fact, part) for part in parts)), "")


def asks(leaf: str) -> bool:
    """Whether a header asks for yes or no."""
    return bool(_ASKING.match(normal_header(leaf)))


def coded_by(group: str, leaf: str) -> str:
    """A column headed by a word of its group's code list (住房类型/租住) as a condition; "" otherwise."""
    if leaf.strip().endswith(("以上", "以下")):
        return ""  # 本科及以上 is more than one code
    for part in reversed(group.split("/")):
        codes = exact(normal_header(part)) or tuple(one.fact for one in readings(part)[:1] if part)
        for code in codes:
            if code in facts() and facts()[code].codes and (found := wording.word_of(code, leaf)):
                return f"mark:{found}"
    return ""


def known(text: str) -> float:
    """How sure it is that a cell is a column's header: 1 a word we know, less for one that ends in such."""
    sure = recognised(text)
    if sure >= 1 or not text.strip():
        return sure
    plain = header_forms(text)[0]
    if not 0 < len(plain) <= 14:
        return 0.0
    if derived(text, "household") or (len(plain) > 1 and marked(text, "", "person")):
        return 1.0
    return max(sure, 0.5 if plain in ("男", "女") else 0.0)

"""Headers of ledgers, brought to one form and looked up among the dictionary's words (spec §5.4)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache

from .admitted import Admitted, admitted
from .facts import facts, load
from .said import Said

_BRACKETS = re.compile(r"[(\[{<【〔《「][^()\[\]{}<>【】〔〕《》「」]*[)\]}>】〕》」]")
_NUMBERING = re.compile(r"^(?:\d{1,2}[.、)）:．]+|第?[一二三四五六七八九十]{1,2}[、.)）．]|[①-⑳])")
_NOISE = re.compile(r"[\s*★☆※#_\-—~·.。、,，;；:：?？!！'\"“”‘’|＊ *\\]+")
_TRADITIONAL = str.maketrans(
    "電話號碼證戶關係籍貫現業職務單層樓棟齡學歷狀況離開來產權聯絡國間時記編類見員營範圍額備註與網縣鎮鄉區場註冊統會營執",
    "电话号码证户关系籍贯现业职务单层楼栋龄学历状况离开来产权联络国间时记编类见员营范围额备注与网县镇乡区场注册统会营执",
)


@dataclass(frozen=True)
class Refusal:
    """Why a column is not imported: stable code and the reason shown to the user."""

    code: str
    reason: Said


@lru_cache(maxsize=20_000)
def normal_header(text: object) -> str:
    """Return a header as words are compared: no numbering, brackets, marks, blanks; lower case."""
    plain = unicodedata.normalize("NFKC", _without_circles(str(text or ""))).strip()
    plain = _NUMBERING.sub("", plain.translate(_TRADITIONAL).strip("*★☆ \n"))
    bare = _clean(_BRACKETS.sub("", plain))
    return bare or _clean(plain.translate(str.maketrans("", "", "()[]{}<>【】〔〕《》「」")))


def header_forms(text: object) -> tuple[str, ...]:
    """Return the forms of a header worth looking up: without what stands in brackets, then with it."""
    first = normal_header(text)
    plain = unicodedata.normalize("NFKC", str(text or "")).translate(_TRADITIONAL)
    whole = _clean(
        _NUMBERING.sub("", plain.strip("* ")).translate(str.maketrans("", "", "()[]{}<>【】《》/"))
    )
    return (first,) if whole == first else (first, whole)


def exact(header: str) -> tuple[str, ...]:
    """Return the fact codes one of whose words is exactly this normalised header."""
    return known_words().get(header, ())


def known_words() -> dict[str, tuple[str, ...]]:
    """Return every normalised word of the dictionary with the fact codes it may mean."""
    return _index(admitted())


def refusal(header: str) -> Refusal | None:
    """Return why a normalised header is never imported, or None. Ask `exact` before."""
    if found := _refused_exact().get(header):
        return found
    return next((why for word, why in _refused_within() if word in header), None)


def never(text: str, among: Collection[str] = ()) -> Refusal | None:
    """Return why a field with this text in its name, values or question may never be admitted.

    Args: among: codes of refusals to look at only; all when empty.
    """
    plain = normal_header(text) + unicodedata.normalize("NFKC", text).lower()
    return next((why for word, why in _never() if word in plain and (not among or why.code in among)), None)


def never_asked(text: str) -> Refusal | None:
    """Return why a form may not ask what this label or option says. Narrower than ``never``, which compares
    short headers: 烟感报警器 in a checklist is no police record."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return next((why for word, why in _never_asked() if word in plain), None)


@cache
def refusals() -> dict[str, Said]:
    """Every reason of the dictionary not to import a column, by its code."""
    return {row["code"]: _reason(row) for row in load("refused.toml")["refused"]}


def recognised(text: object) -> float:
    """Return how sure it is that a cell is a column header: 1 exact word, 0.6 ends in one, 0 none."""
    for form in header_forms(text):
        if exact(form) or form in _refused_exact():
            return 1.0
    header = header_forms(text)[0]
    if not 2 <= len(header) <= 14:
        return 0.0
    if any(exact(header[start:]) for start in range(1, len(header) - 1)):
        return 0.6
    return 0.6 if any(word in header for word, _why in _refused_within()) else 0.0


def _clean(text: str) -> str:
    return _NOISE.sub("", text).lower()


def _without_circles(text: str) -> str:
    return re.sub(r"^[①-⑳⑴-⒇]", "", text.strip())


@lru_cache(maxsize=2)
def _index(more: Admitted) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for fact in facts().values():
        for word in () if fact.code in more.withdrawn else (fact.name, *fact.synonyms):
            codes = found.setdefault(_clean(word), [])
            if fact.code not in codes:
                codes.append(fact.code)
    for word, code in more.words.items():
        if code in facts():
            found.setdefault(word, [code])
    return {word: tuple(codes) for word, codes in found.items()}


def _reason(row: dict) -> Said:
    return Said(row["reason"], row["reason_en"])


@cache
def _refused_exact() -> dict[str, Refusal]:
    return {
        word: Refusal(row["code"], _reason(row))
        for row in load("refused.toml")["refused"]
        for word in (row.get("exact", "") + " " + row.get("any", "")).split()
    }


@cache
def _refused_within() -> tuple[tuple[str, Refusal], ...]:
    """Latin words only count as a whole header: "dna" stands inside "idname"."""
    return tuple(
        (word, Refusal(row["code"], _reason(row)))
        for row in load("refused.toml")["refused"]
        for word in row.get("any", "").split()
        if not word.isascii()
    )


@cache
def _never_asked() -> tuple[tuple[str, Refusal], ...]:
    return tuple(
        (word, Refusal(row["code"], _reason(row)))
        for row in load("refused.toml")["refused"]
        for word in row.get("asked", "").split()
    )


@cache
def _never() -> tuple[tuple[str, Refusal], ...]:
    """What decision 1 of the product keeps out for good (refused.toml, ``never``)."""
    return tuple(
        (word, Refusal(row["code"], _reason(row)))
        for row in load("refused.toml")["refused"]
        if row.get("never")
        for word in f"{row.get('any', '')} {row.get('also', '')}".split()
        if len(word) > 3 or not word.isascii()
    )

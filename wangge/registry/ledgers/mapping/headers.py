"""Readings of one header: exact word, role and word, ending, misspelling, pinyin (spec §5.4)."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from wangge.registry.ledgers.dictionary import (
    Refusal,
    admitted,
    exact,
    facts,
    header_forms,
    known_words,
    normal_header,
    refusal,
)

from .proposals import Candidate
from .roles import combined, role_of, split_role

_HARMLESS_TAILS = ("信息", "情况", "号", "号码", "代码", "名称", "填写", "一栏", "详情", "列")
_NEUTRAL = (
    "本人",
    "居民",
    "人员",
    "员工",
    "现",
    "实际",
    "常用",
    "个人",
    "所属",
    "所在",
    "对象",
    "住户",
    "主要",
    "有效",
    "最新",
    "中文",
    "真实",
    "村民",
    "学生",
    "老人",
    "从业人员",
    "来访人",
    "流动人口",
    "被",
    "详细",
    "具体",
    "当前",
)
_GROUP_REFUSALS = {
    "relative",
    "epidemic",
    "health",
    "justice",
    "score",
    "track",
    "religion",
    "politics",
    "income",
}
_WHEN = ("何时", "几时", "何年")  # 何时来江 asks for 来江时间
_STAFF_ENDINGS = ("员", "人", "长", "干部", "民警", "警")


def group_and_leaf(column: str) -> tuple[str, str]:
    """Split a header of several rows into its groups and its last row, both normalised."""
    parts = [normal_header(part) for part in column.split("/")]
    return "".join(parts[:-1]), parts[-1]


def readings(column: str) -> tuple[Candidate, ...]:
    """Return what a header may mean, best first."""
    return _readings(column, admitted().edition)


@lru_cache(maxsize=5_000)
def _readings(column: str, _edition: int) -> tuple[Candidate, ...]:
    for form in _whole_forms(column):
        if codes := exact(form):
            return tuple(Candidate(code, 1.0, "exact") for code in codes)
    if both := _work_or_school(column):
        return both
    group, leaf = group_and_leaf(column)
    found = _of_leaf(leaf)
    if group and (role := role_of(group)):
        return _under(role, found) or _bare_role(role, leaf)
    if group and not found:
        return _of_leaf(group + leaf) or _of_leaf(group)
    return found


def _work_or_school(column: str) -> tuple[Candidate, ...]:
    """工作单位/学校, 就读学校或单位: either may stand in a cell, so the column is asked."""
    codes = [set(exact(part)) for part in re.split("[/或及和与、]", normal_header(column)) if part]
    if len(codes) != 2 or not any(
        "school" in one and "employer" in other for one, other in (codes, codes[::-1])
    ):
        return ()
    return (Candidate("employer", 0.9, "contains", ask=True), Candidate("school", 0.88, "contains"))


def refused(column: str) -> Refusal | None:
    """Return why a header is never imported. A word of the dictionary is, its group permitting."""
    return _refused(column, admitted().edition)


@lru_cache(maxsize=5_000)
def _refused(column: str, _edition: int) -> Refusal | None:
    group, leaf = group_and_leaf(column)
    if group and (why := _refused_group(column)):
        return why
    if any(exact(form) for form in _whole_forms(column)) or exact(leaf):
        return None
    return refusal(leaf) or refusal(normal_header(column))


def _refused_group(column: str) -> Refusal | None:
    for part in map(normal_header, column.split("/")[:-1]):
        why = None if exact(part) or role_of(part) else refusal(part)
        if why and (
            why.code in _GROUP_REFUSALS or (why.code == "paperwork" and part.endswith(_STAFF_ENDINGS))
        ):
            return why
    return None


def _whole_forms(column: str) -> tuple[str, ...]:
    return tuple(form.replace("/", "") for form in header_forms(column))


def _under(role: str, found: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    made = [(combined(role, reading.fact), reading) for reading in found]
    return tuple(
        Candidate(code, reading.score * 0.98, reading.reason, reading.ask) for code, reading in made if code
    )


def _bare_role(role: str, leaf: str) -> tuple[Candidate, ...]:
    """房东/房东: the group repeated is the person's name."""
    code = combined(role, "") if role_of(leaf) == role or not leaf else None
    return (Candidate(code, 0.9, "contains"),) if code else ()


def _of_leaf(leaf: str) -> tuple[Candidate, ...]:
    if codes := exact(leaf):
        return tuple(Candidate(code, 0.98, "exact") for code in codes)
    if refusal(leaf) or not leaf:
        return ()
    if leaf.startswith(_WHEN):
        return _of_leaf(leaf[2:] + "时间")
    return _by_role(leaf) or _by_ending(leaf) or _by_pinyin(leaf) or _by_spelling(leaf)


def _by_role(leaf: str) -> tuple[Candidate, ...]:
    role, rest = split_role(leaf)
    if not role:
        return ()
    found = tuple(Candidate(code, 0.95, "contains") for code in exact(rest)) or _by_ending(rest)
    return _under(role, found)


def _by_ending(leaf: str) -> tuple[Candidate, ...]:
    """A Chinese noun has its head last: 本人常用手机 is a 手机. One sign alone needs a harmless lead."""
    if leaf.startswith(("是否", "有无", "有没有", "是不是")):
        return ()
    for start in range(1, len(leaf)):
        word = leaf[start:]
        if codes := exact(word):
            return (
                tuple(_ending(code, leaf[:start], word) for code in codes)
                if _trusted(leaf[:start], word)
                else ()
            )
    for tail in _HARMLESS_TAILS:
        if leaf.endswith(tail) and (codes := exact(leaf[: -len(tail)])):
            return tuple(Candidate(code, 0.85, "contains") for code in codes)
    return ()


def _trusted(lead: str, word: str) -> bool:
    return len(word) > 1 or lead in _NEUTRAL


def _ending(code: str, lead: str, word: str) -> Candidate:
    score = 0.9 if lead in _NEUTRAL else 0.55 + 0.35 * len(word) / (len(lead) + len(word))
    return Candidate(code, score, "contains", ask=score < 0.7)


def _by_spelling(leaf: str) -> tuple[Candidate, ...]:
    if len(leaf) < 4 or leaf.isascii():
        return ()
    hits = process.extract(leaf, list(known_words()), scorer=Levenshtein.distance, score_cutoff=1, limit=5)
    codes = dict.fromkeys(code for word, _d, _i in hits if len(word) >= 4 for code in exact(word))
    # One sign of four is often another word (入职时间 is no 入住时间): ask.
    return tuple(Candidate(code, 0.8, "fuzzy", ask=len(codes) > 1 or len(leaf) < 5) for code in codes)


def _by_pinyin(leaf: str) -> tuple[Candidate, ...]:
    """姓明 sounds like 姓名; XM and xingming stand in tables that a database wrote."""
    if len(leaf) < 2:
        return ()
    edition = admitted().edition
    if leaf.isascii():
        codes = _sounds(edition).get(leaf) or _initials(edition).get(leaf, ())
    else:
        codes = _sounds(edition).get("".join(_syllables(leaf)), ())
    return tuple(Candidate(code, 0.82, "pinyin", ask=len(codes) > 1) for code in codes)


@lru_cache(maxsize=2)
def _sounds(_edition: int) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for word, codes in known_words().items():
        if len(word) > 1 and not word.isascii():
            found.setdefault("".join(_syllables(word)), {}).update(dict.fromkeys(codes))
    return {sound: tuple(codes) for sound, codes in found.items()}


@lru_cache(maxsize=2)
def _initials(_edition: int) -> dict[str, tuple[str, ...]]:
    """Only each fact's own name and first words, the usual ones first: XM is 姓名 before it is 小名."""
    found: dict[str, dict[str, None]] = {}
    for rank in range(6):
        for fact in facts().values():
            word = normal_header([fact.name, *fact.synonyms][rank]) if rank <= len(fact.synonyms) else ""
            if len(word) > 1 and not word.isascii():
                letters = "".join(syllable[0] for syllable in _syllables(word))
                if rank < 3 or letters not in found:
                    found.setdefault(letters, {})[fact.code] = None
    return {letters: tuple(codes) for letters, codes in found.items()}


@lru_cache(maxsize=5_000)
def _syllables(word: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin  # costs a quarter of a second, and most headers never need it

    return tuple(lazy_pinyin(word))

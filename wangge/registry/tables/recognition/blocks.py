"""One row per household, its members side by side: which columns belong to which member."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from wangge.registry.ledgers.dictionary import exact, normal_header
from wangge.registry.ledgers.mapping.roles import role_of, split_role

_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九十", start=1)}
_MEMBER = re.compile(
    r"^(?:家庭|同住|共同居住|户内|共同生活)?(?:成员|家属|人员|同住人|家人|家庭成员)(?:信息|情况)?(?:之)?"
    r"(\d{1,2}|[一二三四五六七八九十])(?:号)?[/:：_\-]?(.*)$"
)
_TRAILING = re.compile(r"^(.+?)(\d{1,2})$")
_NOT_NUMBERED = {"phone", "phone2", "remark", "employer"}  # 电话2 is a second phone, no second person


def members(columns: Mapping[int, str]) -> dict[int, tuple[int, str]]:
    """Column → (number of the member from 1, header of the fact); empty when rows are no households."""
    numbered = {column: found for column, text in columns.items() if (found := _numbered(text))}
    if len({number for number, _leaf in numbered.values()}) >= 2 and _named(numbered):
        return numbered
    return _repeated(columns)


def _named(found: Mapping[int, tuple[int, str]]) -> bool:
    """Each member has a name, or the blocks are something else (三年级1班)."""
    numbers = {number for number, _leaf in found.values()}
    return numbers == {number for number, leaf in found.values() if "name" in exact(normal_header(leaf))}


def _numbered(text: str) -> tuple[int, str] | None:
    plain = "/".join(normal_header(part) for part in text.split("/"))
    for at in range(len(plain.split("/"))):  # 家庭成员情况/成员1/姓名
        tail = "/".join(plain.split("/")[at:])
        if hit := _MEMBER.match(tail):
            number = int(hit[1]) if hit[1].isdigit() else _DIGITS[hit[1]]
            return number, hit[2].strip("/:：") or "姓名"
    hit = _TRAILING.match(plain.split("/")[-1])
    if hit and (codes := set(exact(hit[1]))) and not codes & _NOT_NUMBERED:
        return int(hit[2]), hit[1]
    return None


def _repeated(columns: Mapping[int, str]) -> dict[int, tuple[int, str]]:
    """姓名 关系 身份证号 姓名 关系 身份证号 under a group of members, or behind the head's own columns."""
    order = sorted(columns)
    leaves = [normal_header(columns[column].split("/")[-1]) for column in order]
    starts = [
        at for at, leaf in enumerate(leaves) if "name" in exact(leaf) and not _someones(columns[order[at]])
    ]
    if len(starts) < 2:
        return {}
    step = starts[1] - starts[0]
    pattern = leaves[starts[0] : starts[1]]
    if step < 2 or any(b - a != step for a, b in pairwise(starts)):
        return {}
    if any(leaves[a : a + step] != pattern for a in starts[:-1]):
        return {}
    width = next(
        (i for i in range(step) if leaves[starts[-1] + i : starts[-1] + i + 1] != [pattern[i]]), step
    )
    return {
        order[start + offset]: (number, leaves[start + offset])
        for number, start in enumerate(starts, start=1)
        for offset in range(width)
    }


def _someones(header: str) -> bool:
    """Under 房东, 承租人 or 户主 stands that one person, and no member."""
    parts = [normal_header(part) for part in header.split("/")]
    return any(role_of(part) for part in parts[:-1]) or bool(split_role(parts[-1])[0])


def has_own_head(columns: Mapping[int, str], found: Mapping[int, tuple[int, str]]) -> bool:
    """Whether the head stands in columns of their own, so that the blocks are for the others."""
    for column, text in columns.items():
        leaf = normal_header(text.replace("/", ""))
        if column not in found and (
            leaf.startswith("户主") or "name" in exact(normal_header(text.split("/")[-1]))
        ):
            return True
    return False

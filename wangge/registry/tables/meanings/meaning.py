"""A meaning as text and taken apart: ``phone``, ``mark:age:60-``, ``count:is:sex=2``, ``member:2:name``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wangge.registry.ledgers.dictionary import called, code_lists, facts

from . import conditions

BLANK, FORMULA = "blank", "formula"  # left to the hand; computed by the sheet itself
_MEMBER = re.compile(r"member:(\d{1,2}):(.+)$")
# Computed values that are no facts of the dictionary, by the name people know.
DERIVED = {
    BLANK: gettext_noop("留空（手填）"),
    FORMULA: gettext_noop("表内公式"),
    "town": gettext_noop("镇街"),
    "district": gettext_noop("区县"),
    "address_path": gettext_noop("详细地址（含镇街社区）"),
    "birth_year": gettext_noop("出生年份"),
    "birth_month": gettext_noop("出生月份"),
    "age_band": gettext_noop("年龄段"),
    "table_date": gettext_noop("填表日期"),
    "household_size": gettext_noop("家庭人数"),
    "people": gettext_noop("居住人数"),
    "rooms": gettext_noop("房屋套数"),
    "rooms_let": gettext_noop("出租套数"),
    "rooms_empty": gettext_noop("空置套数"),
    "households": gettext_noop("户数"),
    "floors": gettext_noop("楼层数"),
    "units": gettext_noop("单元数"),
    "confirmed": gettext_noop("最近核实日期"),
    "work_since": gettext_noop("入职日期"),
}
# Facts of the dictionary that are computed and not kept.
COMPUTED = frozenset({"serial", "age", "person_kind", "is_resident", "remark"})
_NOT_GIVEN = 4  # level of facts that no table gets, but for identity numbers, which are masked
_MASKED_KINDS = ("id_no", "phone")


@dataclass(frozen=True)
class Meaning:
    """text: as it is kept; member: 1, 2 … of the household's members, 0 = the row itself, -1 = its head;
    kind: fact | derived | mark | count; code: of the fact or derived value; condition: of a mark or count."""

    text: str
    member: int
    kind: str
    code: str = ""
    condition: str = ""

    @property
    def by_hand(self) -> bool:
        """Whether we leave its cells alone."""
        return self.code in (BLANK, FORMULA, "remark") and self.kind != "mark"

    @property
    def derivable(self) -> bool:
        """Whether it is computed from facts and is none itself."""
        return self.kind != "fact" or self.code in COMPUTED

    @property
    def withheld(self) -> bool:
        """Whether no table gets it, whoever asks (level 4 of the dictionary)."""
        fact = facts().get(self.code) if self.kind == "fact" else None
        return bool(fact and fact.level >= _NOT_GIVEN and fact.kind != "id_no")

    @property
    def masked(self) -> bool:
        """Whether it is masked for who may not take it in clear."""
        if self.kind != "fact":
            return False
        fact = facts().get(self.code)
        return self.code == "emergency_contact" or bool(fact and fact.kind in _MASKED_KINDS)

    @property
    def base(self) -> str:
        """The fact or derived value it stands on, for counting what tables ask for."""
        return self.code or f"{self.kind}:{self.condition}"


def _derived_or_fact(text: str) -> tuple[str, str, str] | None:
    kind, _colon, rest = text.partition(":")
    if kind in ("mark", "count"):
        return (kind, "", rest) if conditions.valid(rest) else None
    if text in DERIVED:
        return "derived", text, ""
    return ("fact", text, "") if text in facts() else None


@lru_cache(maxsize=4096)
def parse(text: str) -> Meaning:
    """Take a meaning apart. Raises ValueError for what is none."""
    found = _MEMBER.match(text)
    member, rest = (int(found[1]), found[2]) if found else (0, text)
    if text.startswith("head:"):
        member, rest = -1, text[5:]
    made = _derived_or_fact(rest)
    if made is None or (found and not member):
        raise ValueError(text)
    return Meaning(text, member, *made)


def named(text: str) -> str:
    """A meaning as people call it, in the language of the page: member:2:name → 成员2 姓名."""
    if not text:
        return _("留空")
    meaning = parse(text)
    name = _named(meaning)
    if meaning.member < 0:
        return _("户主的%(fact)s") % {"fact": name}
    if meaning.member:
        return _("成员%(number)d %(fact)s") % {"number": meaning.member, "fact": name}
    return name


def _named(meaning: Meaning) -> str:
    if meaning.kind == "fact":
        return called(meaning.code)
    if meaning.kind == "derived":
        return _(DERIVED[meaning.code])
    said = {"said": said_of(meaning.condition)}
    return (_("是否%(said)s") if meaning.kind == "mark" else _("%(said)s人数")) % said


_SAID = {
    "alone": gettext_noop("独居"),
    "local": gettext_noop("本区户籍"),
    "floating": gettext_noop("流动人口"),
    "outside": gettext_noop("外来人口"),
    "resident": gettext_noop("常住"),
    "rented": gettext_noop("租住"),
    "owned": gettext_noop("自有住房"),
    "abroad": gettext_noop("境外"),
    "head": gettext_noop("户主"),
    "working": gettext_noop("就业"),
    "jobless": gettext_noop("无业"),
    "retired": gettext_noop("退休"),
    "student": gettext_noop("在校学生"),
}
_SCHOOLED = {
    "10,20": gettext_noop("本科以上"),
    "10,20,30": gettext_noop("大专以上"),
    "10,20,30,40,60": gettext_noop("高中以上"),
    "40,60,70,80": gettext_noop("高中以下"),
    "70,80": gettext_noop("初中以下"),
}
_STATES = {
    "own": gettext_noop("自住"),
    "rented": gettext_noop("出租"),
    "vacant": gettext_noop("空置"),
    "lent": gettext_noop("出借"),
    "business": gettext_noop("经营"),
    "other": gettext_noop("其他"),
}


def said_of(condition: str) -> str:
    """A condition in words: age:80-&alone → 80岁以上、独居."""
    return _("、").join(_said(part) for part in condition.split("&") if part)


def _said(part: str) -> str:
    if part.startswith("age:"):
        low, _dash, high = part[4:].partition("-")
        if low and high:
            return _("%(low)s至%(high)s岁") % {"low": low, "high": high}
        return _("%(age)s岁以上") % {"age": low} if low else _("%(age)s岁以下") % {"age": high}
    if part.startswith("is:"):
        name, _equals, values = part[3:].partition("=")
        if values in _SCHOOLED and name == "education":
            return _(_SCHOOLED[values])
        return _("或").join(_label(name, value) for value in values.split(","))
    return _(_SAID[part]) if part in _SAID else part


def _label(name: str, value: str) -> str:
    if name == "room_state":
        return _(_STATES[value]) if value in _STATES else value
    return str(code_lists()[name].called(value)) if name in code_lists() else value

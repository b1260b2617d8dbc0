"""Conditions in the words departments use: 80岁以上独居老人 → age:80-&alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wangge.registry.ledgers.dictionary import code_list, code_lists
from wangge.registry.ledgers.dictionary.codes import plain

_AGE = r"(?:周?岁)?"
# 以上, 以下 include the number, 未满 and 不满 do not (Civil Code, article 1259).
_AGES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), made)
    for pattern, made in (
        (r"(?:未满|不满|小于)(\d{1,3})周?岁(?:以下)?", "age:-{0}<"),
        (rf"(\d{{1,3}}){_AGE}(?:[-~—–－～至到]+)(\d{{1,3}})周?岁", "age:{0}-{1}"),
        (rf"(?:年满|满)?(\d{{1,3}}){_AGE}\(?(?:含|及)?(?:\d+)?\)?以上", "age:{0}-"),
        (r"年?满(\d{1,3})周?岁", "age:{0}-"),
        (r"(\d{1,3})周?岁(?:含|及)?以下", "age:-{0}"),
        (r"(\d{1,3})\+", "age:{0}-"),
    )
)
_CLASSES = (("研究生", "10"), ("硕士", "10"), ("本科", "20"), ("大专", "30"), ("专科", "30"), ("中专", "40"),
            ("高中", "60"), ("初中", "70"), ("小学", "80"))  # fmt: skip
_ORDER = ("10", "20", "30", "40", "60", "70", "80")
_SCHOOLED = re.compile(
    r"(研究生|硕士|本科|大专|专科|中专|高中|初中|小学)(?:学历|文化)?(?:含|及)?(以上|以下)?"
)
# Longer words first where one stands in another.
_WORDS: tuple[tuple[str, str], ...] = tuple(
    (word, code)
    for words, code in (
        ("非本地户籍 非本区户籍 非户籍人口 非户籍 外地户籍 外来人口 外来人员 外来务工人员 外来", "outside"),
        ("流动人口 流动人员 流动", "floating"),
        ("本地户籍 本区户籍 本地户口 户籍人口 户籍居民 户籍人员 本地人口 本地人", "local"),
        ("常住人口 常住居民 常住人员 常住", "resident"),
        ("境外人员 外籍人员 港澳台 境外 外籍", "abroad"),
        ("独自居住 独居 空巢独居 单独居住", "alone"),
        ("出租屋 出租房屋 出租房 租住 租赁 租房 租客 承租 租用 出租", "rented"),
        ("自有住房 自有产权 自有房 自有 自购 自住 自建", "owned"),
        ("未就业 无业 失业 待业", "jobless"),
        ("退休", "retired"),
        ("在校学生 在校生 在读学生 学生", "student"),
        ("就业 在业 在职 从业", "working"),
        ("未婚", "is:marriage=10"),
        ("已婚", "is:marriage=20,21,22,23"),
        ("离异 离婚", "is:marriage=40"),
        ("丧偶", "is:marriage=30"),
        ("空置", "is:room_state=vacant"),
        ("户主", "head"),
        ("男性 男", "is:sex=1"),
        ("妇女 女性 女", "is:sex=2"),
        ("申领粤居码 办理粤居码 粤居码", "is:residence_code_status=1"),
    )
    for word in words.split()
)
# Said by law when no age is: 老年人权益保障法 article 2, 未成年人保护法 article 2.
_GROUPS = (("育龄", "age:15-49"),
           ("未成年人", "age:-17"), ("未成年", "age:-17"), ("儿童", "age:-17"), ("老年人", "age:60-"),
           ("老人", "age:60-"), ("长者", "age:60-"), ("老年", "age:60-"))  # fmt: skip
# What may stand around a condition without adding to it.
_SILENT = re.compile(
    r"是否为?|是不是|属于|有无|人员|人口|居民|对象|群众|家庭|房屋|住户|住房|登记表|登记|统计表|统计|台账|名册|名单|"
    r"花名册|信息|情况|基本|明细|汇总|表|的|人|户|屋|房|年龄|学历|文化|以上|等|在?本(?:社区|村|镇|街道|区)"
)


_APART = ({"rented", "owned"}, {"local", "outside"}, {"local", "floating"}, {"is:sex=1", "is:sex=2"},
          {"working", "jobless"}, {"resident", "floating"})  # fmt: skip


def contradicts(condition: str) -> bool:
    """Whether nobody can meet all parts of a condition: the header names alternatives."""
    parts = set(condition.split("&"))
    return any(apart <= parts for apart in _APART)


@dataclass(frozen=True)
class Reading:
    """What conditions a text names, and what of it nobody understood."""

    condition: str
    rest: str

    @property
    def whole(self) -> bool:
        """Whether nothing of the text was left."""
        return bool(self.condition) and not self.rest


def read(text: str) -> Reading:
    """The conditions that a header, a filter or a title names."""
    left, parts = plain(text), list[str]()
    left = _ages(left, parts)
    left = _schooling(left, parts)
    for word, code in _WORDS:
        if word in left:
            left = left.replace(word, " ")
            parts.append(code)
    for word, code in _GROUPS:
        if word in left:
            left = left.replace(word, " ")
            if not any(part.startswith("age:") for part in parts):
                parts.append(code)
    rest = re.sub(r"[\s\W_]+", "", _SILENT.sub("", left))
    return Reading("&".join(dict.fromkeys(parts)), rest)


def _ages(left: str, parts: list[str]) -> str:
    for pattern, made in _AGES:
        if found := pattern.search(left):
            code = made.format(*found.groups())
            parts.append(f"age:-{int(code[5:-1]) - 1}" if code.endswith("<") else code)
            return left[: found.start()] + " " + left[found.end() :]
    return left


def _schooling(left: str, parts: list[str]) -> str:
    found = _SCHOOLED.search(left)
    if not found:
        return left
    at = _ORDER.index(dict(_CLASSES)[found[1]])
    wanted = {"以上": _ORDER[: at + 1], "以下": _ORDER[at:], None: _ORDER[at : at + 1]}[found[2]]
    if found[2] and found[1] in ("高中", "中专"):
        wanted = tuple(dict.fromkeys((*wanted, "40", "60")))
    parts.append(f"is:education={','.join(wanted)}")
    return left[: found.start()] + " " + left[found.end() :]


def word_of(group_fact: str, leaf: str) -> str:
    """A column headed by a word of a code list below its fact (性别/男) as a condition; "" if it is none."""
    reading = read(leaf)
    if reading.whole and reading.condition in _OWN_WORDS.get(group_fact, ()):
        return reading.condition  # more than one code means 在业
    if reading.whole and reading.condition.startswith(f"is:{group_fact}="):
        return reading.condition  # 已婚 is married for the first time or again
    if group_fact == "person_kind":
        return _KINDS.get(code_list("person_kind").find(leaf) or "", "")
    lists = {"sex": "sex", "education": "education", "marriage": "marriage", "relation": "relation",
             "employment": "employment", "occupation": "occupation", "residence_way": "residence_way",
             "room_state": "room_state", "room_use": "room_use", "hukou_nature": "hukou_nature",
             "reason_come": "reason_come", "residence_code_status": "residence_code_status"}  # fmt: skip
    name = lists.get(group_fact, "")
    value = code_list(name).find(leaf) if name in code_lists() else None
    if value is None:
        return ""
    if group_fact == "room_state":
        value = ROOM_STATES.get(value, value)
    return f"is:{group_fact}={value}"


_OWN_WORDS = {
    "employment": ("working", "jobless", "retired", "student"),
    "residence_way": ("owned", "rented"),
}
_KINDS = {"1": "local", "2": "floating", "3": "abroad"}
# The register keeps the state of a room as a word, the dictionary's code list as a number.
ROOM_STATES = {"1": "own", "2": "rented", "3": "vacant", "4": "lent", "5": "business", "6": "other"}

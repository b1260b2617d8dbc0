"""How the values of a column look, whatever its header says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from wangge.registry.ledgers.dictionary import code_list, fact

_ID = re.compile(r"^[1-9]\d{5}(?:1[89]|20)\d{9}[\dXx]$|^[1-9]\d{5}\d{2}(?:0\d|1[0-2])\d{5}$")
_PHONE = re.compile(r"^(?:\+?86)?1[03-9]\d{9}$")
_LANDLINE = re.compile(r"^0\d{2,3}-?\d{7,8}$")
_DATE = re.compile(r"^(?:19|20)\d{2}(?:[-./年]\d{1,2}(?:[-./月]\d{1,2}日?)?|[01]\d[0-3]\d)")
_ROOM = re.compile(r"^[A-Za-z]?\d{2,4}[A-Za-z]?(?:室|房|号房)?$")
_USCC = re.compile(r"^(?:9[123]|5[1239]|1[129]|[AJNY]1)[0-9A-HJ-NPQRTUWXY]{16}$")
_STREET = re.compile(r"[路街巷道]|\d+号|[栋幢座]|小区|花园|村")
_REGION = re.compile(r"^[\u4e00-\u9fff]{2,}(?:省|市|县|区|自治区|自治州|旗)$|^\d{6}$")
_FIRM = re.compile(r"公司|厂|店|中心|局|集团|超市|医院|酒楼|商行|工程队|合作社|事务所|工作室|部$")
_NAME = re.compile(r"^[\u4e00-\u9fff]{2,4}$")


@dataclass(frozen=True)
class Looks:
    """The filled sample values of one column, as text."""

    texts: tuple[str, ...]

    @classmethod
    def of(cls, cells: Sequence[object]) -> Looks:
        """Take the filled cells of a column."""
        return cls(tuple(text for cell in cells if (text := _text(cell))))

    def share(self, pattern: re.Pattern[str]) -> float:
        """Which part of the values match."""
        return sum(bool(pattern.search(text)) for text in self.texts) / len(self.texts) if self.texts else 0.0

    def hits(self, fact_code: str) -> float:
        """Which part of the values the code list of a fact knows."""
        name = fact(fact_code).codes
        if not name or not self.texts:
            return 0.0
        known = code_list(name)
        return sum(known.find(text) is not None for text in self.texts) / len(self.texts)

    @cached_property
    def ids(self) -> float:
        return self.share(_ID)

    @cached_property
    def phones(self) -> float:
        return self.share(_PHONE)

    @cached_property
    def landlines(self) -> float:
        return self.share(_LANDLINE)

    @cached_property
    def dates(self) -> float:
        return self.share(_DATE)

    @cached_property
    def rooms(self) -> float:
        return self.share(_ROOM)

    @cached_property
    def streets(self) -> float:
        return self.share(_STREET)

    @cached_property
    def regions(self) -> float:
        return self.share(_REGION)

    @cached_property
    def firms(self) -> float:
        return self.share(_FIRM)

    @cached_property
    def names(self) -> float:
        return self.share(_NAME)

    @cached_property
    def codes(self) -> float:
        return self.share(_USCC)

    @cached_property
    def repeats(self) -> bool:
        """Whether several rows in sequence share a value, as the people of one household do."""
        return any(a == b for a, b in zip(self.texts, self.texts[1:], strict=False))


def guess(looks: Looks) -> tuple[str, float] | None:
    """Name the fact that values alone betray, with a score; None when they could be anything."""
    if not looks.texts:
        return None
    if looks.ids >= 0.8:
        return "id_no", 0.7
    if looks.codes >= 0.8:
        return "org_uscc", 0.7
    if looks.phones >= 0.8:
        return "phone", 0.7
    if all(text in ("男", "女") for text in looks.texts):
        return "sex", 0.7
    if looks.streets >= 0.8 and sum(map(len, looks.texts)) / len(looks.texts) >= 8:
        return "residence", 0.5
    if looks.names >= 0.9 and len(set(looks.texts)) > 0.7 * len(looks.texts) and len(looks.texts) >= 2:
        return "name", 0.4
    return None


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if hasattr(cell, "isoformat"):
        return cell.isoformat()[:10]
    return "".join(str(cell).split()).strip("'\"=")

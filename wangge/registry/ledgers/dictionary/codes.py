"""Code lists: stored value, label and the words a ledger uses for it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache

from .admitted import Admitted, admitted
from .facts import load
from .said import Said

_EDGES = "'\"、,。.;"


@dataclass(frozen=True)
class Code:
    """One value of a code list: value is stored, label shown, synonyms read."""

    value: str
    label: str
    label_en: str
    synonyms: tuple[str, ...]

    @property
    def called(self) -> Said:
        """The label in the language of the page."""
        return Said(self.label, self.label_en)


@dataclass(frozen=True)
class CodeList:
    """A code list with its standard."""

    name: str
    title: str
    standard: str
    codes: tuple[Code, ...]
    index: dict[str, str] = field(repr=False, compare=False)

    def find(self, cell: object) -> str | None:
        """Return the stored value a raw cell means, or None when the list does not know it."""
        key = plain(cell)
        return self.index.get(key) or self.index.get(_ASIDE.sub("", key))

    def label(self, value: str) -> str:
        """Return the Chinese label of a stored value, or the value itself when it is not in the list."""
        return self.called(value).zh

    def called(self, value: str) -> Said:
        """Return the label of a stored value in the language of the page; an unknown value as it is."""
        return next((code.called for code in self.codes if code.value == value), Said(value, value))


def code_lists() -> dict[str, CodeList]:
    """Return every code list by its name, those of admitted fields by the fields' codes."""
    return _with(admitted())


@lru_cache(maxsize=2)
def _with(more: Admitted) -> dict[str, CodeList]:
    return _built_in() | dict(more.lists)


@cache
def _built_in() -> dict[str, CodeList]:
    return {name: _code_list(name, data) for name, data in load("codes.toml").items()}


def code_list(name: str) -> CodeList:
    """Return one code list. Raises KeyError."""
    return code_lists()[name]


_ASIDE = re.compile(
    r"\([含包][^()]*\)?$|(?:毕业|肄业|结业|在读|学历|文化程度|文化)$"
)  # 初中毕业, 高中（含职高）


def plain(cell: object) -> str:
    """Return a cell as a code list compares it: half width, no blanks, lower case, 1.0 as 1."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = unicodedata.normalize("NFKC", str(cell)) if cell is not None else ""
    return "".join(text.split()).lower().strip(_EDGES)


def _code_list(name: str, data: dict) -> CodeList:
    codes = tuple(_code(line) for line in data["rows"].strip().splitlines())
    return CodeList(name, data["title"], data["standard"], codes, index_of(codes))


def _code(line: str) -> Code:
    value, label, english, words = line.split("|")
    return Code(value, label, english, tuple(words.split()))


def index_of(codes: tuple[Code, ...]) -> dict[str, str]:
    """Raw word → stored value. Labels win over synonyms, synonyms over bare values: "1 男", "1-男" and "男"
    read the same."""
    index: dict[str, str] = {}
    for code in codes:
        index.setdefault(plain(code.label), code.value)
    for code in codes:
        for word in code.synonyms:
            index.setdefault(plain(word), code.value)
    for code in codes:
        bare = code.value.lstrip("0") or "0"
        for word in (
            code.value,
            bare,
            f"{code.value}{code.label}",
            f"{code.value}-{code.label}",
            f"{code.value}.{code.label}",
            f"{code.label}({code.value})",
        ):
            index.setdefault(plain(word), code.value)
    return index

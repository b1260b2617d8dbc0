"""The fact dictionary: what the register may know, for what purpose and for how long (spec §5.3, §3.8)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """One value of a code list: value is stored, label shown, synonyms read."""

    value: str
    label: str
    label_en: str
    synonyms: tuple[str, ...]


@dataclass(frozen=True)
class CodeList:
    """A code list with its standard; `find` reads a cell."""

    name: str
    title: str
    standard: str
    codes: tuple[Code, ...]


@dataclass(frozen=True)
class Fact:
    """One field of the register. level: 1 open … 4 sensitive; fresh_days: days until it counts as stale (0 = never)."""

    code: str
    name: str
    name_en: str
    target: str
    kind: str
    codes: str
    mandatory: bool
    level: int
    purpose: str
    basis: str
    retention: str
    fresh_days: int
    synonyms: tuple[str, ...]

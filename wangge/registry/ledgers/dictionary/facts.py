"""The fact dictionary: what the register may know, for what purpose and for how long (spec §5.3, §3.8)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Fact:
    """One field of the register.

    target: what it is a fact about (person, tie, household, room, building, owner, renter, organisation,
    row); kind: how a cell of it is read (text, name, id_no, date, phone, sex, mark, code, number, address,
    region, area, uscc); codes: name of its code list or ""; level: 1 open … 4 sensitive; fresh_days: days
    until it counts as stale, 0 = never.
    """

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


@cache
def facts() -> dict[str, Fact]:
    """Return every fact of the default dictionary by its code."""
    data = load("facts.toml")
    grounds = data["grounds"]
    return {code: _fact(code, row, grounds[row["ground"]]) for code, row in data["facts"].items()}


def fact(code: str) -> Fact:
    """Return one fact. Raises KeyError for a code outside the dictionary."""
    return facts()[code]


def _fact(code: str, row: dict, ground: dict) -> Fact:
    return Fact(
        code=code,
        name=row["zh"],
        name_en=row["en"],
        target=row["on"],
        kind=row["kind"],
        codes=row.get("codes", ""),
        mandatory=row.get("must", False),
        level=row["level"],
        purpose=ground["purpose"],
        basis=ground["basis"],
        retention=ground["retention"],
        fresh_days=row.get("fresh", 0),
        synonyms=tuple(row["words"].split()),
    )


def load(name: str) -> dict:
    """Return a data file of this folder."""
    with (_HERE / name).open("rb") as stream:
        return tomllib.load(stream)

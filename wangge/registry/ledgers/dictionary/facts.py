"""The fact dictionary: what the register may know, for what purpose and for how long (spec §5.3, §3.8)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from .admitted import Admitted, admitted, keeper
from .said import Said

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Fact:
    """One field of the register.

    called: its name in the language of the page; target: what it is a fact about (person, tie, household,
    room, building, owner, renter, organisation, row); kind: how a cell of it is read (text, name, id_no,
    date, phone, sex, mark, code, number, address, region, area, uscc); codes: name of its code list or "";
    level: 1 open … 4 sensitive; fresh_days: days until it counts as stale, 0 = never;
    definition: what it says and what it leaves out.
    """

    code: str
    name: str
    name_en: str
    target: str
    kind: str
    codes: str
    mandatory: bool
    level: int
    purpose: Said
    basis: Said
    retention: Said
    fresh_days: int
    synonyms: tuple[str, ...]
    definition: Said

    @property
    def called(self) -> Said:
        return Said(self.name, self.name_en)


def facts() -> dict[str, Fact]:
    """Return every fact by its code: the built-in ones, then those the district admitted."""
    return _with(admitted())


@lru_cache(maxsize=2)
def _with(more: Admitted) -> dict[str, Fact]:
    return built_in() | dict(more.facts)


@cache
def built_in() -> dict[str, Fact]:
    """Return the facts every district has."""
    data = load("facts.toml")
    grounds = data["grounds"]
    told = load("definitions.toml")
    return {code: _fact(code, row, grounds[row["ground"]], told[code]) for code, row in data["facts"].items()}


def fact(code: str) -> Fact:
    """Return one fact. Raises KeyError for a code outside the dictionary."""
    if code not in facts():
        keeper.look_again()  # another process may have admitted it a moment ago
    return facts()[code]


def called(code: str) -> str:
    """A fact's name in the language of the page; a code outside the dictionary as it is."""
    known = facts().get(code)
    return str(known.called) if known else code


def _fact(code: str, row: dict, ground: dict, definition: str) -> Fact:
    return Fact(
        code=code,
        name=row["zh"],
        name_en=row["en"],
        target=row["on"],
        kind=row["kind"],
        codes=row.get("codes", ""),
        mandatory=row.get("must", False),
        level=row["level"],
        purpose=_said(ground, "purpose"),
        basis=_said(ground, "basis"),
        retention=_said(ground, "retention"),
        fresh_days=row.get("fresh", 0),
        synonyms=tuple(row["words"].split()),
        definition=Said(*definition.split("|")),
    )


def _said(row: dict, name: str) -> Said:
    return Said(row[name], row[name + "_en"])


def load(name: str) -> dict:
    """Return a data file of this folder."""
    with (_HERE / name).open("rb") as stream:
        return tomllib.load(stream)

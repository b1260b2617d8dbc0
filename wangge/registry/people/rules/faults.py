"""How a sentence about a record is said: its name, its source, what it finds and what would mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.utils.functional import Promise

from wangge.lib.sealing import blind

from ..queries.records import Home, Record

Person = Callable[[Record, date], "Iterator[Fault]"]
House = Callable[[Home, date], "Iterator[Fault]"]


@dataclass(frozen=True)
class Step:
    """One thing a repair writes. do: fact (``field`` of person ``target``), end (tie ``target`` on day
    ``value``), relation (of tie ``target``), head (of household ``target``; value is a person's key), return
    (person ``target`` is back since day ``value``)."""

    do: Literal["fact", "end", "relation", "head", "return"]
    target: int
    value: str
    field: str = ""


@dataclass(frozen=True)
class Fault:
    """A sentence that does not hold. facts: what it looked at (personal, never stored in clear); said: the
    same in masked words; steps: the proposed repair, empty where only a person can tell."""

    person: int
    area_code: str
    facts: tuple[object, ...]
    said: str
    steps: tuple[Step, ...] = ()
    why: str = ""
    ties: tuple[int, ...] = ()
    household: int | None = None
    rule: str = field(default="", compare=False)


@dataclass(frozen=True)
class Sentence:
    """One rule. certain: cannot be true; otherwise only unlikely. source: where the rule comes from."""

    code: str
    title: str | Promise
    source: str | Promise
    certain: bool
    of_person: Person | None = None
    of_home: House | None = None


ALL: dict[str, Sentence] = {}


def person_sentence(
    title: str | Promise, source: str | Promise, *, certain: bool = True
) -> Callable[[Person], Person]:
    """Register a function over one record under its own name."""

    def named(look: Person) -> Person:
        code = look.__name__
        ALL[code] = Sentence(code, title, source, certain, of_person=look)
        return look

    return named


def home_sentence(
    title: str | Promise, source: str | Promise, *, certain: bool = True
) -> Callable[[House], House]:
    """Register a function over one household under its own name."""

    def named(look: House) -> House:
        code = look.__name__
        ALL[code] = Sentence(code, title, source, certain, of_home=look)
        return look

    return named


def mark_of(fault: Fault) -> str:
    """A keyed hash of the facts a fault speaks of: the same facts, the same mark, and no way back."""
    return blind("|".join([fault.rule, *map(str, fault.facts)]))


def month(day: date | None) -> str:
    """A birth date as pages may show it."""
    return f"{day:%Y-%m}" if day else "—"

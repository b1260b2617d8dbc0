"""What the register keeps fresh: the facts of the dictionary as whoever asks people needs them."""

from __future__ import annotations

from dataclasses import dataclass

from wangge.registry.people.enums import RoomState

from ..dictionary import admitted, code_lists, facts

RECORD = ("person", "tie")  # facts of these stand on the record of a person


@dataclass(frozen=True)
class Kept:
    """One fact. kind: how its answer is read (text, name, id_no, date, phone, sex, mark, code, number, …);
    options: codes with what they mean; fresh_days: days until it is stale, 0 = never."""

    code: str
    name: str
    target: str
    kind: str
    options: tuple[tuple[str, str], ...]
    mandatory: bool
    level: int
    fresh_days: int


def kept_facts() -> dict[str, Kept]:
    """Every fact in force by its code, named in the language of the page."""
    lists, gone = code_lists(), admitted().withdrawn
    found = {}
    for code, fact in facts().items():
        if code in gone:
            continue
        listed = lists.get(fact.codes)
        options = tuple((one.value, str(one.called)) for one in listed.codes) if listed else ()
        if code == "room_state":  # the register's own codes: an importer reads the dictionary's
            options = tuple((value, str(label)) for value, label in RoomState.choices)
        found[code] = Kept(
            code, str(fact.called), fact.target, fact.kind, options, fact.mandatory, fact.level,
            fact.fresh_days,
        )  # fmt: skip
    return found

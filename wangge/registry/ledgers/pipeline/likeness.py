"""How likely the rows of a file are persons of the register: weighed by the linkage's own matcher."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from wangge.lib.linking import LOWER, Weighed, prepare, weigh
from wangge.registry.people.queries.likeness import population_of

from .offers import File
from .places import Doors
from .register import Held

Pair = tuple[int, Held]


@dataclass(frozen=True)
class Doubt:
    """A row that may be a held person: waits for a human."""

    held: Held
    score: float
    reasons: tuple[str, ...]


def weigh_pairs(file: File, doors: Doors, pairs: Sequence[Pair]) -> dict[int, list[Doubt]]:
    """Row → who of the register it may be, the likeliest first, from ``LOWER`` up.

    Args:
        pairs: rows and persons that share something, with their ties fetched.
    """
    if not pairs:
        return {}
    records = [
        side for row, held in pairs for side in (_row(file, doors, row), _held(file, doors, row, held))
    ]
    population = population_of({record["name"] for record in records})
    tokens, rates = prepare(pl.DataFrame(records, schema=COLUMNS), population=population)
    weighed = weigh(tokens, rates, [(at, at + 1) for at in range(0, len(records), 2)])
    found: dict[int, list[Doubt]] = {}
    for (row, held), each in zip(pairs, weighed, strict=True):
        if each.probability >= LOWER and not each.barred:
            found.setdefault(row, []).append(_doubt(held, each))
    for doubts in found.values():
        doubts.sort(key=lambda doubt: (-doubt.score, doubt.held.pk))
    return found


COLUMNS = dict.fromkeys(("name", "sex", "birth", "phone_key", "door_key"), pl.String)


def _doubt(held: Held, weighed: Weighed) -> Doubt:
    reasons = tuple(finding.code for finding in weighed.findings)
    return Doubt(held, weighed.probability, reasons)


def _row(file: File, doors: Doors, row: int) -> dict[str, Any]:
    columns = file.columns
    return {
        "name": columns["name"][row],
        "sex": file.value("sex", row),
        "birth": columns["birth"][row],
        "phone_key": columns["phone_index"][row],
        "door_key": _text(doors.rooms.get(columns["door"][row] or "")),
    }


def _held(file: File, doors: Doors, row: int, held: Held) -> dict[str, Any]:
    values = held.values
    return {
        "name": values["name"],
        "sex": values["sex"],
        "birth": values["birth"],
        "phone_key": values["phone_index"],
        "door_key": _text(_home(file, doors, row, held)),
    }


def _home(file: File, doors: Doors, row: int, held: Held) -> int | None:
    """The room in question where any tie of the person leads there, or both are landlords, of this and of
    other rooms; else where the person lives."""
    room = doors.rooms.get(file.columns["door"][row] or "")
    landlord = bool(file.value("owns", row)) and any(tie.kind == "owns" for tie in held.ties)
    rooms = [tie.room for tie in held.ties if tie.room is not None]
    return room if landlord or room in rooms else next(iter(rooms), None)


def _text(room: int | None) -> str | None:
    return str(room) if room else None

"""What the register already holds for the people and doors of a chunk, in a fixed number of queries."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from wangge.lib.bulk import find_rows
from wangge.registry.people.enums import PersonStatus
from wangge.registry.people.models import Person, Tie

from ..dictionary import admitted

# facts kept in a column of the same name
PLAIN = (
    "former_name", "sex", "birth", "nationality", "education", "marriage", "hukou_region", "hukou_address",
    "hukou_nature", "occupation", "employment", "school", "residence_code_status", "guardian",
    "emergency_contact",
)  # fmt: skip
COLUMNS_OF_FACTS = frozenset(PLAIN)
# facts kept in the JSON column ``facts``
EXTRA = (
    "native_place", "person_kind", "is_resident", "special_class", "work_address", "employer", "residence",
)  # fmt: skip


def further_facts() -> tuple[str, ...]:
    """Facts kept in the JSON column ``facts``: the product's, then those the district admitted."""
    return EXTRA + admitted().of_persons


COLUMNS = (
    "id", "name", "id_type", "id_sealed", "id_index", "phone_sealed", "phone_index", "phone2_sealed", *PLAIN,
    "facts", "source", "confirmed_at", "provenance", "status", "merged_into",
)  # fmt: skip
TIES = (
    "id", "person", "kind", "area_code", "room", "household", "organisation", "relation", "way", "reason",
    "job", "planned_until", "valid_from", "source", "confirmed_at",
)  # fmt: skip


@dataclass
class HeldTie:
    """A current tie of a held person."""

    pk: int
    kind: str
    room: int | None
    household: int | None
    organisation: int | None
    source: int
    values: dict[str, Any]


@dataclass
class Held:
    """A person of the register with their current ties, days as text."""

    pk: int
    values: dict[str, Any]
    ties: list[HeldTie] = field(default_factory=list)
    tied: bool = False  # whether ``ties`` was fetched

    def tie(self, kind: str, room: int | None = None) -> HeldTie | None:
        """The current tie of one kind, if any (to that room, where one is given)."""
        ties = (tie for tie in self.ties if tie.kind == kind and (room is None or tie.room == room))
        return next(ties, None)

    def trust(self, fact: str) -> int:
        """How much the source of a held fact is trusted (spec 5.2)."""
        told = self.values["provenance"].get(fact)
        return int(told[0]) if told else int(self.values["source"])


def persons_by(column: str, values: Iterable[str | int], where: str = "TRUE") -> list[Held]:
    """The persons whose ``column`` is one of ``values``; those merged away lead to who absorbed them."""
    found = [_held(row) for row in find_rows(Person, column, list(values), COLUMNS, where)]
    merged = [held for held in found if held.values["status"] == PersonStatus.MERGED]
    if merged:
        into = persons_by("id", {held.values["merged_into"] for held in merged})
        found = [held for held in found if held.values["status"] != PersonStatus.MERGED] + into
    return found


def add_ties(people: Iterable[Held]) -> None:
    """Fetch the current ties of those of these persons whose ties were not fetched yet."""
    untied: dict[int, list[Held]] = {}
    for held in people:
        if not held.tied:
            held.tied = True
            untied.setdefault(held.pk, []).append(held)
    for row in find_rows(Tie, "person", list(untied), TIES, "known_to IS NULL AND valid_to IS NULL"):
        values = dict(zip(TIES, row, strict=True))
        for held in untied[values["person"]]:
            held.ties.append(
                HeldTie(
                    values["id"],
                    values["kind"],
                    values["room"],
                    values["household"],
                    values["organisation"],
                    values["source"],
                    values,
                )
            )


def _held(row: tuple) -> Held:
    values = dict(zip(COLUMNS, row, strict=True))
    for fact in ("facts", "provenance"):
        values[fact] = json.loads(values[fact]) if isinstance(values[fact], str) else values[fact] or {}
    for fact in ("birth", "confirmed_at"):
        values[fact] = str(values[fact]) if values[fact] else None
    return Held(values["id"], values)

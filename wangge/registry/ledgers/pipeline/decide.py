"""Held against offered: what is filled, what is overwritten, what is contradicted (spec 5.2 point 5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from wangge.lib.linking import folded

from .register import COLUMNS_OF_FACTS, PLAIN, Held, HeldTie, further_facts


@dataclass
class Offer:
    """What one person of a file is said to be: clean facts, and the places and firms they belong to."""

    row: int  # leading row in the frame
    facts: dict[str, Any]
    ties: list[TieOffer] = field(default_factory=list)


class TieOffer(NamedTuple):
    """A tie the ledger speaks of; ``room``/``organisation`` are ids of the register, None while unknown."""

    kind: str
    area_code: str
    room: int | None = None
    household: int | None = None
    organisation: int | None = None
    relation: str = ""
    way: str = ""
    reason: str = ""
    job: str = ""
    valid_from: str | None = None
    valid_to: str | None = None
    planned_until: str | None = None


@dataclass
class Decision:
    """updates: fact → new value; filled: those of them not known before; contradictions: (fact, held,
    offered); begin/end: ties to write or close."""

    updates: dict[str, Any] = field(default_factory=dict)
    filled: list[str] = field(default_factory=list)
    contradictions: list[tuple[str, str, str]] = field(default_factory=list)
    begin: list[TieOffer] = field(default_factory=list)
    end: list[tuple[HeldTie, str | None]] = field(default_factory=list)

    @property
    def changed(self) -> list[str]:
        """Names of what changes, facts first, then kinds of ties."""
        return [*self.updates, *dict.fromkeys(tie.kind for tie in self.begin)]


def decide(held: Held, offer: Offer, source: int) -> Decision:
    """Compare an offer with a held person.

    Rules: an empty held value is filled; an equal one is confirmed; a different one is overwritten by a
    source trusted at least as much, and kept as a contradiction otherwise. A different name under the same
    id is always a contradiction, and what follows from a held id number is never overwritten.
    """
    decision = Decision()
    _decide_identity(held, offer, source, decision)
    for fact in (*PLAIN, "phone2", *further_facts()):
        value = offer.facts.get(fact)
        if not value or (fact in ("birth", "sex") and held.values["id_index"]):
            continue
        _decide_fact(fact, _held_value(held, fact), value, held.trust(fact), source, decision)
    for tie in offer.ties:
        _decide_tie(held, tie, source, decision)
    return decision


def _held_value(held: Held, fact: str) -> Any:
    if fact == "phone2":
        return held.values["phone2_sealed"]
    return held.values[fact] if fact in COLUMNS_OF_FACTS else held.values["facts"].get(fact)


def _decide_identity(held: Held, offer: Offer, source: int, decision: Decision) -> None:
    name = offer.facts.get("name")
    if name and name not in (held.values["name"], held.values["former_name"]) and _renames(held, name):
        decision.contradictions.append(("name", held.values["name"], name))
    if offer.facts.get("id_index") and not held.values["id_index"]:
        decision.updates["id_no"] = offer.facts["id_no"]
        decision.filled.append("id_no")
    if offer.facts.get("phone_index"):
        same = offer.facts["phone_index"] == held.values["phone_index"]
        if not same:
            held_phone = held.values["phone_sealed"] if held.values["phone_index"] else ""
            _decide_fact("phone", held_phone, offer.facts["phone"], held.trust("phone"), source, decision)


def _renames(held: Held, name: str) -> bool:
    """Whether it is another name; traditional characters and blanks make no other one."""
    return folded(name) != folded(held.values["name"])


def _decide_fact(fact: str, held: Any, offered: Any, trust: int, source: int, decision: Decision) -> None:
    if fact == "phone2" and held:
        return  # sealed and without an index: the first one stays
    if held == offered:
        return
    if not held or source >= trust:
        decision.updates[fact] = offered
        decision.filled += [] if held else [fact]
    else:
        decision.contradictions.append((fact, str(held), str(offered)))


def _decide_tie(held: Held, offer: TieOffer, source: int, decision: Decision) -> None:
    current = held.tie(offer.kind, offer.room if offer.kind == "owns" else None)
    if current is None:
        decision.begin.append(offer)
        return
    target, offered = (
        (current.organisation, offer.organisation) if offer.kind == "works" else (current.room, offer.room)
    )
    if offer.valid_to and (offered is None or offered == target):
        decision.end.append((current, offer.valid_to))
        decision.begin.append(offer)
        return
    if offered is None or offered == target:
        return
    if source >= current.source:
        decision.end.append((current, offer.valid_from))
        decision.begin.append(offer)
    else:
        decision.contradictions.append((offer.kind, str(target), str(offered)))

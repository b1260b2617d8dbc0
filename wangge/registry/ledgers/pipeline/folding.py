"""Several rows of one file about one person: what the later ones add, repeat or contradict."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..enums import Outcome
from .decide import Offer, TieOffer


@dataclass
class Folded:
    """The leading row's offer with what later rows add; what each later row came to; contradictions."""

    offer: Offer
    outcomes: dict[int, str] = field(default_factory=dict)
    contradictions: list[tuple[str, str, str]] = field(default_factory=list)


def fold(leading: Offer, later: list[Offer]) -> Folded:
    """Fold the offers of later rows into the first one. A later row that says the same is a duplicate, one
    that adds a fact or a place is an update, one that says otherwise a conflict."""
    folded = Folded(leading)
    for offer in later:
        differing = _take_facts(folded, offer)
        added, moved = _take_ties(folded, offer)
        if differing or moved:
            folded.outcomes[offer.row] = Outcome.CONFLICT
        elif added or offer.facts.pop("+", None):
            folded.outcomes[offer.row] = Outcome.UPDATE
        else:
            folded.outcomes[offer.row] = Outcome.DUPLICATE
    return folded


def _take_facts(folded: Folded, offer: Offer) -> bool:
    held = folded.offer.facts
    differing = False
    for fact, value in list(offer.facts.items()):
        if fact not in held:
            held[fact] = value
            offer.facts["+"] = True
        elif held[fact] != value and not fact.endswith("_index"):
            differing = True
            folded.contradictions.append((fact, str(held[fact]), str(value)))
    return differing


def _take_ties(folded: Folded, offer: Offer) -> tuple[bool, bool]:
    """(something was added, the same kind of tie points elsewhere). Many rooms may be owned by one."""
    added = moved = False
    for tie in offer.ties:
        alike = [known for known in folded.offer.ties if known.kind == tie.kind]
        if any(_target(known) == _target(tie) for known in alike) or (alike and _target(tie) is None):
            continue
        vague = [known for known in alike if _target(known) is None]
        if not alike or vague or tie.kind == "owns":
            folded.offer.ties = [known for known in folded.offer.ties if known not in vague] + [tie]
            added = True
        else:
            moved = True
            folded.contradictions.append((tie.kind, str(_target(alike[0])), str(_target(tie))))
    return added, moved


def _target(tie: TieOffer) -> int | None:
    return tie.organisation if tie.kind == "works" else tie.room

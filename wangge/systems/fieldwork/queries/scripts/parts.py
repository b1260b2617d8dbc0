"""What a script is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

# Why a question is asked.
MISSING, CONTRADICTED, STALE = "missing", "contradicted", "stale"
CAMPAIGN, ASKED, CARE, RECHECK = "campaign", "asked", "care", "recheck"
ROOM, ORGANISATION, PERSON = "room", "organisation", "person"


@dataclass(frozen=True)
class Doors:
    """Doors by their keys: homes, organisations, and people for whom only the area is known."""

    rooms: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()

    @classmethod
    def of(
        cls, rooms: Iterable[int] = (), organisations: Iterable[int] = (), people: Iterable[int] = ()
    ) -> Doors:
        return cls(frozenset(rooms), frozenset(organisations), frozenset(people))

    def names(self) -> list[str]:
        """The doors as scripts name them: "room:12"."""
        kinds = ((ROOM, self.rooms), (ORGANISATION, self.organisations), (PERSON, self.people))
        return [f"{kind}:{key}" for kind, keys in kinds for key in sorted(keys)]


class Question(NamedTuple):
    """One question at a door, asked once whoever wants to know.

    key: what its answer is called in ``visit.done``; type: how it is answered; options: codes and words, None
    where anything may be said; fact, person: what it is about, where it is a fact; reason: why it is asked,
    in words; known: what the register says, masked.
    """

    key: str
    label: str
    type: str
    why: str
    reason: str
    options: tuple[tuple[str, str], ...] | None = None
    fact: str | None = None
    person: int | None = None
    known: str | None = None

    def told(self) -> dict[str, Any]:
        """As it travels to a phone."""
        return {
            "key": self.key, "label": self.label, "type": self.type, "options": self.options,
            "fact": self.fact, "person": self.person, "why": self.why, "reason": self.reason,
            "known": self.known,
        }  # fmt: skip


@dataclass
class Block:
    """A part of the visit. needs: keys of the questions that serve it; a visit is not complete while none of
    them is answered. form, number: the form whose part it is, where it is one."""

    key: str
    title: str
    why: str
    form: str | None = None
    number: int | None = None
    needs: list[str] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        return {
            "key": self.key, "title": self.title, "why": self.why, "form": self.form,
            "number": self.number, "needs": self.needs,
        }  # fmt: skip


@dataclass
class Script:
    """Everything due at one door. ``separate``: how many questions the forms of those who want something here
    would ask, each by itself; ``asked``: how many this script asks; ``prefill``: by form, the rows
    of its repeats of members that are known."""

    door: str
    area: str
    blocks: list[Block] = field(default_factory=list)
    questions: dict[str, Question] = field(default_factory=dict)
    forms: list[dict[str, Any]] = field(default_factory=list)
    prefill: dict[str, dict[str, list[dict[str, str]]]] = field(default_factory=dict)
    separate: int = 0

    @property
    def asked(self) -> int:
        return len(self.questions)

    def ask(self, question: Question) -> str:
        """Add a question unless it is asked already; returns its key."""
        self.questions.setdefault(question.key, question)
        return question.key

    def told(self) -> dict[str, Any]:
        """As it travels to a phone."""
        return {
            "id": self.door, "area": self.area, "blocks": [block.told() for block in self.blocks],
            "questions": [question.told() for question in self.questions.values()], "forms": self.forms,
            "asked": self.asked, "separate": self.separate, "prefill": self.prefill,
        }  # fmt: skip

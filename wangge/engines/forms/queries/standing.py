"""What was decided about each question of a version, and what still stands in the way of publishing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wangge.registry.ledgers.queries.reading import wording
from wangge.registry.ledgers.queries.rulings import ruling_key
from wangge.registry.tables.enums import Ruling
from wangge.registry.tables.models import NewColumn
from wangge.registry.tables.queries.admission import rulings_for

from ..enums import Standing
from ..models import FormVersion
from .dictionary import fact_names


@dataclass(frozen=True)
class Stood:
    """A question and where it stands. fact_name: of the fact it is, or that is proposed; ruling: of the
    district, where it was asked."""

    question: Mapping[str, Any]
    standing: Standing
    fact_name: str = ""
    proposed_name: str = ""
    ruling: NewColumn | None = None

    @property
    def open(self) -> bool:
        """Whether it stands in the way of publishing."""
        return self.standing in (Standing.UNDECIDED, Standing.ASKED, Standing.DECLINED)


def header_of(question: Mapping[str, Any]) -> str:
    """A question as a column would be headed: what admission compares."""
    return wording(question["label"]) or question["name"]


def standings(version: FormVersion) -> list[Stood]:
    """Every question of a version with where it stands, in their order."""
    names = fact_names()
    asked = any(question.get("decision") == "asked" for question in version.questions)
    rulings = rulings_for(version.form.key) if asked else {}
    return [_stood(question, names, rulings) for question in version.questions]


def open_questions(version: FormVersion) -> list[Stood]:
    """What must be decided before the version is published."""
    return [stood for stood in standings(version) if stood.open]


def _stood(question: Mapping[str, Any], names: Mapping[str, str], rulings: Mapping[str, NewColumn]) -> Stood:
    fact, decision = question.get("fact", ""), question.get("decision", "")
    proposed = names.get(question.get("proposed", ""), "")
    if fact:
        return Stood(question, Standing.BOUND, names.get(fact, fact))
    if decision == "own":
        return Stood(question, Standing.OWN, proposed_name=proposed)
    if not question.get("bears", False):
        return Stood(question, Standing.SILENT)
    ruling = rulings.get(ruling_key(header_of(question))[:160]) if decision == "asked" else None
    if ruling is None:
        return Stood(question, Standing.UNDECIDED, proposed_name=proposed)
    if ruling.fact:
        return Stood(question, Standing.BOUND, names.get(ruling.fact, ruling.fact), ruling=ruling)
    told = Standing.DECLINED if ruling.state == Ruling.DECLINED else Standing.ASKED
    return Stood(question, told, ruling=ruling)

"""What an answer says of whom: its facts, as the register keeps them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.registry.ledgers.dictionary import facts
from wangge.registry.ledgers.queries.reading import read_value

from ..models import Submission
from .about import OF_ORGANISATION, OF_ROOM, ROOM_STATES, About, writable
from .asked import answered
from .dictionary import CODED, code_of
from .prefill import PERSON_ID, repeats_of_members


@dataclass(frozen=True)
class Said:
    """What one part of an answer says. about: of whom; facts: code → value as the register keeps it; refused:
    [fact, why in words]; stranger: a row of members that names nobody of this home."""

    about: About
    facts: dict[str, str] = field(default_factory=dict)
    refused: list[list[str]] = field(default_factory=list)
    stranger: bool = False


def said_in(row: Submission) -> list[Said]:
    """The answer itself, then its rows of members."""
    about = About(row.person, row.household, row.room, row.organisation)
    questions = {question["path"]: question for question in row.version.questions}
    values = answered(row)
    found = [_said(about, questions, values.single)]
    members = {str(member.pk): member for member in about.members(gone=True)} if values.repeated else {}
    for repeat in repeats_of_members(row.version.questions):
        for each in values.repeated.get(repeat, ()):
            member = members.get(each.get(f"{repeat}/{PERSON_ID}", ""))
            whom = About(member, about.household, about.room) if member else About()
            found.append(_said(whom, questions, each, stranger=member is None))
    return found


def facts_said(row: Submission) -> dict[str, str]:
    """The facts an answer says of somebody or something known: ``key_of`` → value."""
    return {
        key: value
        for said in said_in(row)
        for fact, value in said.facts.items()
        if not said.stranger and (key := key_of(fact, said.about))
    }


def key_of(fact: str, about: About) -> str:
    """The fact of its row, such as "person:7:phone", "room:3:room_state"; "" when nobody was named."""
    name = "room" if fact in OF_ROOM else "organisation" if fact in OF_ORGANISATION else "person"
    row = getattr(about, name)
    return f"{name}:{row.pk}:{fact}" if row else ""


def _said(
    about: About,
    questions: Mapping[str, Mapping[str, Any]],
    answers: Mapping[str, str],
    *,
    stranger: bool = False,
) -> Said:
    said = Said(about, stranger=stranger)
    for fact, value, why in _facts(questions, answers):
        if why or not value:
            said.refused.append([fact, why or _("选项在字典里没有代码。")])
        else:
            said.facts[fact] = value
    return said


def _facts(
    questions: Mapping[str, Mapping[str, Any]], answers: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """The answers that are facts: code, value, why it is none."""
    for path, raw in answers.items():
        question = questions[path]
        fact = question.get("fact", "")
        if raw and fact and writable(fact):
            value, why = _read(question, fact, raw)
            yield fact, ROOM_STATES.get(value, "") if fact == "room_state" else value, why


def _read(question: Mapping[str, Any], fact: str, raw: str) -> tuple[str, str]:
    labels = dict(question.get("choices", ()))
    if facts()[fact].kind in CODED and (labels or question["type"] in ("select one", "rank")):
        return code_of(fact, raw, labels.get(raw, "")), ""
    raw = labels.get(raw, raw)
    if question["type"].lower() == "datetime":
        raw = raw[:10]
    return read_value(fact, raw, demo=settings.DEMO or settings.TEST, today=timezone.localdate())

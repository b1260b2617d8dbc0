"""What a campaign's form says already of the people behind a door: a repeat of members begins with them, each
under their own key, so that an answer reaches the right record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wangge.engines.forms.models import FormVersion
from wangge.engines.forms.queries import PERSON_ID, prefilled, repeats_of_members, shown

from .ground import OF_TIE, Held

Repeats = dict[str, tuple[Mapping[str, Any], ...]]
Rows = dict[str, list[dict[str, str]]]


def repeats_in(version: FormVersion) -> Repeats:
    """The repeats of members by path, each with the questions that begin with what is known."""
    return {
        repeat: tuple(
            question
            for question in version.questions
            if question.get("repeat") == repeat
            and (question["name"] == PERSON_ID or shown(question.get("fact", "")))
        )
        for repeat in repeats_of_members(version.questions)
    }


def rows_of(repeats: Repeats, residents: Iterable[Held]) -> Rows:
    """One row for each resident: the question's way below the repeat → its answer."""
    people = list(residents)
    return {
        repeat: [_row(repeat, questions, one) for one in people]
        for repeat, questions in repeats.items()
        if people
    }


def _row(repeat: str, questions: Iterable[Mapping[str, Any]], held: Held) -> dict[str, str]:
    found = {}
    for question in questions:
        text = str(held.pk) if question["name"] == PERSON_ID else _known(question, held)
        if text:
            found[question["path"].removeprefix(f"{repeat}/")] = text
    return found


def _known(question: Mapping[str, Any], held: Held) -> str:
    fact = question["fact"]
    if fact == "name":
        value: Any = held.name
    elif fact in OF_TIE:
        value = getattr(held.home, OF_TIE[fact]) if held.home else ""
    else:
        value = held.values.get(fact)
    return prefilled(question, "" if value is None else str(value))

"""What the register knows already, as a form's answers begin: nobody is asked for it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wangge.registry.ledgers.dictionary import facts
from wangge.registry.people.models import Household, Organisation, Person, Room

from ..models import FormVersion
from .about import SEALED, About, held
from .dictionary import CODED, choice_of

PERSON_ID = "person_id"  # the hidden question of a repeat, or of a form, that says whom it is about
SENSITIVE = 4


def prefill(
    version: FormVersion,
    about: Person | Household | Room | Organisation | About,
    *,
    in_clear: bool = False,
) -> dict[str, str]:
    """The answers known already: path of the question → value as the form writes it (days as ISO, options by
    their name). Each row of a repeat with a question ``person_id`` is one member: ``/data/members[1]/name``.

    The caller notes the reading of the people (``access.actions.note_readings``).

    Args:
        about: whom or what the form is about. in_clear: also id numbers, phones and what is sensitive; only
        after a reason was logged (``reveal``).
    """
    whom = About.of(about)
    single = [question for question in version.questions if not question.get("repeat")]
    known = _known(single, whom, in_clear)
    for repeat in repeats_of_members(version.questions):
        inside = [question for question in version.questions if question.get("repeat") == repeat]
        for number, member in enumerate(whom.members(), start=1):
            row = _known(inside, About(person=member, household=whom.household, room=whom.room), in_clear)
            known |= {f"{repeat}[{number}]{path.removeprefix(repeat)}": text for path, text in row.items()}
    return known


def repeats_of_members(questions: Iterable[Mapping[str, Any]]) -> list[str]:
    """The repeats whose rows are members of a household: they hold a question ``person_id``."""
    named = [question for question in questions if question["name"] == PERSON_ID and question.get("repeat")]
    return list(dict.fromkeys(question["repeat"] for question in named))


def _known(questions: Iterable[Mapping[str, Any]], about: About, in_clear: bool) -> dict[str, str]:
    found: dict[str, str] = {}
    for question in questions:
        if question["name"] == PERSON_ID and about.person:
            found[question["path"]] = str(about.person.pk)
        elif question.get("fact") and (text := _value(question, about, in_clear)):
            found[question["path"]] = text
    return found


def _value(question: Mapping[str, Any], about: About, in_clear: bool) -> str:
    if not in_clear and not shown(question["fact"]):
        return ""
    return prefilled(question, held(question["fact"], about)) if question["fact"] in facts() else ""


def shown(fact: str) -> bool:
    """Whether a form may begin with this fact without a reason given: no number, nothing sensitive."""
    known = facts().get(fact)
    return known is not None and not (
        known.code in SEALED or known.level >= SENSITIVE or known.kind in ("id_no", "phone")
    )


def prefilled(question: Mapping[str, Any], text: str) -> str:
    """What the register holds of a question's fact as the form writes it; "" where no option says it."""
    known = facts()[question["fact"]]
    if known.kind in CODED and text:
        return choice_of(known.code, text, question.get("choices", ()))
    return text

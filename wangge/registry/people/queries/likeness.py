"""Who declarations may be: candidates by the register's indexes, weighed as linkage weighs them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db.models import Count, Max

from wangge.lib.linking import LOWER, Finding, Population, folded, prepare, usual_rates, weigh
from wangge.lib.sealing import unseal_many

from ..enums import PersonStatus, TieKind
from ..models import Person, Room, Tie
from .candidates import Asked, candidates_of

SAME_FROM = 0.98  # from here on the machine decides; name and room alone stay under it (spec 5.5: asked)
RIVAL = 0.5  # somebody else as likely as this must be ruled out by a human
NAMES_AT_ONCE = 500
LEAST_REGISTER = 100_000  # a register that is only beginning is weighed as if it were a district's
KEYS = ("id_no", "name", "sex", "birth", "phone")


@dataclass(frozen=True)
class Likely:
    """Somebody registered whom a declaration may be, how likely, and by what evidence."""

    person: Person
    probability: float
    findings: tuple[Finding, ...]


def is_sure(probabilities: Sequence[float]) -> bool:
    """Whether the machine may decide for the likeliest of these, given the likeliest first: the evidence
    leaves no doubt and nobody else comes near."""
    best, rival = (*probabilities, 0.0, 0.0)[:2]
    return best >= SAME_FROM and rival < RIVAL


def likely_people(facts: Mapping[str, Any], room: Room | None = None) -> list[Likely]:
    """Persons the declared one may be, the likeliest first, from ``LOWER`` up; two different valid numbers
    are never the same person. Looks everywhere, so that nobody is registered twice across a border.

    Args:
        facts: name and what else is known of id_no, sex, birth (date or ISO text), phone. room: the home.
    """
    return likely_in_bulk([Asked(facts, room.pk if room else None)])[0]


def likely_in_bulk(asked: Sequence[Asked]) -> list[list[Likely]]:
    """The same for many declarations at once, in a number of queries that does not grow with them."""
    keys = candidates_of(asked)
    found = {
        person.pk: person
        for person in Person._base_manager.filter(pk__in={key for some in keys for key in some})
        .exclude(status=PersonStatus.MERGED)
        .order_by("pk")
    }
    if not found:
        return [[] for _one in asked]
    people = list(found.values())
    places = {person.pk: len(asked) + at for at, person in enumerate(people)}
    pairs = [(at, places[key]) for at, some in enumerate(keys) for key in sorted(some) if key in places]
    own = [_record(one.facts, one.room) for one in asked]
    tokens, rates = prepare(
        pl.DataFrame([*own, *_records(people)], infer_schema_length=None),
        population=population_of({one.facts["name"] for one in asked}),
    )
    answers: list[list[Likely]] = [[] for _one in asked]
    for each in weigh(tokens, rates, pairs):
        if each.probability >= LOWER and not each.barred:
            likely = Likely(people[each.right - len(asked)], each.probability, each.findings)
            answers[each.left].append(likely)
    return [sorted(answer, key=lambda likely: -likely.probability) for answer in answers]


def _records(people: Sequence[Person]) -> list[dict[str, Any]]:
    homes = _homes(person.pk for person in people)
    numbers = unseal_many([person.id_sealed for person in people])
    phones = unseal_many([person.phone_sealed for person in people])
    return [
        _record(vars(person) | {"id_no": number, "phone": phone}, homes.get(person.pk))
        for person, number, phone in zip(people, numbers, phones, strict=True)
    ]


def _homes(people: Iterable[int]) -> dict[int, int]:
    held = Tie._base_manager.filter(person__in=list(people), kind=TieKind.LIVES, known_to=None, valid_to=None)
    return dict(held.exclude(room=None).order_by("pk").values_list("person_id", "room_id"))


def _record(facts: Mapping[str, Any], room: int | None) -> dict[str, Any]:
    texts = {name: str(facts.get(name) or "") for name in KEYS}
    return {**texts, "door_key": str(room) if room else None}


def population_of(names: Collection[str]) -> Population:
    """The register these names stand in. Counting a district takes longer than a whole question: the newest
    number stands for its size.

    Args:
        names: as written; any number of them.
    """
    newest = Person._base_manager.aggregate(newest=Max("pk"))["newest"] or 0
    counts: dict[str, int] = {}
    written = sorted(names)
    for at in range(0, len(written), NAMES_AT_ONCE):
        some = written[at : at + NAMES_AT_ONCE]
        held = Person._base_manager.filter(name__in=some).values_list("name").annotate(n=Count("pk"))
        for name, count in held.order_by():
            counts[folded(name)] = counts.get(folded(name), 0) + count
    return Population(usual_rates(max(newest, LEAST_REGISTER)), counts)

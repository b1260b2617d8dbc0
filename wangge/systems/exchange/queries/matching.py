"""Who of a list is in the register of an area now: by blind index, so many at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.registry.people.enums import PersonStatus
from wangge.registry.people.models import Person, Tie

PRESENT = (PersonStatus.ACTIVE, PersonStatus.PENDING)
AT_ONCE = 500
FACTS = ("id_index", "name", "phone_index", "residence_code_status")


def found_in(area_code: str, indexes: Sequence[str]) -> dict[str, Person]:
    """Blind index of an id number → whoever holds it and lives, works, owns or is registered there now.

    ``area_code`` of each is where she was found, so that reading it asks nothing.
    """
    found: dict[str, Person] = {}
    for some in _pieces(sorted(set(indexes) - {""})):
        for tie in _ties(area_code).filter(person__id_index__in=some):
            person = found.setdefault(tie.person.id_index or "", tie.person)
            person.__dict__.setdefault("area_code", tie.area_code)
    return found


def _ties(area_code: str) -> QuerySet[Tie]:
    inside = prefix_filter("area_code", prefix_of(area_code))
    held = Tie.objects.filter(inside, known_to=None, valid_to=None, person__status__in=PRESENT)
    columns = ("kind", "area_code", *(f"person__{name}" for name in FACTS))
    return held.select_related("person").only(*columns).order_by("pk")


def _pieces(indexes: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(indexes), AT_ONCE):
        yield indexes[start : start + AT_ONCE]

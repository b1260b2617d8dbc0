"""Whose child is whose, as far as the register knows (PIPL 31: under 14 the guardian decides)."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.enums import PersonStatus, TieKind
from wangge.registry.people.models import Person, Tie

UNDER = 14


def children_of(person: Person) -> list[Person]:
    """The children under 14 for whom this person is registered as the guardian: she cares for them, or they
    live in one household with her and she is its head or the guardian who is named with the child."""
    today = timezone.localdate()
    born_after = date(today.year - UNDER, today.month, min(today.day, 28))
    with within(EVERYWHERE):
        cared = Tie.objects.filter(person=person, kind=TieKind.CARES, valid_to=None, known_to=None)
        beside = _beside(person)
        young = Person.objects.filter(
            pk__in={*cared.values_list("other", flat=True), *beside}, birth__gte=born_after
        ).exclude(status__in=[PersonStatus.MERGED, PersonStatus.DEAD])
        cares = set(cared.values_list("other", flat=True))
        return [child for child in young.order_by("pk") if _answers_for(person, child, cares, beside, today)]


def _beside(person: Person) -> dict[int, bool]:
    """Who lives in her household now -> whether she is its head."""
    homes = Tie.objects.filter(person=person, kind=TieKind.LIVES, valid_to=None, known_to=None)
    found: dict[int, bool] = {}
    for home in homes.exclude(household=None).select_related("household"):
        head = home.relation == "02" or (home.household is not None and home.household.head_id == person.pk)
        there = Tie.objects.filter(
            household=home.household_id, kind=TieKind.LIVES, valid_to=None, known_to=None
        )
        found |= dict.fromkeys(there.exclude(person=person).values_list("person", flat=True), head)
    return found


def _answers_for(person: Person, child: Person, cares: set, beside: dict[int, bool], today: date) -> bool:
    age = child.age_on(today)
    if age is None or age >= UNDER:
        return False
    named = bool(child.guardian) and child.guardian == person.name
    return child.pk in cares or (child.pk in beside and (beside[child.pk] or named))

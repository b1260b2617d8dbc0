"""A few records that contradict themselves, so that the worklist of the demo has something to repair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from wangge.registry.people import actions
from wangge.registry.people.models import Discrepancy, Person, Room, Tie

SPOILED = 10  # people asked for; one rule after another


def spoil_records(people: Sequence[int], *, today: date) -> int:
    """Make each of these records wrong in another way and find them; returns how many are found."""
    for number, pk in enumerate(people):
        _WAYS[number % len(_WAYS)](Person._base_manager.get(pk=pk), today)
    actions.check_people(people)
    return Discrepancy._base_manager.filter(state="open").count()


def _other_year(person: Person, today: date) -> None:
    if person.birth:
        Person._base_manager.filter(pk=person.pk).update(birth=person.birth - timedelta(days=365))


def _other_sex(person: Person, today: date) -> None:
    Person._base_manager.filter(pk=person.pk).update(sex="1" if person.sex == "2" else "2")


def _second_home(person: Person, today: date) -> None:
    home = person.ties.filter(kind="lives", known_to=None, valid_to=None).select_related("room").first()
    near = Room._base_manager.filter(area_code=home.area_code, state="vacant").first() if home else None
    if near:
        on = today - timedelta(days=12)
        actions.begin_tie(actor="cli", person=person, kind="lives", room=near, on=on, way="2")


def _second_head(person: Person, today: date) -> None:
    home = person.ties.filter(kind="lives", known_to=None, valid_to=None).first()
    if home and home.household_id:
        others = Tie._base_manager.filter(household=home.household_id, kind="lives", valid_to=None)
        Tie._base_manager.filter(pk=home.pk).update(relation="02")
        other = others.exclude(pk=home.pk).first()
        if other:
            Tie._base_manager.filter(pk=other.pk).update(relation="02")


def _left_open(person: Person, today: date) -> None:
    actions.record_leave(actor="cli", person=person, on=today - timedelta(days=30), reason="演示")
    former = person.ties.filter(kind="lives", known_to=None).select_related("room").first()
    if former and former.room:
        actions.begin_tie(actor="cli", person=person, kind="lives", room=former.room, on=former.valid_to)


_WAYS: tuple[Callable[[Person, date], None], ...] = (
    _other_year,
    _other_sex,
    _second_home,
    _second_head,
    _left_open,
)

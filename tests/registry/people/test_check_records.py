"""Records that contradict themselves are found, repaired, dismissed and taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.registry.people.people_cast import GRID, demo_id
from wangge.lib.scoping import Reach, within
from wangge.registry.people.actions import (
    begin_tie,
    check_people,
    correct_tie,
    record_death,
    record_leave,
    reopen_discrepancy,
    repair_discrepancy,
)
from wangge.registry.people.models import Discrepancy, Household, Person, Room, Tie
from wangge.registry.people.queries import gone_by
from wangge.registry.people.rules import Declined

TODAY = timezone.localdate
Enrol = Callable[..., Person]


def years(number: float) -> date:
    return TODAY() - timedelta(days=round(number * 365.25))


def found(*people: Person) -> list[str]:
    """The rules that do not hold for these people, as they wait in the worklist."""
    check_people([person.pk for person in people])
    return sorted(Discrepancy.objects.filter(state="open").values_list("rule", flat=True))


@pytest.fixture
def home(room: Room) -> Household:
    """The household of 甲栋 101."""
    return Household.objects.create(area_code=GRID, room=room)


@pytest.fixture
def join(enrol: Enrol, home: Household) -> Callable[..., Person]:
    """``join("甲一", "20", age=30)`` puts somebody of an age into the household in a relation."""

    def one(name: str, relation: str, age: float | None = None, **facts: object) -> Person:
        born = {"birth": years(age)} if age is not None else {}
        person = enrol(name, **born, **facts)
        Tie.objects.filter(person=person).update(household=home, relation=relation)
        return person

    return one


def test_a_record_without_fault_raises_nothing(join: Callable[..., Person], home: Household) -> None:
    head = join("甲一", "02", 50, sex="1")
    Household.objects.filter(pk=home.pk).update(head=head)
    assert found(head, join("甲二", "20", 20, sex="1"), join("甲三", "50", 75), join("甲四", "10", 48)) == []


class TestPersons:
    def test_birth_against_the_number(self, enrol: Enrol) -> None:
        person = enrol(id_no=demo_id(1, date(1980, 5, 6)), birth=date(1981, 5, 6))
        assert found(person) == ["birth_not_of_id"]
        repair_discrepancy(actor="cli", discrepancy=Discrepancy.objects.get())
        person.refresh_from_db()
        assert person.birth == date(1980, 5, 6) and found(person) == []

    def test_sex_against_the_number(self, enrol: Enrol) -> None:
        person = enrol(id_no=demo_id(1), sex="2")  # serial 1 is odd: a man
        assert found(person) == ["sex_not_of_id"]
        repair_discrepancy(actor="cli", discrepancy=Discrepancy.objects.get())
        person.refresh_from_db()
        assert person.sex == "1"

    def test_two_homes_and_the_older_ends_where_the_newer_begins(
        self, enrol: Enrol, other_room: Room
    ) -> None:
        person = enrol()
        Tie.objects.update(valid_from=years(3))
        begin_tie(actor="cli", person=person, kind="lives", room=other_room, on=years(1))
        assert found(person) == ["lives_in_two_rooms"]
        repair_discrepancy(actor="cli", discrepancy=Discrepancy.objects.get())
        held = Tie.objects.get(person=person, known_to=None, valid_to=None)
        assert held.room == other_room
        assert Tie.objects.get(person=person, known_to=None, valid_to=years(1)).room != other_room

    def test_one_of_two_homes_out_of_reach_is_not_ended(self, enrol: Enrol, other_room: Room) -> None:
        person = enrol()
        Tie.objects.update(valid_from=years(3), area_code="440703003001001")
        begin_tie(actor="cli", person=person, kind="lives", room=other_room, on=years(1))
        found(person)
        with within(Reach((GRID,))), pytest.raises(Declined) as why:
            repair_discrepancy(actor="cli", discrepancy=Discrepancy._base_manager.get())
        assert why.value.code == "outside"
        assert Tie.objects.filter(person=person, known_to=None, valid_to=None).count() == 2

    def test_somebody_gone_with_a_home(self, enrol: Enrol, other_room: Room) -> None:
        person = enrol()
        record_death(actor="cli", person=person, on=years(0.1))
        Person.objects.update(status="dead")
        begin_tie(actor="cli", person=person, kind="lives", room=other_room)
        assert found(person) == ["gone_but_tied"]
        repair_discrepancy(actor="cli", discrepancy=Discrepancy.objects.get())
        assert not Tie.objects.filter(known_to=None, valid_to=None).exists()
        assert Tie.objects.filter(room=other_room, known_to=None).get().valid_to == years(0.1)

    def test_who_left_and_has_a_home_since_is_back(self, enrol: Enrol, other_room: Room) -> None:
        person = enrol()
        record_leave(actor="cli", person=person, on=years(1))
        begin_tie(actor="cli", person=person, kind="lives", room=other_room, on=years(0.5))
        assert found(person) == ["gone_but_tied"]
        row = repair_discrepancy(actor="cli", discrepancy=Discrepancy.objects.get())
        person.refresh_from_db()
        assert person.status == "active" and found(person) == []
        away = [gone_by(years(share)).filter(person=person).exists() for share in (1.1, 0.7, 0.4)]
        assert away == [False, True, False]
        reopen_discrepancy(actor="cli", discrepancy=row)
        person.refresh_from_db()
        assert person.status == "left" and gone_by(years(0.4)).filter(person=person).exists()

    def test_the_dead_may_own_and_who_left_may_work(self, enrol: Enrol, other_room: Room) -> None:
        dead, gone = enrol("甲一"), enrol("甲二")
        begin_tie(actor="cli", person=dead, kind="owns", room=other_room)
        begin_tie(actor="cli", person=gone, kind="works", area=GRID)
        record_death(actor="cli", person=dead, on=TODAY())
        record_leave(actor="cli", person=gone, on=TODAY())
        assert found(dead, gone) == []

    @pytest.mark.parametrize(("sex", "age", "rules"), [
        ("1", 21, ["married_too_young"]), ("1", 22.1, []), ("2", 19, ["married_too_young"]), ("2", 20.1, []),
        ("", 19, ["married_too_young"]),
    ])  # fmt: skip
    def test_married_before_the_lawful_age(
        self, enrol: Enrol, sex: str, age: float, rules: list[str]
    ) -> None:
        person = enrol(sex=sex, birth=years(age), marriage="20")
        assert found(person) == rules
        if rules:
            with pytest.raises(Declined) as why:
                repair_discrepancy(actor="cli", discrepancy=Discrepancy.objects.get())
            assert why.value.code == "nothing_proposed"

    def test_a_job_below_sixteen(self, enrol: Enrol) -> None:
        child, grown = enrol("甲一", birth=years(15.5)), enrol("甲二", birth=years(16.1))
        for person in (child, grown):
            begin_tie(actor="cli", person=person, kind="works", area=GRID)
        assert found(child, grown) == ["works_too_young"]

    def test_born_tomorrow_or_a_century_and_more_ago(self, enrol: Enrol) -> None:
        people = [
            enrol("甲一", birth=TODAY() + timedelta(days=1)),
            enrol("甲二", birth=years(121.5)),
            enrol("甲三", birth=years(120.5)),
        ]
        assert found(*people) == ["not_born_yet", "too_old"]

    def test_a_home_older_than_its_inhabitant(self, enrol: Enrol) -> None:
        person = enrol(birth=years(10))
        Tie.objects.update(valid_from=years(10) - timedelta(days=1))
        assert found(person) == ["lived_before_birth"]
        correct_tie(actor="cli", tie=person.ties.get(known_to=None), reason="登记有误", valid_from=years(10))
        assert found(person) == []


class TestHouseholds:
    def test_two_heads_and_the_one_written_down_stays(
        self, join: Callable[..., Person], home: Household
    ) -> None:
        elder, younger = join("甲一", "02", 60), join("甲二", "02", 40)
        Household.objects.update(head=younger)
        assert found(elder) == ["two_heads"]
        row = Discrepancy.objects.get()
        assert row.person == elder
        repair_discrepancy(actor="cli", discrepancy=row)
        assert found(elder) == []
        assert Tie.objects.get(person=elder, known_to=None).relation == ""
        assert Tie.objects.get(person=younger, known_to=None).relation == "02"

    def test_three_heads_become_one_by_two_repairs(self, join: Callable[..., Person]) -> None:
        people = [join(f"甲{n}", "02", age) for n, age in (("一", 60), ("二", 50), ("三", 40))]
        assert found(people[0]) == ["two_heads", "two_heads"]
        while rows := list(Discrepancy.objects.filter(state="open")):
            repair_discrepancy(actor="cli", discrepancy=rows[0])
        relations = Tie.objects.filter(known_to=None).order_by("person").values_list("relation", flat=True)
        assert list(relations) == ["02", "", ""]

    def test_a_son_older_than_the_head_is_the_father(self, join: Callable[..., Person]) -> None:
        join("甲一", "02", 30)
        son = join("甲二", "20", 55, sex="1")
        assert found(son) == ["child_older_than_head"]
        repair_discrepancy(actor="cli", discrepancy=Discrepancy.objects.get())
        assert Tie.objects.get(person=son, known_to=None).relation == "50" and found(son) == []

    def test_where_ages_are_near_nothing_is_proposed(self, join: Callable[..., Person]) -> None:
        join("甲一", "02", 50)
        son = join("甲二", "20", 55, sex="1")
        assert found(son) == ["child_older_than_head"]
        with pytest.raises(Declined):
            repair_discrepancy(actor="cli", discrepancy=Discrepancy.objects.get())

    def test_a_mother_younger_than_the_head_is_a_daughter(self, join: Callable[..., Person]) -> None:
        join("甲一", "02", 60)
        mother = join("甲二", "50", 30, sex="2")
        assert found(mother) == ["parent_younger_than_head"]
        repair_discrepancy(actor="cli", discrepancy=Discrepancy.objects.get())
        assert Tie.objects.get(person=mother, known_to=None).relation == "30"

    def test_a_female_son_is_turned_only_when_the_number_agrees(self, join: Callable[..., Person]) -> None:
        join("甲一", "02", 60)
        sure = join("甲二", "20", id_no=demo_id(2, years(30)))
        unsure = join("甲三", "20", 30, sex="2")
        assert found(sure, unsure) == ["sex_not_of_relation"] * 2
        repair_discrepancy(actor="cli", discrepancy=Discrepancy.objects.get(person=sure))
        assert Tie.objects.get(person=sure, known_to=None).relation == "30"
        with pytest.raises(Declined):
            repair_discrepancy(actor="cli", discrepancy=Discrepancy.objects.get(person=unsure))

    def test_a_toddler_gives_the_household_to_the_eldest(
        self, join: Callable[..., Person], home: Household
    ) -> None:
        child = join("甲一", "02", 2)
        elder = join("甲二", "", 60)
        join("甲三", "", 40)
        assert found(child) == ["toddler_is_head"]
        row = Discrepancy.objects.get()
        repair_discrepancy(actor="cli", discrepancy=row)
        home.refresh_from_db()
        assert home.head == elder and Tie.objects.get(person=elder, known_to=None).relation == "02"
        reopen_discrepancy(actor="cli", discrepancy=row)
        home.refresh_from_db()
        assert home.head is None and Tie.objects.get(person=child, known_to=None).relation == "02"

    def test_a_head_who_moved_away(self, join: Callable[..., Person], enrol: Enrol, other_room: Room) -> None:
        gone, here = enrol("甲三", room=other_room), join("甲一", "02", 40)
        Household.objects.update(head=gone)
        assert found(here) == ["head_lives_elsewhere"]
        repair_discrepancy(actor="cli", discrepancy=Discrepancy.objects.get())
        assert Household.objects.get().head == here and found(here) == []

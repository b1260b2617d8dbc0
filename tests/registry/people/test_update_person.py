"""Facts are taken over by trust; a lesser source never overwrites a better one."""

from datetime import date

import pytest

from tests.registry.people.people_cast import PHONE, demo_id
from wangge.registry.people.actions import settle_contradiction, update_person
from wangge.registry.people.enums import Source
from wangge.registry.people.models import Contradiction
from wangge.registry.people.rules import Declined

OTHER = "10000000002"
DAY = date(2026, 3, 4)


def tell(person, source, on=DAY, **facts):
    outcome = update_person(actor="cli", person=person, facts=facts, source=source, on=on)
    person.refresh_from_db()
    return outcome


@pytest.mark.parametrize(
    ("held", "offered", "taken"),
    [
        (Source.IMPORT, Source.VISIT, True),
        (Source.VISIT, Source.VISIT, True),
        (Source.POLICE, Source.CERTIFICATE, False),
        (Source.VISIT, Source.IMPORT, False),
    ],
)
def test_higher_or_equal_trust_overwrites_and_lower_contradicts(enrol, held, offered, taken):
    person = enrol()
    tell(person, held, phone=PHONE)
    outcome = tell(person, offered, phone=OTHER)
    assert person.phone == (OTHER if taken else PHONE)
    assert outcome.changed == (["phone"] if taken else [])
    assert Contradiction.objects.filter(person=person).count() == (0 if taken else 1)
    assert person.told_by("phone")[0] == (offered if taken else held)


def test_the_same_value_confirms_and_keeps_the_better_source(enrol):
    person = enrol()
    tell(person, Source.POLICE, phone=PHONE, on=date(2025, 1, 1))
    outcome = tell(person, Source.IMPORT, phone=PHONE)
    assert outcome.confirmed == ["phone"]
    assert person.told_by("phone") == (Source.POLICE, "2026-03-04")


def test_an_empty_value_says_nothing(enrol):
    person = enrol(phone=PHONE)
    assert tell(person, Source.POLICE, phone="", school=None).changed == []
    assert person.phone == PHONE


def test_a_fact_that_was_missing_is_filled_by_anybody(enrol):
    person = enrol()
    tell(person, Source.IMPORT, school="虚构小学", pets="犬")
    assert (person.school, person.facts["pets"]) == ("虚构小学", "犬")


def test_the_same_contradiction_is_raised_once(enrol):
    person = enrol(phone=PHONE)
    tell(person, Source.IMPORT, phone=OTHER)
    tell(person, Source.IMPORT, phone=OTHER)
    assert Contradiction.objects.count() == 1


@pytest.mark.parametrize("take", [True, False])
def test_a_settled_contradiction_leaves_one_value_and_cannot_be_settled_twice(enrol, take):
    person = enrol(phone=PHONE)
    tell(person, Source.IMPORT, phone=OTHER)
    row = settle_contradiction(actor="cli", contradiction=Contradiction.objects.get(), take=take)
    person.refresh_from_db()
    assert person.phone == (OTHER if take else PHONE)
    assert row.state == ("taken" if take else "kept")
    with pytest.raises(Declined):
        settle_contradiction(actor="cli", contradiction=row, take=not take)


def test_a_better_source_settles_what_it_agrees_with(enrol):
    person = enrol(phone=PHONE)
    tell(person, Source.IMPORT, phone=OTHER)
    tell(person, Source.POLICE, phone=OTHER)
    assert Contradiction.objects.get().state == "taken"


def test_the_number_of_another_person_is_declined(enrol):
    enrol(id_no=demo_id(3))
    person = enrol("乙二")
    with pytest.raises(Declined) as declined:
        tell(person, Source.POLICE, id_no=demo_id(3))
    assert declined.value.code == "id_taken"

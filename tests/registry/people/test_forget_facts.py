"""What is erased at a person's request does not come back by any way of undoing."""

from __future__ import annotations

import pytest

from tests import cast
from tests.registry.ledgers import ledger_cast as people
from wangge.lib.sealing import unseal
from wangge.registry.people import actions
from wangge.registry.people.models import Merge, Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
SCHOOL, PHONE = "旧学校", "10044440001"


def read(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def two() -> tuple[Person, Person]:
    """The same person twice; the second row has what the first lacks."""
    kept = people.a_person("甲某", phone="")
    other = people.a_person("甲某", id_no="", phone=PHONE, school=SCHOOL, facts={"hobby": "二胡"})
    for each in (kept, other):
        people.lives(each, cast.GRID)
    return kept, other


def test_an_erased_fact_is_gone_from_the_row_and_the_rows_merged_into_it(two):
    kept, other = two
    actions.merge_persons(actor="test", keep=kept, absorb=other)
    assert read(kept).phone == PHONE
    gone = actions.forget_facts(actor="test", person=kept, fields=["phone", "school", "hobby", "phone2"])
    assert gone == ["hobby", "phone", "school"]
    for row in (read(kept), read(other)):
        assert (row.phone, row.phone_index, row.school, row.facts) == ("", "", "", {})
    held = unseal(Merge.objects.get().before_sealed)
    assert SCHOOL not in held and "二胡" not in held and "hobby" not in held


def test_undoing_the_merge_brings_nothing_back(two):
    kept, other = two
    merge = actions.merge_persons(actor="test", keep=kept, absorb=other)
    actions.forget_facts(actor="test", person=kept, fields=["phone", "school", "hobby"])
    actions.unmerge_persons(actor="test", merge=merge)
    for row in (read(kept), read(other)):
        assert (row.phone, row.school, row.facts) == ("", "", {})
    assert read(kept).id_no and read(other).status == "active"  # the rest is as before the merge


def test_another_fact_stays_with_its_source(two):
    _kept, other = two
    actions.update_person(actor="test", person=other, facts={"guardian": "示范某"}, source=50)
    actions.forget_facts(actor="test", person=other, fields=["school"])
    assert read(other).guardian == "示范某" and read(other).told_by("guardian")[0] == 50


def test_nothing_known_is_nothing_erased_and_nothing_told(two):
    from wangge.foundation.journal.models import Entry

    kept, _other = two
    assert actions.forget_facts(actor="test", person=kept, fields=["school"]) == []
    assert not Entry.objects.filter(kind="person.facts_erased").exists()

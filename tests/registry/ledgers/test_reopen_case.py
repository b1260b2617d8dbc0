"""A decision about a pair is taken back, in the reverse order, as long as nothing was built upon it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import COMMUNITY, GRID
from tests.registry.ledgers.ledger_cast import a_firm, a_person, a_room, ago, lives, tie
from tests.registry.ledgers.reopen_cast import a_case, register
from wangge.foundation.journal.models import Entry
from wangge.lib.identifiers import make_demo_id
from wangge.lib.sealing import blind
from wangge.registry.ledgers.actions import reopen_case, settle_case
from wangge.registry.ledgers.enums import CaseState
from wangge.registry.ledgers.models import Case, Row
from wangge.registry.people import actions as people
from wangge.registry.people.enums import Source
from wangge.registry.people.models import Person, Tie

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("areas")]


@pytest.fixture
def held(areas: None) -> Person:
    person = a_person("甲一", id_no="", phone="10000000001", birth=None)
    lives(person, room=a_room())
    return person


def _moved_in(door: str = "102") -> list[dict[str, Any]]:
    return [{"kind": "lives", "area_code": GRID, "room": a_room(door=door).pk}]


def test_both_the_decision_and_its_undoing_stand_in_the_trail(held: Person) -> None:
    case = settle_case(actor="test", case=a_case(held, {"education": "20"}, []), same=True)
    reopened = reopen_case(actor="test", case=case)
    assert reopened.state == CaseState.OPEN and not reopened.undo_sealed
    kinds = Entry.objects.filter(subject_type="ledgers.case").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["case.settled", "case.reopened"]


def test_what_was_edited_since_stays_and_the_rest_goes_back(held: Person) -> None:
    case = a_case(held, {"education": "20", "school": "虚构小学"}, [])
    settle_case(actor="test", case=case, same=True)
    people.update_person(actor="test", person=held, facts={"school": "虚构中学"})
    reopen_case(actor="test", case=case)
    held.refresh_from_db()
    assert (held.education, held.school) == ("", "虚构中学")
    assert "education" not in held.provenance and held.provenance["school"][0] == Source.VISIT


def test_after_a_move_there_is_no_step_back_and_nothing_changes(held: Person) -> None:
    case = a_case(held, {}, _moved_in())
    settle_case(actor="test", case=case, same=True)
    people.move_person(actor="test", person=held, on=ago(1), room=a_room(door="103"))
    before = register()
    with pytest.raises(people.Declined) as refused:
        reopen_case(actor="test", case=case)
    assert refused.value.code == "moved_on" and register() == before


def test_a_home_confirmed_since_is_not_taken_away(held: Person) -> None:
    case = a_case(held, {}, _moved_in())
    settle_case(actor="test", case=case, same=True)
    people.begin_tie(actor="test", person=held, kind="lives", room=a_room(door="102"))
    with pytest.raises(people.Declined):
        reopen_case(actor="test", case=case)


def test_decisions_about_one_person_are_taken_back_in_the_reverse_order(held: Person) -> None:
    first, second = a_case(held, {"education": "20"}, []), a_case(held, {"education": "30"}, [])
    before = register()
    for case in (first, second):
        settle_case(actor="test", case=case, same=True)
    with pytest.raises(people.Declined) as refused:
        reopen_case(actor="test", case=first)
    assert refused.value.code == "later"
    for case in (second, first):
        reopen_case(actor="test", case=case)
    assert register() == before


def test_a_person_merged_since_is_unmerged_first(held: Person) -> None:
    other = a_person("甲一", id_no="")
    lives(other)
    case = settle_case(actor="test", case=a_case(held, {"education": "20"}, []), same=True)
    merge = people.merge_persons(actor="test", keep=held, absorb=other)
    with pytest.raises(people.Declined) as refused:
        reopen_case(actor="test", case=case)
    assert refused.value.code == "merged_on"
    people.unmerge_persons(actor="test", merge=merge)
    reopen_case(actor="test", case=case)
    held.refresh_from_db()
    assert held.education == ""


@pytest.mark.parametrize("later", ["facts", "tie", "row", "head", "merge"])
def test_a_person_of_its_own_that_has_grown_since_is_not_removed(held: Person, later: str) -> None:
    case = settle_case(actor="test", case=a_case(held, {"education": "20"}, _moved_in()), same=False)
    own = Person.objects.get(pk=case.result_id)
    match later:
        case "facts":
            people.update_person(actor="test", person=own, facts={"school": "虚构中学"})
        case "tie":
            tie(own, "works", organisation=a_firm())
        case "row":
            Row.objects.create(
                batch_id=case.batch_id, sheet="表", number=999, outcome="unchanged", person=own
            )
        case "head":
            household = people.find_or_register_household(actor="test", room=a_room())
            type(household).objects.filter(pk=household.pk).update(head=own)
        case _:
            other = a_person("甲一", id_no="")
            lives(other)
            people.merge_persons(actor="test", keep=own, absorb=other)
    before = register()
    with pytest.raises(people.Declined) as refused:
        reopen_case(actor="test", case=Case.objects.get(pk=case.pk))
    assert refused.value.code == ("merged_on" if later == "merge" else "grown")
    assert register() == before


def test_a_row_with_several_questions_is_registered_once(held: Person) -> None:
    other = a_person("甲一", id_no="")
    lives(other)
    one, two = a_case(held, {}, _moved_in(), key="k"), a_case(other, {}, _moved_in(), key="k")
    before = register()
    settle_case(actor="test", case=one, same=False)
    assert Case.objects.get(pk=one.pk).result_id is None
    settle_case(actor="test", case=two, same=True)
    with pytest.raises(people.Declined):
        reopen_case(actor="test", case=one)
    reopen_case(actor="test", case=two)
    reopen_case(actor="test", case=one)
    assert register() == before
    people_before = Person.objects.count()
    settle_case(actor="test", case=two, same=True)
    settle_case(actor="test", case=one, same=False)  # its row is somebody already
    assert Person.objects.count() == people_before


def test_a_case_that_is_open_stays_open_and_one_without_memory_says_so(held: Person) -> None:
    case = a_case(held, {}, [])
    assert reopen_case(actor="test", case=case).state == CaseState.OPEN
    settle_case(actor="test", case=case, same=True)
    Case.objects.filter(pk=case.pk).update(undo_sealed="")
    with pytest.raises(people.Declined) as refused:
        reopen_case(actor="test", case=case)
    assert refused.value.code == "forgotten"


def test_rotated_keys_do_not_stand_in_the_way(held: Person, settings: Any) -> None:
    case = a_case(held, {"phone": "10000000002", "id_no": make_demo_id("999703", date(1980, 5, 6), 9)}, [])
    settle_case(actor="test", case=case, same=True)
    settings.FIELD_KEYS += ",2:" + "c4" * 32
    people.reseal_all(actor="test")
    reopen_case(actor="test", case=case)
    held.refresh_from_db()
    assert (held.phone, held.id_no, held.id_index) == ("10000000001", "", None)
    assert held.phone_index == blind("10000000001")


def test_the_ledgers_of_the_area_are_counted_anew_after_an_undoing(held: Person) -> None:
    from wangge.registry.ledgers.actions.counts import recount, recount_touched
    from wangge.registry.ledgers.queries.counts import stored_counts

    recount(COMMUNITY)
    case = settle_case(actor="test", case=a_case(held, {}, _moved_in()), same=False)
    recount_touched()
    assert stored_counts(COMMUNITY)["resident"].count == 2
    reopen_case(actor="test", case=case)
    Entry.objects.filter(kind="case.reopened").update(at=timezone.now() + timedelta(seconds=1))
    recount_touched()
    assert stored_counts(COMMUNITY)["resident"].count == 1
    assert Tie.objects.count() == 1

"""A run over the register: who is merged, who is asked about, who is left apart, and what is remembered."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import COMMUNITY, GRID, OTHER_COMMUNITY, OTHER_GRID
from tests.registry.linkage.linkage_cast import (
    BORN,
    a_room,
    a_waiting_row,
    doubtful,
    number,
    run,
    somebody,
    strangers,
    the_pair,
    twice,
)
from wangge.foundation.journal.models import Entry
from wangge.registry.ledgers.actions import reopen_case
from wangge.registry.ledgers.enums import CaseState
from wangge.registry.linkage import actions
from wangge.registry.linkage.enums import MACHINE, PairState, RunState
from wangge.registry.linkage.models import LinkRun, Pair, SettledRow
from wangge.registry.linkage.pipeline.looking import look
from wangge.registry.linkage.pipeline.records import read_records
from wangge.registry.people.actions import merge_persons, unmerge_persons, update_person
from wangge.registry.people.models import Merge, Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]


def drain() -> None:
    from wangge.flows import worker

    worker.drain()


def test_one_person_registered_twice_becomes_one_and_the_number_stays():
    one, other = twice()
    done = run()
    other.refresh_from_db()
    assert (done.state, done.counts["merged"], other.merged_into) == (RunState.DONE, 1, one)
    pair = the_pair(one, other)
    assert (pair.state, pair.decided_by, pair.run, pair.merge.kept) == (PairState.SAME, MACHINE, done, one)
    assert pair.probability >= done.upper and ["birth_same_home", 7.23] in pair.findings
    assert f"{done.pk}" in pair.merge.reason


def test_a_merge_of_a_run_can_be_undone_and_is_not_done_again():
    one, other = twice()
    run()
    unmerge_persons(actor="cli", merge=Merge.objects.get(), reason="两个人")
    drain()
    assert the_pair(one, other).state == PairState.DIFFERENT
    assert run().counts["merged"] == 0
    other.refresh_from_db()
    assert other.merged_into is None


def test_an_undone_merge_is_remembered_also_before_the_worker_heard_of_it():
    twice()
    run()
    unmerge_persons(actor="cli", merge=Merge.objects.get(), reason="两个人")
    assert run().counts["merged"] == 0


def test_two_people_merged_and_parted_by_hand_are_left_alone():
    one, other = twice()
    merge = merge_persons(actor="cli", keep=one, absorb=other)
    unmerge_persons(actor="cli", merge=merge, reason="父子同名")
    done = run()
    assert (done.counts["merged"], done.counts["asked"]) == (0, 0)


def test_what_is_not_certain_is_asked_with_what_speaks_for_and_against():
    one, other = doubtful()
    done = run()
    pair = the_pair(one, other)
    assert (done.counts["asked"], pair.state, pair.area_code) == (1, PairState.OPEN, GRID)
    assert done.lower <= pair.probability < done.upper
    told = dict(pair.findings)
    assert told["name_alike"] > 0 > told["home_moved"]
    assert [abs(bits) for _code, bits in pair.findings] == sorted(map(abs, told.values()), reverse=True)
    assert pair.gain == pytest.approx(pair.gain) and pair.gain > 0


def test_a_second_run_asks_the_same_question_once_and_knows_the_answer():
    one, other = doubtful()
    run()
    assert run().counts["asked"] == 1
    assert Pair.objects.count() == 1
    actions.settle_pair(actor="cli", pair=the_pair(one, other), same=False)
    assert run().counts["asked"] == 0
    assert the_pair(one, other).state == PairState.DIFFERENT


def test_a_question_nobody_would_ask_today_is_withdrawn():
    one, other = doubtful()
    run()
    update_person(actor="cli", person=one, facts={"birth": date(1955, 1, 2), "sex": "1"})
    update_person(actor="cli", person=other, facts={"name": "诸葛另"})
    assert run().counts["withdrawn"] == 1
    assert the_pair(one, other) is None


def test_two_valid_numbers_are_never_merged_however_alike():
    one = somebody("欧阳试", room=a_room(), phone="10000300001", id_no=number(31))
    other = somebody("欧阳试", room=a_room(), phone="10000300001", id_no=number(33))
    done = run()
    assert (done.counts["merged"], Merge.objects.count()) == (0, 0)
    pair = the_pair(one, other)
    assert pair is None or pair.state == PairState.REFUSED


def test_a_record_between_two_numbers_is_asked_about_and_not_given_to_either():
    room, born = a_room("808"), BORN
    one = somebody("司徒双", room=room, id_no=number(41))
    other = somebody("司徒双", room=room, id_no=number(43))
    third = somebody("司徒双", room=room, birth=born, sex="1")
    done = run()
    assert done.counts["merged"] == 0
    assert {the_pair(one, third).state, the_pair(other, third).state} == {PairState.OPEN}


def test_three_records_of_one_person_become_one_and_each_merge_has_its_pair():
    room = a_room("606")
    one, two = twice("上官三", room=room)
    three = somebody("上官三", room=room, birth=BORN, sex="1")
    assert run().counts["merged"] == 2
    merges = {merge.absorbed_id: merge for merge in Merge.objects.all()}
    assert set(merges) == {two.pk, three.pk} and {m.kept_id for m in merges.values()} == {one.pk}
    assert {pair.merge_id for pair in Pair.objects.all()} == {merge.pk for merge in merges.values()}


def test_an_area_limits_the_run_to_pairs_with_a_side_in_it():
    twice()
    assert run(OTHER_COMMUNITY).counts["merged"] == 0
    assert run(COMMUNITY).counts["merged"] == 1


def test_a_pair_across_a_border_belongs_to_the_level_above():
    one = somebody("慕容疑", room=a_room("305"), birth=date(1980, 5, 6), sex="2")
    away = a_room("707", OTHER_GRID, "远方花园")
    other = somebody("慕容宜", room=away, birth=date(1980, 5, 16), sex="2")
    run(OTHER_COMMUNITY)
    assert the_pair(one, other).area_code == "440703000000"


def test_a_waiting_row_above_the_threshold_is_settled_as_the_person_beside_it():
    one, _other = twice()
    case = a_waiting_row(one, birth=BORN.isoformat(), sex="1", phone=one.phone)
    done = run()
    case.refresh_from_db()
    assert (case.state, case.result, case.decided_by, done.counts["settled"]) == ("same", one, MACHINE, 1)
    assert SettledRow.objects.get().run == done


def test_a_row_that_a_human_opened_again_is_not_settled_again():
    one, _other = twice()
    case = a_waiting_row(one, birth=BORN.isoformat(), sex="1", phone=one.phone)
    run()
    case.refresh_from_db()
    reopen_case(actor="cli", case=case)
    assert run().counts["settled"] == 0
    case.refresh_from_db()
    assert case.state == CaseState.OPEN


def test_a_waiting_row_with_two_questions_is_left_to_a_human():
    one, other = twice()
    cases = [a_waiting_row(person, birth=BORN.isoformat(), sex="1") for person in (one, other)]
    assert run().counts["settled"] == 0
    for case in cases:
        case.refresh_from_db()
        assert case.state == CaseState.OPEN


def test_a_waiting_row_joins_no_two_persons():
    """Both are like the row, and hardly like each other."""
    room = a_room("901")
    one = somebody("呼延桥", room=room, birth=BORN, sex="1")
    other = somebody("呼延乔", area=GRID, phone="10000600001", sex="1")
    a_waiting_row(one, birth=BORN.isoformat(), phone="10000600001", sex="1")
    assert the_pair(one, other) is None
    run()
    assert Merge.objects.count() == 0


def test_a_dry_run_finds_the_same_and_writes_nothing():
    twice()
    doubtful()
    before = Entry.objects.count()
    found = look(area_code="440703000000", engine="duckdb")
    assert (found.counts()["merged"], found.counts()["asked"]) == (1, 1)
    assert (Pair.objects.count(), LinkRun.objects.count(), Entry.objects.count()) == (0, 0, before)


def test_the_register_is_read_in_a_number_of_queries_that_does_not_grow():
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            read_records()
        return len(queries)

    few = asked()
    strangers(24)
    assert asked() == few
    assert read_records().frame.height == Person.objects.count()


def test_numbers_and_phones_are_in_memory_only():
    one, _other = twice()
    done = run()
    told = f"{done.counts}{done.loads}{done.rates}{list(Pair.objects.values())}{list(Entry.objects.values())}"
    assert one.phone not in told and one.id_no not in told and one.name not in told

"""A human's word on two records: merged or apart, at once undone, never asked twice."""

from __future__ import annotations

import pytest

from tests.registry.linkage.linkage_cast import a_pair, a_room, doubtful, number, run, somebody
from wangge.flows import worker
from wangge.foundation.journal.models import Entry
from wangge.registry.linkage.actions import settle_pair, settle_pairs, take_back
from wangge.registry.linkage.enums import MACHINE, PairState
from wangge.registry.people.actions import merge_persons
from wangge.registry.people.models import Merge
from wangge.registry.people.rules import Declined

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]


def test_same_merges_and_keeps_the_one_with_a_number():
    one = somebody("甲一", room=a_room())
    other = somebody("甲一", room=a_room("202"), id_no=number(51))
    pair = settle_pair(actor="cli", pair=a_pair(one, other), same=True)
    one.refresh_from_db()
    assert (one.merged_into, pair.state, pair.merge.kept) == (other, PairState.SAME, other)
    assert Entry.objects.get(kind="pair.settled").data == {"same": True, "probability": 0.6}


def test_different_is_remembered_and_the_records_stay():
    one, other = doubtful()
    pair = settle_pair(actor="cli", pair=a_pair(one, other), same=False)
    assert (pair.state, pair.decided_by, Merge.objects.count()) == (PairState.DIFFERENT, "cli", 0)


def test_a_decided_pair_stays_as_it_is():
    one, other = doubtful()
    pair = settle_pair(actor="cli", pair=a_pair(one, other), same=False)
    assert settle_pair(actor="cli", pair=pair, same=True).state == PairState.DIFFERENT
    assert Merge.objects.count() == 0


def test_two_numbers_are_declined_and_the_pair_stays_open():
    one = somebody("甲一", room=a_room(), id_no=number(51))
    other = somebody("甲一", room=a_room(), id_no=number(53))
    pair = a_pair(one, other)
    with pytest.raises(Declined):
        settle_pair(actor="cli", pair=pair, same=True)
    pair.refresh_from_db()
    assert pair.state == PairState.OPEN
    done, refused = settle_pairs(actor="cli", pairs=[pair], same=True)
    assert done == [] and len(refused) == 1


def test_same_is_taken_back_and_the_pair_is_a_question_again():
    one, other = doubtful()
    pair = settle_pair(actor="cli", pair=a_pair(one, other), same=True)
    take_back(actor="cli", pair=pair)
    worker.drain()  # the undone merge must not be read as "different": somebody wants to look again
    pair.refresh_from_db()
    one.refresh_from_db()
    other.refresh_from_db()
    assert (pair.state, one.status, other.status) == (PairState.OPEN, "active", "active")
    assert settle_pair(actor="cli", pair=pair, same=True).state == PairState.SAME


def test_different_is_taken_back():
    pair = settle_pair(actor="cli", pair=a_pair(*doubtful()), same=False)
    assert take_back(actor="cli", pair=pair).state == PairState.OPEN
    assert Entry.objects.filter(kind="pair.reopened").count() == 1


def test_what_was_reopened_is_not_merged_by_the_next_run():
    from tests.registry.linkage.linkage_cast import twice

    one, other = twice()
    pair = settle_pair(actor="cli", pair=a_pair(one, other), same=True)
    take_back(actor="cli", pair=pair)
    done = run()
    other.refresh_from_db()
    assert (done.counts["merged"], other.status) == (0, "active")


def test_a_question_follows_a_person_who_is_merged_into_another():
    one, other = doubtful()
    third = somebody("慕容忆", room=a_room("305"), id_no=number(55))
    pair = a_pair(one, other)
    merge_persons(actor="cli", keep=third, absorb=one)
    pair.refresh_from_db()
    assert {pair.one_id, pair.other_id} == {third.pk, other.pk}


def test_a_pair_of_two_merged_by_hand_stays_where_it_is_and_is_no_longer_asked():
    from wangge.registry.linkage.queries.pairs import open_pairs

    one, other = doubtful()
    pair = a_pair(one, other)
    merge_persons(actor="cli", keep=one, absorb=other)
    pair.refresh_from_db()
    assert {pair.one_id, pair.other_id} == {one.pk, other.pk}
    assert not open_pairs().exists()


def test_a_machines_merge_is_not_taken_back_without_a_reason():
    from wangge.registry.linkage.rules import may_be_taken_back

    pair = a_pair(*doubtful(), state=PairState.SAME, decided_by=MACHINE)
    assert not may_be_taken_back(pair)

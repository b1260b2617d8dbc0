"""A visit is kept once, its answers become facts, and it says which ledgers it brought up to date."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from uuid import uuid4

import pytest
from django.utils import timezone

from tests import cast
from tests.systems.fieldwork.visit_cast import (
    GAS,
    NEED,
    OTHER_PHONE,
    PHONE,
    a_campaign,
    a_room,
    cared,
    confirmed,
    days_ago,
    lives,
    visited,
)
from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.registry.people.models import Person, Room, Tie
from wangge.systems.fieldwork.models import CareService, Duty, Visit
from wangge.systems.fieldwork.queries.scripts import script_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_room()


@pytest.fixture
def worker():
    return cast.worker()


def key(person, fact: str) -> str:
    return f"person:{person.pk}:{fact}"


def test_answers_become_facts_and_name_the_ledgers(room, worker):
    person = confirmed(lives(room, hukou_region="431100000000"), phone=400, residence=400)
    Person.objects.filter(pk=person.pk).update(confirmed_at=days_ago(400))
    done = visited(
        room, actor=worker, team=[{"kind": "captain", "name": "楼长甲"}, "junk"], topics=["反诈", ""],
        answers={key(person, "phone"): OTHER_PHONE, key(person, "residence"): True,
                 f"room:{room.pk}:room_state": "rented"},
    )  # fmt: skip
    visit, held = done.visit, Person.objects.get(pk=person.pk)
    assert held.phone == OTHER_PHONE and held.told_by("phone") == (40, timezone.localdate().isoformat())
    assert Tie.objects.get(person=person, known_to=None).confirmed_at == timezone.localdate()
    assert Room.objects.get(pk=room.pk).state == "rented"
    assert set(visit.changed) == {"phone", "room_state"} and visit.confirmed == ["residence"]
    assert done.ledgers == ["常住人口", "流动人口", "外来人口"]
    assert visit.team == [{"kind": "captain", "name": "楼长甲"}] and visit.topics == ["反诈"]
    assert OTHER_PHONE not in str(Entry.objects.filter(kind="visit.recorded").values())
    assert OTHER_PHONE not in visit.answers_sealed
    assert key(person, "phone") not in script_for(room).questions


def test_the_same_operation_is_one_visit(room, worker):
    op, person = uuid4(), lives(room)
    first = visited(room, op=op, actor=worker, answers={key(person, "education"): "20"})
    again = visited(room, op=op, actor=worker, answers={key(person, "education"): "30"})
    assert again.repeated and again.visit == first.visit and again.ledgers == first.ledgers
    assert Visit.objects.count() == 1 and Person.objects.get(pk=person.pk).education == "20"


def test_an_unanswered_part_keeps_a_visit_from_being_done(room, worker):
    lives(room)
    campaign = a_campaign(room)
    with pytest.raises(Unacceptable, match="居家安全、困难诉求"):
        visited(room, actor=worker, answers={f"room:{room.pk}:room_state": "own"})
    assert Visit.objects.count() == 0
    partly = visited(room, "partly", actor=worker, answers={GAS: "yes"})
    assert campaign.targets.get().state == "partly"
    assert partly.still == [
        "登记信息（还有 1 题）",
        "三问一完善",
        "居家安全（还有 1 题）",
        "困难诉求（还有 1 题）",
    ]
    done = visited(room, actor=worker, answers={GAS: "yes", NEED: False, f"room:{room.pk}:room_state": True})
    assert campaign.targets.get().state == "done" and done.still == []
    assert done.visit.submission.version.form.key == "ask3" and done.visit.submission.instance.startswith(
        "uuid:"
    )


def test_only_questions_the_worker_was_shown_can_be_missed(room, worker):
    lives(room)
    a_campaign(room)
    assert visited(room, actor=worker, shown=[]).visit.result == "done"


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"phone": "12"}, "联系电话"), ({"birth": "1980"}, "出生日期"), ({"education": "99"}, "可选的项目"),
        ({"residence": "maybe"}, "还住在这里"), ({"shoe_size": "40"}, "shoe_size"), ({"id_no": "1"}, "证件"),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_right_is_told(room, answers, said):
    person = lives(room)
    with pytest.raises(Unacceptable, match=said):
        visited(room, answers={key(person, fact): value for fact, value in answers.items()})


def test_somebody_elses_number_is_refused_whole(room):
    one, other = lives(room), lives(room, "独孤试", id_no="")
    with pytest.raises(Unacceptable, match="已登记在另一人名下"):
        visited(room, answers={key(other, "id_no"): one.id_no})
    assert Visit.objects.count() == 0


def test_a_vacant_home_and_a_refusal_are_kept(room, worker):
    assert visited(room, "vacant", actor=worker).visit.changed == ["room_state"]
    assert Room.objects.get(pk=room.pk).state == "vacant"
    assert visited(room, "refused", actor=worker).visit.result == "refused"
    with pytest.raises(Unacceptable, match="走访结果"):
        visited(room, "sleepy", actor=worker)


def test_a_wrong_address_becomes_a_recheck(room, worker):
    visited(room, "wrong", actor=worker)
    visited(room, "wrong", actor=worker)
    duty = Duty.objects.get(kind="recheck")
    assert duty.room == room and duty.state == "open" and "地址不符" in duty.words


def test_care_given_at_the_door_is_one_service(room, worker):
    row = cared(lives(room))
    duty = Duty.objects.create(
        key="c", kind="visit", area_code=cast.GRID, care=row, room=room, begins_on=days_ago(1),
        due_on=days_ago(0),
    )  # fmt: skip
    op = uuid4()
    for _time in (1, 2):
        visited(room, "partly", op=op, actor=worker, answers={f"care:{row.pk}:safe": "no"}, words="缺药")
    served = CareService.objects.get()
    assert (served.safe, served.way, served.words) == (False, "door", "缺药")
    assert Duty.objects.get(pk=duty.pk).state == "done"
    assert script_for(room).questions.keys() == {f"room:{room.pk}:room_state"}


def test_another_grids_worker_is_refused(room):
    with pytest.raises(Unacceptable, match="不在您负责的网格"):
        visited(room, actor=cast.worker(cast.OTHER_GRID))


def test_a_moment_to_come_counts_as_now(room):
    done = visited(room, "partly", at=timezone.now() + timedelta(days=1))
    assert done.visit.at <= timezone.now()


def test_who_left_may_be_back(room, worker):
    person = lives(room)
    visited(room, actor=worker, answers={key(person, "residence"): "left"})
    assert Person._base_manager.get(pk=person.pk).status == "left"
    visited(room, actor=worker, answers={key(person, "residence"): "here"})
    held = Person._base_manager.get(pk=person.pk)
    assert held.status == "active"
    assert Tie._base_manager.filter(person=held, kind="lives", known_to=None, valid_to=None).count() == 1


def test_two_workers_visits_converge_in_any_order(worker):
    """Repeated and reordered, three visits leave the same facts: the later one holds."""
    other, now = cast.worker(), timezone.now()
    ends, odds = set(), set()
    for serial, order in enumerate(permutations(range(3))):
        room = a_room(f"{serial + 300}")
        person = lives(room)
        said = [
            (worker, -3, "done", {key(person, "phone"): OTHER_PHONE, key(person, "residence"): "left"}),
            (other, -2, "partly", {key(person, "phone"): True, key(person, "residence"): "here"}),
            (other, -1, "done", {f"room:{room.pk}:room_state": "rented"}),
        ]
        ops = [uuid4() for _one in said]
        for at in (*order, *reversed(order)):
            who, ago, result, answers = said[at]
            visited(
                room,
                result,
                actor=who,
                op=ops[at],
                at=now + timedelta(minutes=ago),
                answers=answers,
                shown=[],
            )
        held = Person._base_manager.get(pk=person.pk)
        ties = Tie._base_manager.filter(person=held, kind="lives", known_to=None, valid_to=None).count()
        ends.add((held.phone, held.status, ties, Room.objects.get(pk=room.pk).state))
        first = Visit.objects.get(op=ops[0])
        odds.add(tuple(word.rpartition(":")[2] for word in first.at_odds["keys"]))
        assert Visit.objects.filter(room=room).count() == 3
    assert ends == {(OTHER_PHONE, "active", 1, "rented")}
    assert odds == {("phone", "residence")}
    assert PHONE != OTHER_PHONE


def test_a_vacant_home_that_arrives_first_stays_vacant(room, worker):
    now = timezone.now()
    visited(room, "vacant", actor=worker)
    rented = {f"room:{room.pk}:room_state": "rented"}
    visited(room, "partly", actor=worker, at=now - timedelta(minutes=5), answers=rented)
    assert Room.objects.get(pk=room.pk).state == "vacant"

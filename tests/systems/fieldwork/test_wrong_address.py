"""A wrong address told at the door waits in the worklist of the register until the re-check settles it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.systems.fieldwork.visit_cast import a_room, lives, visited
from wangge.foundation.journal.models import Entry
from wangge.registry.people.actions import check_people, record_leave
from wangge.registry.people.models import Discrepancy
from wangge.systems.fieldwork.models import Duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_room()


@pytest.fixture
def worker():
    return cast.worker()


def waiting() -> list[str]:
    rows = Discrepancy.objects.filter(rule="address_told_wrong", state="open")
    return sorted(rows.values_list("person__name", flat=True))


def test_everybody_registered_at_the_door_waits_once_and_stays_when_checked(room, worker):
    people = [lives(room), lives(room, "独孤试", phone="")]
    lives(a_room("102"), "南宫试", phone="")
    for _time in (1, 2):
        visited(room, "wrong", actor=worker)
    check_people([one.pk for one in people])
    assert waiting() == ["欧阳试", "独孤试"] and Duty.objects.filter(kind="recheck").count() == 1
    assert Entry.objects.filter(kind="discrepancy.told").count() == 2


def test_the_worklist_says_what_to_do_and_a_vacant_door_is_nobodys(room, worker, logged_in):
    lives(room)
    visited(room, "wrong", actor=worker)
    visited(a_room("103"), "wrong", actor=worker)
    page = logged_in(cast.secretary()).get(reverse("people:discrepancies")).content.decode()
    assert "登记的地址找不到这个人" in page and "请核实现在住哪里" in page and waiting() == ["欧阳试"]


@pytest.mark.parametrize(
    ("result", "said", "open_still"),
    [("partly", "same", True), ("done", "same", False), ("done", "", False), ("done", "differs", True),
     ("vacant", "", True), ("nobody", "", True)],
)  # fmt: skip
def test_the_recheck_settles_it_when_the_people_were_found(room, worker, result, said, open_still):
    lives(room)
    visited(room, "wrong", actor=worker, at=timezone.now() - timedelta(hours=1))
    answers = {f"duty:{Duty.objects.get(kind='recheck').pk}": said} if said else {}
    visited(room, result, actor=worker, answers=answers, shown=[])
    assert waiting() == (["欧阳试"] if open_still else [])
    visited(room, "wrong", actor=worker)  # told anew, it waits anew
    assert waiting() == ["欧阳试"]


def test_whoever_left_meanwhile_is_no_contradiction_any_more(room, worker):
    person = lives(room)
    visited(room, "wrong", actor=worker)
    record_leave(actor="cli", person=person, on=timezone.localdate(), source=40)
    check_people([person.pk])
    assert waiting() == [] and Discrepancy.objects.get().state == "gone"


def test_who_is_known_by_the_area_alone_waits_too(worker):
    person = lives(None)
    visited(person, "wrong", actor=worker)
    assert waiting() == ["欧阳试"]

"""Forms filled in at a visit: each is kept whole, and what the register holds of it reaches the register."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from uuid import uuid4

import pytest
from django.utils import timezone

from tests import cast
from tests.systems.fieldwork.visit_cast import (
    OTHER_PHONE,
    PHONE,
    a_campaign,
    a_room,
    confirmed,
    lives,
    visited,
)
from wangge.engines.forms.models import Submission
from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.registry.people.models import Person
from wangge.systems.fieldwork.models import Visit
from wangge.systems.fieldwork.queries.visits import refused_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_room()


@pytest.fixture
def worker():
    return cast.worker()


def key(person, fact: str) -> str:
    return f"person:{person.pk}:{fact}"


def filled_in(inside: str, instance: str = "uuid:12345678-aaaa", form: str = "ask3") -> dict[str, object]:
    """A campaign's form as a phone sends it."""
    xml = (
        f'<data xmlns:orx="http://openrosa.org/xforms" id="{form}" version="1">{inside}'
        f"<orx:meta><orx:instanceID>{instance}</orx:instanceID></orx:meta></data>"
    )
    return {"key": form, "number": 1, "instance": instance, "xml": xml}


def told_phone(phone: str, instance: str = "uuid:12345678-bbbb") -> dict[str, object]:
    return filled_in(f"<ask1><phone>{phone}</phone></ask1><ask2><gas>no</gas></ask2>", instance)


def test_a_filled_in_form_answers_its_parts(room, worker):
    campaign = a_campaign(room)
    form = filled_in("<ask2><gas>no</gas></ask2>")
    done = visited(room, actor=worker, forms=[form], answers={f"room:{room.pk}:room_state": True})
    kept = done.visit.submission
    assert campaign.targets.get().state == "done" and kept.instance == "uuid:12345678-aaaa"
    assert (kept.worker, kept.room, kept.area_code) == (worker, room, room.area_code)
    with pytest.raises(Unacceptable, match="内容不同"):
        visited(room, actor=worker, forms=[filled_in("<ask2><gas>yes</gas></ask2>")], campaigns=[])
    for xml in ("<!DOCTYPE x><x/>", str(form["xml"]).replace("data", "other")):
        with pytest.raises(Unacceptable, match="读不懂"):
            visited(room, actor=worker, forms=[form | {"xml": xml, "instance": "uuid:12345678-cccc"}])


def test_two_campaigns_forms_filled_in_at_one_visit_are_both_kept(room, worker):
    both = [a_campaign(room), a_campaign(room, key="ask4")]
    gas, state = "<ask2><gas>no</gas></ask2>", {f"room:{room.pk}:room_state": True}
    forms = [filled_in(gas), filled_in(gas, "uuid:12345678-eeee", "ask4")]
    with pytest.raises(Unacceptable, match="居家安全"):
        visited(room, actor=worker, forms=forms[:1], answers=state)
    for form in ({"key": "ask4"}, forms[0] | {"key": "ask4"}):  # a name alone, or another form's answer
        with pytest.raises(Unacceptable, match="读不懂"):
            visited(room, actor=worker, forms=[forms[0], form], answers=state)
    visited(room, actor=worker, forms=forms, answers=state)
    assert [campaign.targets.get().state for campaign in both] == ["done", "done"]
    assert set(Submission.objects.values_list("version__form__key", flat=True)) == {"ask3", "ask4"}


def test_a_phone_number_in_a_form_reaches_the_register_and_names_the_ledger(room, worker):
    person = confirmed(lives(room), phone=400)
    a_campaign(room)
    op, day = uuid4(), timezone.now() - timedelta(days=1)
    for _time in (1, 2):
        done = visited(room, "partly", op=op, actor=worker, at=day, forms=[told_phone(OTHER_PHONE)])
    held = Person.objects.get(pk=person.pk)
    assert held.phone == OTHER_PHONE and held.told_by("phone") == (40, timezone.localdate(day).isoformat())
    assert done.visit.changed == ["phone"] and done.ledgers == ["常住人口"]
    assert done.visit.submission.person == person and Visit.objects.count() == 1
    assert OTHER_PHONE not in str(Entry.objects.values()) + done.visit.answers_sealed
    again = visited(room, "partly", actor=worker, forms=[told_phone(OTHER_PHONE, "uuid:12345678-dddd")])
    assert (again.visit.changed, again.visit.confirmed) == ([], ["phone"]) and again.ledgers == ["常住人口"]


def test_what_a_form_says_that_cannot_be_right_stays_in_the_form_and_is_told(room, worker):
    person = lives(room)
    a_campaign(room)
    done = visited(room, "partly", actor=worker, forms=[told_phone("98")])
    assert Person.objects.get(pk=person.pk).phone == PHONE and done.visit.changed == []
    (words,) = refused_words(done.visit)
    assert words.startswith("联系电话：") and "98" not in words


def test_a_form_at_a_door_of_several_says_nothing_of_any_one_of_them(room, worker):
    people = [lives(room), lives(room, "独孤试", phone="")]
    a_campaign(room)
    done = visited(room, "partly", actor=worker, forms=[told_phone(OTHER_PHONE)])
    assert {Person.objects.get(pk=one.pk).phone for one in people} == {PHONE, ""}
    assert done.visit.refused[0][0] == "phone" and done.visit.submission.person is None


def test_forms_and_scripts_converge_in_any_order(worker):
    """The later one holds, whether it was said in a form or in the script, and the two workers are told."""
    other, now, ends = cast.worker(), timezone.now(), set()
    numbers = [OTHER_PHONE, "10000067890", "10000098765"]
    for serial, order in enumerate(permutations(range(3))):
        for last in ("form", "script"):
            room = a_room(f"{serial + 400}{last[0]}")
            person = lives(room)
            said = [
                {"answers": {key(person, "phone"): phone}}
                if (last == "script") == (at % 2 == 0)
                else {"forms": [told_phone(phone, f"uuid:{serial}{last}-{at:08}")]}
                for at, phone in enumerate(numbers)
            ]
            a_campaign(room)
            ops = [uuid4() for _one in said]
            for at in (*order, *reversed(order)):
                when, who = now + timedelta(minutes=at - 3), other if at == 2 else worker
                visited(room, "partly", op=ops[at], actor=who, at=when, **said[at])
            odds = Visit.objects.get(op=ops[2]).at_odds["keys"]
            ends.add((Person.objects.get(pk=person.pk).phone, tuple(one.rpartition(":")[2] for one in odds)))
    assert ends == {(numbers[-1], ("phone",))}


def test_a_form_that_arrives_after_somebody_left_still_counts(room, worker):
    person, now = lives(room), timezone.now()
    a_campaign(room)
    visited(room, actor=worker, shown=[], answers={key(person, "residence"): "left"})
    visited(room, "partly", actor=worker, at=now - timedelta(minutes=5), forms=[told_phone(OTHER_PHONE)])
    held = Person._base_manager.get(pk=person.pk)
    assert (held.phone, held.status) == (OTHER_PHONE, "left")

"""A campaign's form begins with the people behind the door, and what is said reaches their records."""

from __future__ import annotations

import json

import pytest

from tests import cast
from tests.systems.fieldwork.test_record_forms import filled_in
from tests.systems.fieldwork.visit_cast import (
    OTHER_PHONE,
    PHONE,
    QUESTIONS,
    a_campaign,
    a_room,
    lives,
    visited,
)
from wangge.engines.forms.models import FormVersion, Submission
from wangge.registry.people.models import Person
from wangge.systems.fieldwork.queries.scripts import script_for

pytestmark = pytest.mark.django_db
REPEAT = "/data/ask1/member"


def question(name: str, fact: str = "", choices: tuple = ()) -> dict[str, object]:
    kind = "select one" if choices else "text"
    return {
        "path": f"{REPEAT}/{name}", "name": name, "type": kind, "label": name, "fact": fact,
        "repeat": REPEAT, "choices": choices,
    }  # fmt: skip


MEMBERS = [
    question("person_id"), question("name", "name"), question("phone", "phone"),
    question("edu", "education", (("low", "初中"), ("college", "大学本科"))), question("job", "occupation"),
]  # fmt: skip


@pytest.fixture
def room():
    room = a_room()
    a_campaign(room)
    FormVersion.objects.update(questions=[*QUESTIONS, *MEMBERS])
    return room


def row(person, **said: str) -> str:
    inside = "".join(f"<{name}>{text}</{name}>" for name, text in said.items())
    return f"<member><person_id>{getattr(person, 'pk', '')}</person_id>{inside}</member>"


def test_the_script_begins_the_repeat_with_the_people_and_nothing_that_needs_a_reason(room):
    known, bare = lives(room, education="20", occupation="裁缝"), lives(room, "独孤试", phone="")
    told = script_for(room).told()
    assert told["prefill"] == {
        "ask3": {
            REPEAT: [
                {"person_id": str(known.pk), "name": "欧阳试", "edu": "college", "job": "裁缝"},
                {"person_id": str(bare.pk), "name": "独孤试"},
            ]
        }
    }
    assert PHONE not in json.dumps(told)


def test_a_vacant_door_and_a_form_without_members_begin_empty(room):
    assert script_for(room).told()["prefill"] == {}
    lives(room)
    FormVersion.objects.update(questions=QUESTIONS)
    assert script_for(room).told()["prefill"] == {}


def test_what_is_said_of_members_reaches_their_records_and_newcomers_stay_strangers(room):
    people = [lives(room), lives(room, "独孤试", phone="")]
    rows = row(people[1], phone=OTHER_PHONE) + row(None, name="新来试")
    done = visited(room, "partly", actor=cast.worker(), forms=[filled_in(f"<ask1>{rows}</ask1>")])
    assert [Person.objects.get(pk=one.pk).phone for one in people] == [PHONE, OTHER_PHONE]
    assert done.visit.changed == ["phone"] and Submission.objects.get().written["strangers"] == 1

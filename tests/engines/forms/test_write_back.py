"""An answer is written once: confirmed, changed or contradicted by trust, member by member."""

from __future__ import annotations

from datetime import date

import pytest

from tests import cast
from tests.registry.people.people_cast import PHONE, demo_id
from wangge.engines.forms import actions
from wangge.engines.forms.answers import read_answer
from wangge.engines.forms.queries import ledgers_of
from wangge.foundation.journal.models import Entry
from wangge.registry.people.enums import Source
from wangge.registry.people.models import Contradiction, Person, Tie

from .home_cast import form, home, member, person_row, sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
DAY = date(2026, 11, 26)


def answered(version, about, *rows, **answers):
    kept = actions.keep_answer(
        worker=cast.worker(),
        version=version,
        answer=read_answer(sheet(*rows, **answers)),
        files={},
        about=about,
    )
    return kept.submission


def test_a_visit_changes_confirms_and_contradicts_and_names_the_ledgers():
    version, (room, household) = form(), home()
    first = member(room, household, "林试", education="60", phone=PHONE)
    second = member(room, household, "林验")
    Person.objects.filter(pk=second.pk).update(source=Source.POLICE)
    given = answered(
        version,
        household,
        person_row(first.pk, name="林试", edu="college", way="rent"),
        person_row(second.pk, name="林演", phone=""),
        person_row("", name="新来", phone=""),
        state="self",
        area="70.5",
        block="乙栋",
    )
    done = actions.write_back(actor="test", submission=given, on=DAY)
    assert set(done.changed) == {"room_state", "room_area", "education", "residence_way"}
    assert done.confirmed == ["name", "phone"] and done.contradicted == ["name"]
    assert (done.strangers, done.refused) == (1, [])
    assert "常住人口" in done.ledgers
    room.refresh_from_db()
    first.refresh_from_db()
    assert (room.state, str(room.area_m2), first.education) == ("own", "70.50", "30")
    assert first.told_by("education") == (Source.VISIT, DAY.isoformat())
    assert Tie.objects.get(person=first, known_to=None).way == "2"
    assert Contradiction.objects.get().person_id == second.pk
    entry = Entry.objects.get(kind="form.written")
    assert "林" not in str(entry.data) + str(entry.changes)


def test_the_same_answer_is_written_once_and_says_the_same_again():
    version, (room, household) = form(), home()
    first = member(room, household, "林试")
    given = answered(version, household, person_row(first.pk, edu="high", phone=""))
    done = actions.write_back(actor="test", submission=given)
    Person.objects.filter(pk=first.pk).update(education="30")
    assert actions.write_back(actor="test", submission=given) == done
    first.refresh_from_db()
    assert first.education == "30" and Entry.objects.filter(kind="form.written").count() == 1


def test_what_cannot_be_is_refused_in_words_and_the_rest_is_written():
    version, (room, household) = form(), home()
    first = member(room, household, "林试")
    given = answered(version, household, person_row(first.pk, phone="12", edu="high"), area="-3", state="zz")
    done = actions.write_back(actor="test", submission=given)
    assert done.changed == ["education"]
    assert {fact for fact, _why in done.refused} == {"phone", "room_area", "room_state"}


def test_somebody_of_another_household_is_not_written():
    version, (_room, household) = form(), home()
    other = member(*home(door="202"), "林别")
    done = actions.write_back(
        actor="test", submission=answered(version, household, person_row(other.pk, edu="high"))
    )
    other.refresh_from_db()
    assert done.strangers == 1 and other.education == ""


def test_an_answer_about_nobody_writes_nothing_and_says_so():
    done = actions.write_back(actor="test", submission=answered(form(), None, state="self"))
    assert not done.changed and [fact for fact, _why in done.refused] == ["room_state"]


def test_ledgers_are_found_by_the_columns_they_show():
    assert "常住人口" in ledgers_of(["education"]) and ledgers_of(["room_area"]) == []
    assert ledgers_of(["employer_uscc"]) == ["企业人员"]


def test_another_ones_number_stops_only_itself():
    from .form_cast import settings, workbook

    survey = [
        ["type", "name", "label", "fact"],
        ["text", "number", "身份证号", "id_no"],
        ["text", "school", "学校", "school"],
    ]
    version = actions.upload_form(
        actor="test", area_code=cast.COMMUNITY, content=workbook(survey, about=settings("one"))
    )
    actions.publish_version(actor="test", version=version)
    room, household = home()
    member(room, household, "林试", id_no=demo_id(1))
    second = member(room, household, "林验")
    xml = (
        f'<data id="one" version="1"><number>{demo_id(1)}</number><school>试验小学</school>'
        "<meta><instanceID>uuid:7c0e6f1a-0009</instanceID></meta></data>"
    )
    version.refresh_from_db()
    kept = actions.keep_answer(
        worker=cast.worker(), version=version, answer=read_answer(xml.encode()), files={}, about=second
    )
    done = actions.write_back(actor="test", submission=kept.submission)
    assert done.changed == ["school"] and [fact for fact, _why in done.refused] == ["id_no"]

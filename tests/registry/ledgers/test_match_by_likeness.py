"""Rows without an id number find their person by the linkage's own matcher, or are asked about."""

from __future__ import annotations

import pytest

from wangge.registry.ledgers.models import Case
from wangge.registry.ledgers.queries.adjudications import REASONS
from wangge.registry.people.models import Person

from .import_cast import ZHANG, counts, imported, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
BORN = "1981-03-04"


@pytest.fixture
def known() -> None:
    imported([row("陈建华", 出生日期=BORN, 性别="女", 联系电话="10012345679")])


@pytest.mark.parametrize("written", ["陈建华", "陳建華", "陈 建 华", "陈健华", "陈建花"])
def test_a_name_written_otherwise_is_the_same_person_where_birth_phone_and_room_agree(known, written):
    batch = imported([row(written, 出生日期=BORN, 性别="女", 联系电话="10012345679", 文化程度="本科")])
    assert set(counts(batch)) <= {"update", "conflict"} and "new" not in counts(batch)
    assert Person.objects.count() == 1
    assert Person.objects.get().education == "20" or Case.objects.exists()


def test_a_homophone_alone_in_the_room_is_asked_about_with_reasons_in_words(known):
    assert counts(imported([row("陈健华", 性别="女")])) == {"conflict": 1}
    case = Case.objects.get()
    assert case.reasons and set(case.reasons) <= set(REASONS)


def test_another_name_in_the_same_home_is_another_person(known):
    assert counts(imported([row("林小梅", 出生日期="1990-05-06", 联系电话="10012345679")])) == {"new": 1}


def test_two_who_are_as_likely_are_never_decided_by_the_machine(known):
    Person.objects.create(
        name="陈建华", birth=BORN, sex="2", phone_index=Person.objects.get().phone_index, source=20
    ).ties.create(kind="lives", area_code="440703001001", known_from="2026-01-01T00:00:00+08:00")
    batch = imported([row("陈建华", 出生日期=BORN, 性别="女", 联系电话="10012345679", 文化程度="本科")])
    assert counts(batch) == {"conflict": 1}
    assert not Person.objects.filter(education="20").exists()


def test_a_row_with_an_id_number_takes_the_person_who_had_none():
    imported([row("张三", 出生日期="1980-01-02", 联系电话="10012345678")])
    assert counts(imported([row("張三", 身份证号=ZHANG, 联系电话="10012345678")])) == {"update": 1}
    assert Person.objects.get().id_no == ZHANG


def test_two_rows_of_one_file_that_sound_alike_are_asked_about_too():
    rows = [
        row("陈建华", 出生日期=BORN, 性别="女", 联系电话="10012345679"),
        row("陈健华", 出生日期=BORN, 性别="女", 联系电话="10012345679"),
    ]
    assert counts(imported(rows)) == {"new": 1, "conflict": 1}
    assert Person.objects.count() == 1 and Case.objects.get().reasons


def test_namesakes_in_two_homes_with_two_phones_are_two_people():
    rows = [
        row("陈建华", 联系电话="10012345679"),
        row("陈建华", 联系电话="10012345670", 现住址="丰雅花园9栋101"),
    ]
    assert counts(imported(rows)) == {"new": 2}

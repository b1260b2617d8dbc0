"""Parties as they are typed, without a database."""

from __future__ import annotations

from datetime import date

import pytest

from tests.systems.disputes.dispute_cast import ID_CHILD, ID_ONE, ONE, OTHER, one, other
from wangge.lib.identifiers import make_demo_uscc
from wangge.systems.disputes.reading.parties import faults_between, letter, read_party

TODAY = date.today()


def faults(told):
    return read_party(told, TODAY, demo=True)[1]


def test_a_party_is_read_and_nothing_is_wrong():
    told, wrong = read_party(one(phone="100 1111 2222", address=" 虚构路 "), TODAY, demo=True)
    assert not wrong and (told.phone, told.address, told.minor) == ("10011112222", "虚构路", False)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "张三、李四"}, "name"),
        ({"id_no": ID_ONE[:-1] + ("1" if ID_ONE[-1] != "1" else "2")}, "id_no"),
        ({"id_no": "12345"}, "id_no"),
        ({"phone": "12"}, "phone"),
        ({"id_no": ID_CHILD}, "guardian"),
        ({"id_no": "", "minor": True}, "guardian"),
        ({"id_no": "", "minor": True, "guardian": "欧阳试父"}, "guardian"),
    ],
    ids=["no-name", "two-names", "check-digit", "short", "phone", "child", "said-child", "no-phone"],
)
def test_what_cannot_be_right_is_told_at_its_field(more, field):
    assert field in faults(one(**more))


def test_a_child_with_a_guardian_is_a_party():
    told, wrong = read_party(
        one(id_no=ID_CHILD, guardian="欧阳试父", guardian_phone="10055556666"), TODAY, demo=True
    )
    assert not wrong and told.minor


def test_a_firm_is_known_by_its_code():
    code = make_demo_uscc("999703", 7)
    assert not faults(other(who="firm", name="虚构物业公司", id_no=code))
    assert "id_no" in faults(other(who="firm", name="虚构物业公司", id_no=ID_ONE))


def test_each_side_has_somebody():
    assert not list(faults_between([one(), other()]))
    assert len(list(faults_between([one()]))) == 1
    assert len(list(faults_between([]))) == 2


@pytest.mark.parametrize(
    "again",
    [
        other(name=ONE, id_no=ID_ONE, phone=""),
        other(name=ONE, id_no="", phone="10011112222"),
        other(name="", id_no="", phone="", person=5),
    ],
    ids=["number", "name-and-phone", "register"],
)
def test_the_same_person_stands_on_one_side_only(again):
    first = one(person=5 if again.person else None)
    assert any("同一个人" in fault for fault in faults_between([first, again]))


def test_a_namesake_is_another_person():
    assert not list(faults_between([one(), other(name=ONE)]))


def test_the_other_side_is_no_guardian():
    child = one(id_no=ID_CHILD, minor=True, guardian=OTHER, guardian_phone="10033334444")
    assert any("监护人" in fault for fault in faults_between([child, other()]))


def test_parties_are_told_apart_by_letters():
    assert [letter(at) for at in (0, 1, 9, 10)] == ["甲", "乙", "癸", "11"]

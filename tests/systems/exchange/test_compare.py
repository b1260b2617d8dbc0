"""A list is compared inside the area only, answered in flags only, and kept nowhere."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests import cast
from tests.systems.exchange.share_cast import (
    a_list,
    a_request,
    a_resident,
    an_agreed,
    an_id,
    compared,
    past,
    told,
    workbook,
)
from wangge.foundation.access.enums import Role
from wangge.foundation.access.models import Reading
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.models import Tie
from wangge.systems.exchange.actions.asking import end
from wangge.systems.exchange.models import Handover

pytestmark = pytest.mark.django_db


def test_each_row_is_told_one_flag_by_its_own_number():
    a_resident(11, name="司空共", phone="10000000011")
    a_resident(13, name="司空享")
    rows = [
        (1, "司空共", an_id(11), "10000000011"), (2, "司徒异", an_id(11), "10000000099"),
        (3, "司空享", an_id(13), "10000000013"), (4, "无此人", an_id(15), ""), (5, "坏号", "9997031979", ""),
    ]  # fmt: skip
    done = compared(an_agreed(), workbook(rows, above=1), name="a.xlsx")
    assert told(done) == [
        (3, "here"), (4, "differs", "name", "phone"), (5, "here"), (6, "absent"), (7, "invalid"),
    ]  # fmt: skip
    made = done.handover
    assert (made.rows, made.here, made.differs, made.absent, made.invalid) == (5, 2, 1, 1, 1)


def test_only_the_facts_that_were_asked_for_are_compared():
    a_resident(21, name="司空共", phone="10000000021")
    rows = [(1, "别名字", an_id(21), "10000000099")]
    assert told(compared(an_agreed(fields=()), workbook(rows), name="a.xlsx")) == [(2, "here")]
    only_phone = compared(an_agreed(fields=("phone",)), workbook(rows), name="a.xlsx")
    assert told(only_phone) == [(2, "differs", "phone")]


def test_the_residence_code_is_compared_by_its_words():
    a_resident(23, residence_code_status="3")
    share = an_agreed(fields=("residence_code_status",))
    content = f"证件号码,粤居码状态\n{an_id(23)},已确认\n{an_id(23)},未申领\n{an_id(23)},看不懂\n".encode(
        "gb18030"
    )
    assert [flag for _row, flag, *_facts in told(compared(share, content))] == ["differs", "here", "here"]


def test_people_of_another_area_and_who_has_left_are_not_there():
    a_resident(31, area=cast.OTHER_GRID)
    gone = a_resident(33)
    Tie._base_manager.filter(person=gone).update(valid_to="2026-01-01")
    done = compared(an_agreed(), a_list(an_id(31), an_id(33)), cast.district_user())
    assert [flag for _row, flag in told(done)] == ["absent", "absent"]
    assert not Reading._base_manager.exists()


def test_whoever_is_found_can_see_that_she_was_looked_up():
    found, secretary = a_resident(41), cast.secretary()
    a_resident(43)
    compared(an_agreed(), a_list(an_id(41), an_id(45)), secretary)
    reading = Reading._base_manager.get()
    assert (reading.subject_id, reading.what, reading.actor) == (str(found.pk), "search", secretary.username)
    assert reading.area_code == cast.GRID


def test_the_same_op_gives_the_first_receipt_and_counts_once():
    share, op, content = an_agreed(), uuid4(), a_list(an_id(51))
    first = compared(share, content, op=op)
    with within(EVERYWHERE):
        end(actor="test", share=share)
    again = compared(share, content, op=op)  # also after the end
    assert again.handover == first.handover and again.answers is None
    assert Handover._base_manager.count() == 1
    assert Entry._base_manager.filter(kind="exchange.delivered").count() == 1


def test_another_file_from_the_same_form_is_another_comparison():
    share, op = an_agreed(), uuid4()
    first, second = (compared(share, a_list(an_id(serial)), op=op) for serial in (52, 54))
    assert first.handover.pk != second.handover.pk and second.answers is not None


def test_the_same_file_under_another_op_is_another_comparison_with_the_same_digest():
    share, content = an_agreed(), a_list(an_id(53))
    pair = [compared(share, content).handover for _turn in range(2)]
    assert pair[0].pk != pair[1].pk and pair[0].digest == pair[1].digest and len(pair[0].digest) == 64


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (a_request, "待审批"),
        (lambda: past(an_agreed()), "有效期"),
        (lambda: _ended(an_agreed()), "已结束"),
    ],
    ids=["asked", "expired", "ended"],
)
def test_nothing_is_compared_before_it_is_agreed_to_nor_after_its_end(share, said):
    a_resident(55)
    with pytest.raises(Unacceptable, match=said):
        compared(share(), a_list(an_id(55)))
    assert not Handover._base_manager.exists() and not Reading._base_manager.exists()


def _ended(share):
    with within(EVERYWHERE):
        return end(actor="test", share=share)


@pytest.mark.parametrize("role", [Role.GRID_WORKER, Role.DEPARTMENT, Role.LEADER])
def test_who_may_not_ask_does_not_compare(role):
    with pytest.raises(Refused):
        compared(an_agreed(), a_list(an_id(57)), cast.person_with((role, cast.TOWN)))


def test_two_thousand_rows_ask_a_handful_of_questions(django_assert_max_num_queries):
    for serial in range(61, 65):
        a_resident(serial)
    share = an_agreed()
    content = a_list(*[an_id(serial) for serial in range(1000)] * 2)
    with django_assert_max_num_queries(25):
        done = compared(share, content)
    assert done.handover.rows == 2000 and done.handover.here == 8

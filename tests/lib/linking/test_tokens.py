"""What records are compared by: names, numbers, doors, phones and days in one form."""

from __future__ import annotations

import polars as pl
import pytest

from tests.lib.linking.record_cast import id_of
from wangge.lib.linking.births import birth_tokens
from wangge.lib.linking.homes import home_tokens
from wangge.lib.linking.names import folded, heard, look, surname
from wangge.lib.linking.numbers import id_tokens
from wangge.lib.linking.phones import phone_tokens


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("陳　志 強", "陈志强"),
        ("古丽娜·吐尔逊", "古丽娜吐尔逊"),
        ("陈志强（户主）", "陈志强"),
        ("Holler  Kira", "HOLLER KIRA"),
        ("KIRA HOLLER", "HOLLER KIRA"),
        ("黃峯", "黄峰"),
    ],
)
def test_a_name_has_one_form(written, form):
    assert folded(written) == form


def test_names_that_sound_alike_are_heard_alike():
    assert heard("陈志强") == heard("陈智墙") and heard("林英") == heard("宁因") != heard("林伟")


def test_characters_that_look_alike_are_seen_alike():
    assert look("玲") == look("铃") == look("伶") and look("己") == look("已") and look("伟") != look("强")


def test_a_compound_surname_is_one():
    assert (surname("欧阳志"), surname("陈志强")) == ("欧阳", "陈")


def test_a_number_tells_whether_it_holds_and_what_it_says():
    good = id_of("1980-05-06", 123)
    found = id_tokens(
        pl.Series([good, good[:6] + good[8:17], good[:15] + "000", "4.4E+17", good[:17] + " x", None]), 1
    )
    assert found["id_ok"].to_list()[:4] == [True, False, False, False]
    assert found["id"][1] == good and found["id_birth"][1] == 19800506
    assert found["id_part"].to_list()[:3] == [0, 0, 1] and found["id"].to_list()[3] is None
    assert found["id_sex"].to_list()[:2] == [1, 1]


def test_full_width_digits_are_digits():
    good = id_of("1980-05-06", 123)
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in good)
    assert id_tokens(pl.Series([wide]), 1)["id"][0] == good


@pytest.mark.parametrize(
    "other",
    [
        "丰雅花园3幢2梯501室", "广东省江门市蓬江区胜利路1号丰雅花园3座2-501",
        "丰雅花园3栋501", "丰雅花园三栋二单元501房",
        "丰雅花园3-2单元501",
    ],
)  # fmt: skip
def test_a_door_has_one_key(other):
    found = home_tokens(pl.Series(["胜利路1号丰雅花园3栋2单元501", other]), 1)
    assert found["room"][0] == found["room"][1] is not None


def test_a_street_door_is_found_without_the_estate():
    found = home_tokens(pl.Series(["胜利路1号丰雅花园3栋501", "胜利路1号3栋501", "胜利路2号3栋501"]), 1)
    assert found["door"][0] == found["door"][1] != found["door"][2]


def test_a_house_is_its_own_door():
    found = home_tokens(pl.Series(["迎中路34巷83号", "江门市蓬江区迎中路34巷83号房"]), 1)
    assert found["door"][0] == found["door"][1] is not None


def test_a_lane_is_one_door_with_its_village_and_never_that_of_another_village():
    written = [
        "江门市蓬江区棠下镇篁边村1巷7号",
        "篁边村一巷7号",
        "篁边社区居委会1巷7号",
        "白沙村1巷7号",
        "篁边村7号",
        "白沙村7号",
    ]
    doors = home_tokens(pl.Series(written), 1)["door"].to_list()
    assert doors[0] == doors[1] == doors[2] is not None
    assert len(set(doors)) == 4
    named = home_tokens(pl.Series(["幸福社区胜利路5号", "胜利路5号"]), 1)["door"]
    assert named[0] == named[1]


def test_phones_lose_their_dress():
    cells = [
        "10012345678",
        "+86 100-1234-5678",
        "0750-3123456",
        "3123456",
        "10012345678/10087654321",
        "无",
        "11111111111",
    ]
    found = phone_tokens(pl.Series(cells))
    assert found["phone"].to_list() == [
        "10012345678",
        "10012345678",
        "3123456",
        "3123456",
        "10012345678",
        None,
        "11111111111",
    ]
    assert found["phone2"][4] == "10087654321"


def test_days_are_read_in_any_spelling():
    written = [
        "1980-05-06",
        "1980.5.6",
        "19800506",
        "1980年5月6日",
        "1980/05/06 00:00:00",
        "1980年5月",
        "1980",
        "abc",
        None,
    ]
    assert birth_tokens(pl.Series(written)).to_list() == [19800506] * 5 + [19800500, 19800000, None, None]

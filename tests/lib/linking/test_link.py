"""Which records are one person, and which are not, however alike they look."""

from __future__ import annotations

import pytest

from tests.lib.linking.record_cast import AWAY, HOME, crowd, id_of, linked, row, together

BORN = "1980-05-06"
NUMBER = id_of(BORN, 123)
WHOLE = {"id_no": NUMBER, "sex": "男", "birth": BORN, "phone": "10012345678", "address": HOME}
BARE = {"sex": "男", "birth": BORN, "phone": "10012345678", "address": HOME}


@pytest.mark.parametrize(
    "other",
    [
        row("陈志强", id_no=NUMBER),
        row("陈志强", id_no=NUMBER[:6] + NUMBER[8:17], phone="10012345678"),
        row("陈志强", **{**WHOLE, "id_no": NUMBER[:15] + "000"}),
        row("陈志强", **{**WHOLE, "id_no": f"{NUMBER[:6]}********{NUMBER[14:]}"}),
        row("陈志强", **{**WHOLE, "id_no": NUMBER[:9] + "9" + NUMBER[10:]}),
        row("陈志强", **{**WHOLE, "id_no": NUMBER[:12] + NUMBER[13] + NUMBER[12] + NUMBER[14:]}),
        row("陳志強", **BARE),
        row("陈 志 强", **BARE),
        row("陈志墙", **BARE),
        row("陈强志", **BARE),
        row("陈志强", birth="1980.5.6", phone="100-1234-5678"),
        row("陈志强", birth="1980-06-05", phone="10012345678", address="丰雅花园3幢2-501室"),
        row("陈志强", phone="+8610012345678", address="江门市蓬江区丰雅花园3座501"),
        row("陈志强", sex="男", birth=BORN, address=AWAY, phone="10087654321"),
    ],
    ids=[
        "the number alone", "fifteen digits", "rounded by a spreadsheet", "masked", "one digit wrong",
        "two digits turned", "traditional characters", "blanks", "sounds alike", "turned round",
        "other spellings", "month and day turned, short address", "no birth", "moved, with a new phone",
    ],
)  # fmt: skip
def test_one_person_is_found(other):
    assert together(row("陈志强", **WHOLE), other)


@pytest.mark.parametrize(
    "other",
    [
        row("陈志伟", **{**BARE, "birth": "1982-01-09"}),
        row("陈志伟", id_no=id_of(BORN, 125), **BARE),
        row("陈志强", **{**BARE, "birth": "1951-02-03"}),
        row("陈志强", id_no=id_of(BORN, 125), **BARE),
        row("李秀英", **{**BARE, "sex": "女", "birth": "1981-07-08"}),
        row("陈志强", birth="1992-11-30", phone="10077777777", address=AWAY),
        row("陈志强"),
    ],
    ids=[
        "a brother in the same flat", "a twin with a number", "a grandfather of the same name",
        "another valid number", "the wife", "a namesake elsewhere", "a name alone",
    ],
)  # fmt: skip
def test_two_people_stay_two(other):
    assert not together(row("陈志强", **WHOLE), other)


def test_two_valid_numbers_never_meet_through_a_third_record():
    between = row("陈志强", phone="10012345678", address=HOME)
    found = linked(row("陈志强", **WHOLE), between, row("陈志强", id_no=id_of("1981-05-06", 127), **BARE))
    leaders = found.clusters.leader[:3]
    assert leaders[0] != leaders[2]


def test_what_the_machine_is_not_sure_of_lies_between_the_thresholds():
    twin = row("陈志伟", **BARE)  # a slip of the pen, or a twin without a number
    found = linked(row("陈志强", **WHOLE), twin, lower=0.01)
    pair = found.pairs.filter(
        found.pairs["unique_id_l"].is_in([0, 1]) & found.pairs["unique_id_r"].is_in([0, 1])
    )
    assert pair.height == 1 and 0.01 < pair["match_probability"][0] < 0.8


def test_records_without_anything_to_compare_are_people_of_their_own():
    found = linked(row("陈志强"), row("陈志强"), {"name": None}, {"name": None})
    assert len(set(found.clusters.leader[:4])) == 4


def test_a_switchboard_is_nobodys_phone():
    staff = [each | {"phone": "10000000001", "address": None} for each in crowd()[:60]]
    brothers = [row("陈志强", phone="10000000001", sex="男"), row("陈志强", phone="10000000001", sex="男")]
    assert len(set(linked(*staff, *brothers).clusters.leader[:62])) == 62

"""Members typed under their head live where the head does, whatever the sheet's title adds to rows."""

from __future__ import annotations

import pytest

from wangge.registry.ledgers.dictionary.codes import code_list
from wangge.registry.ledgers.pipeline.raw import Typist

SAID = {"relation": ["户主", "配偶", "子", "户主", "父"], "room_no": ["101", "", None, "102", ""]}


def test_a_member_takes_the_room_of_the_head_when_the_title_names_the_building() -> None:
    made = Typist().readied({**SAID, "estate": ["丰雅花园"] * 5, "building": ["1栋"] * 5})
    assert made["room_no"] == ["101", "101", "101", "102", "102"]
    assert made["building"] == ["1栋"] * 5


def test_the_next_piece_of_a_sheet_goes_on_with_the_household_of_the_last() -> None:
    typist = Typist()
    typist.readied({**SAID, "building": ["1栋"] * 5})
    made = typist.readied({"relation": ["母", "户主"], "room_no": ["", "201"], "building": ["", "2栋"]})
    assert made["room_no"] == ["102", "201"] and made["building"] == ["1栋", "2栋"]


def test_a_head_without_a_room_takes_nobodys() -> None:
    made = Typist().readied(
        {"relation": ["户主", "户主"], "room_no": ["101", ""], "building": ["1栋", "1栋"]}
    )
    assert made["room_no"] == ["101", ""]


@pytest.mark.parametrize(
    ("name", "written", "means"),
    [("relation", "大儿子", "20"), ("relation", "小女儿", "30"), ("relation", "儿媳妇", "80"),
     ("education", "初中毕业", "70"), ("education", "高中（含职高）", "60"), ("education", "大师", None)],
)  # fmt: skip
def test_a_code_is_known_by_what_people_call_it(name: str, written: str, means: str | None) -> None:
    assert code_list(name).find(written) == means

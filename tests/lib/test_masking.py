"""What stays readable of a masked value, and what must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.lib.masking import mask_address, mask_id, mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "shown"),
    [("试甲", "试*"), ("试甲乙", "试*乙"), ("欧阳试甲", "欧**甲"), ("试", "*"), ("", ""), (None, "")],
)
def test_a_name_keeps_its_first_and_last_character(name, shown):
    assert mask_name(name) == shown


def test_an_id_keeps_three_and_four():
    assert mask_id("999703199001010017") == "999***********0017"
    assert mask_id("E1234567") == "******67"
    assert mask_id("") == mask_id(None) == ""


def test_a_phone_keeps_three_and_four_and_a_fixed_line_its_area():
    assert mask_phone("10012345678") == "100****5678"
    assert mask_phone("0750-2000000") == "0750-***0000"
    assert mask_phone(None) == ""


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("江门市蓬江区胜利路12号丰雅花园3栋2单元501", "江门市蓬江区胜利路12号丰雅花园3栋***"),
        ("丰雅花园3-2-501", "丰雅花园3***"),
        ("中心大厦8楼802", "中心大厦***"),
        ("环市一路12号之三302", "环市一路***"),
        ("3-2-501", "***-***-***"),
        ("", ""),
        (None, ""),
    ],
)
def test_an_address_is_shown_to_its_building(address, shown):
    assert mask_address(address) == shown


@given(
    st.integers(1, 99),
    st.integers(101, 3999),
    st.sampled_from(["栋{}", "幢{}室", "座2单元{}", "-2-{}", "号楼5层{}房"]),
)
def test_no_room_number_survives_the_mask(building, room, form):
    shown = mask_address(f"胜利路丰雅花园{building}" + form.format(room))
    assert not shown.endswith(str(room)) and shown.endswith("***")


@given(st.text("0123456789X", min_size=5, max_size=20))
def test_no_mask_shows_more_than_seven_characters(number):
    assert len(mask_id(number).replace("*", "")) <= 7
    assert len(mask_phone(number).replace("*", "")) <= 7

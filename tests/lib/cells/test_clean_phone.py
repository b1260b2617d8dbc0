"""Phones: beside demo numbers only ranges and shapes, none of them anybody's."""

import pytest

from wangge.lib.cells import clean_phone

MOBILE = "10012345678"


@pytest.mark.parametrize(
    "written",
    [
        MOBILE,
        10012345678,
        10012345678.0,
        "+86 100 1234 5678",
        "86-10012345678",
        "0086 10012345678",
        "100-1234-5678",
        "１００１２３４５６７８",
        "手机：10012345678",
        "1.0012345678E+10",
        "10012345678.0",
        "\u202d10012345678\u202c",
    ],
)
def test_every_usual_spelling_of_a_mobile_is_eleven_digits(written):
    assert clean_phone(written, demo=True) == (MOBILE, "", "")


def test_the_range_nobody_was_issued_is_for_the_demo_only():
    assert clean_phone(MOBILE).error == "phone_demo_refused"
    assert clean_phone("130" + "0" * 8).error == ""  # a shape, issued as a range but to nobody


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("0750-2000000", "0750-2000000"),
        ("(0750)2000000", "0750-2000000"),
        ("０７５０－２００００００", "0750-2000000"),
        ("07502000000转12", "0750-2000000-12"),
        ("0750-2000000-12", "0750-2000000-12"),
        ("020-20000000", "020-20000000"),
        ("+86-750-2000000", "0750-2000000"),
        ("4001000000", "4001000000"),
        ("+852 2000 0000", "+85220000000"),
    ],
)
def test_fixed_lines_and_numbers_abroad_have_one_form(written, canonical):
    assert clean_phone(written) == (canonical, "", "")


def test_a_fixed_line_without_area_code_warns():
    assert clean_phone("2000000") == ("2000000", "", "phone_without_area")


@pytest.mark.parametrize(
    "written", ["10012345678/10012345679", "10012345678、0750-2000000", "10012345678 10012345679"]
)
def test_of_several_numbers_the_first_is_taken_with_a_warning(written):
    assert clean_phone(written, demo=True) == (MOBILE, "", "phone_several")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1001234567", "phone_length"),
        ("100123456789", "phone_length"),
        ("100****5678", "phone_masked"),
        ("1.00123E+10", "phone_precision_lost"),
        ("7502000000", "phone_zero_lost"),
        ("750-2000000", "phone_zero_lost"),
        ("没有手机", "phone_characters"),
    ],
)
def test_what_is_no_number_is_refused_with_the_reason(written, code):
    assert clean_phone(written, demo=True) == (None, code, "")


def test_an_empty_cell_is_no_phone_and_no_error():
    assert clean_phone(None) == clean_phone(" - ") == (None, "", "")

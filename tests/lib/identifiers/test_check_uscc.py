"""统一社会信用代码: GB 32100-2015 by the vector of spec §3.6."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.lib.identifiers import check_uscc, make_demo_uscc

VECTOR = "91350100M000100Y43"


def test_the_vector_of_the_spec_is_a_good_code():
    assert check_uscc(VECTOR) == (VECTOR, "", "")
    assert check_uscc(" 91350100m000100y43 ").number == VECTOR


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("91350100M000100Y44", "uscc_checksum"),
        ("91350100M000100I43", "uscc_characters"),
        ("91350100M000100Y4", "uscc_length"),
        ("440703600123456", "uscc_old_number"),
        ("9.135E+17", "uscc_precision_lost"),
        (9.135e17, "uscc_precision_lost"),
    ],
)
def test_a_wrong_code_is_refused_with_the_reason(wrong, code):
    assert check_uscc(wrong).error == code


def test_a_rural_collective_whose_code_begins_with_a_letter_is_accepted():
    from stdnum.cn.uscc import calc_check_digit

    body = "N2440703MF0000000"
    assert check_uscc(body + calc_check_digit(body)).error == ""


@given(st.integers(0, 99_999_999))
def test_a_demo_code_is_accepted_in_the_demo_only(serial):
    code = make_demo_uscc("999703", serial, kind="92")
    assert check_uscc(code, demo=True).number == code
    assert check_uscc(code, demo=True).self_employed
    assert check_uscc(code).error == "uscc_demo_refused"


def test_a_demo_maker_refuses_a_region_that_exists():
    with pytest.raises(ValueError, match="999"):
        make_demo_uscc("440703", 1)

"""Numbers that are read out and typed: random, checked, forgiving about how they are written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wangge.lib.serials import (
    LETTERS,
    RECEIPT_BITS,
    is_code_number,
    new_code_number,
    new_receipt_number,
    receipt_text,
    receipt_value,
    typed,
)


@given(st.integers(0, 2**RECEIPT_BITS - 1))
def test_a_receipt_number_leads_back_to_its_value(value: int) -> None:
    assert receipt_value(receipt_text(value)) == value


@given(st.integers(0, 2**RECEIPT_BITS - 1), st.integers(0, 10), st.sampled_from(LETTERS))
def test_one_wrong_letter_is_noticed(value: int, place: int, letter: str) -> None:
    text = receipt_text(value)
    wrong = text[:place] + letter + text[place + 1 :]
    assert wrong == text or receipt_value(wrong) is None


def test_it_is_read_however_it_was_typed() -> None:
    text = receipt_text(123_456_789_012)
    assert receipt_value(f" {text[:4].lower()}-{text[4:8]} {text[8:]} ") == 123_456_789_012
    assert typed("oil-1") == "0111"


def test_what_cannot_be_a_number_is_none() -> None:
    for text in ("", "1", "U" * 11, "二" * 11, "Z" * 10 + "0", "0" * 12):
        assert receipt_value(text) is None
    assert not any(is_code_number(text) for text in ("", "123", "١٢٣٤٥٦٧٨٩٠", "123456789a"))


def test_numbers_stand_in_no_order_and_check() -> None:
    codes, receipts = (
        [new_code_number() for _turn in range(200)],
        [new_receipt_number() for _turn in range(200)],
    )
    assert len(set(codes)) == len(set(receipts)) == 200 and codes != sorted(codes)
    assert all(map(is_code_number, codes))
    assert not any(is_code_number(code[:-1] + str((int(code[-1]) + 1) % 10)) for code in codes)

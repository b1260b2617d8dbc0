"""Resident numbers: GB 11643-1999 by the vector of spec §3.6 and invented holders."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.lib.identifiers import (
    MESSAGES,
    check_identity,
    check_resident_id,
    disagreement,
    id_code_of,
    make_demo_id,
    message,
)
from wangge.lib.identifiers.regions import is_listed

VECTOR = "11010519491231002X"
TODAY = date(2026, 11, 23)
births = st.dates(date(1900, 1, 1), TODAY)


def with_check_digit(body):
    """A number outside the demo range, only to be refused or to test a region."""
    from stdnum.cn.ric import calc_check_digit

    return body + calc_check_digit(body + "0")


def test_the_vector_of_the_spec_is_a_woman_born_on_the_last_day_of_1949():
    identity = check_resident_id(VECTOR)
    assert identity == (VECTOR, "resident", date(1949, 12, 31), "2", "", "")


@pytest.mark.parametrize(
    "written",
    [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "'110105-19491231-002×",
    ],
)
def test_spaces_width_case_and_quotes_do_not_matter(written):
    assert check_resident_id(written).number == VECTOR


def test_an_old_number_of_15_digits_becomes_the_18_digits_of_the_same_person():
    for old in ("110105491231002", 110105491231002, 110105491231002.0):
        identity = check_resident_id(old)
        assert (identity.number, identity.warning) == (VECTOR, "id_converted_from_15")


def test_an_old_number_with_a_serial_for_centenarians_belongs_to_the_century_before():
    assert check_resident_id("110105991231997").birth == date(1899, 12, 31)


@pytest.mark.parametrize(
    "destroyed",
    [4.41e17, "4.41E+17", "4.40703E+17", 440703199001010000, 440703199001010000.0, "440703199001010000"],
)
def test_a_number_whose_digits_a_spreadsheet_destroyed_is_refused_as_such(destroyed):
    identity = check_resident_id(destroyed)
    assert (identity.number, identity.error) == ("", "id_precision_lost")


def test_a_true_number_that_ends_in_three_zeros_is_taken_with_a_warning():
    rounded = next(
        n for s in range(0, 1000, 10) if (n := make_demo_id("999703", date(1990, 5, 1), s)).endswith("000")
    )
    assert check_resident_id(rounded, demo=True)[4:] == ("", "id_maybe_rounded")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("110105194912310021", "id_checksum"),
        ("1101051949123100", "id_length"),
        ("11010519491231００２Ｙ", "id_characters"),
        ("110105********002X", "id_masked"),
        (with_check_digit("11010519900230001"), "id_birth_impossible"),
        (with_check_digit("11010517000101001"), "id_birth_impossible"),
        (with_check_digit("11010520261124001"), "id_birth_future"),
        (with_check_digit("70010519900101001"), "id_region_unknown"),
        (True, "id_characters"),
    ],
)
def test_a_wrong_number_is_refused_with_the_reason(wrong, code):
    assert check_resident_id(wrong, today=TODAY).error == code


def test_a_birth_today_is_fine_and_tomorrow_is_not():
    assert not check_resident_id(with_check_digit("11010520261123001"), today=TODAY).error
    assert check_resident_id(with_check_digit("11010520261124001"), today=TODAY).error


def test_holders_born_before_their_county_code_existed_are_accepted():
    assert is_listed("440703")
    identity = check_resident_id(with_check_digit("44070319500101999"))
    assert (identity.error, identity.warning) == ("", "")


def test_an_unlisted_county_of_a_known_province_only_warns():
    assert check_resident_id(with_check_digit("44999919900101999"))[4:] == ("", "id_region_unlisted")


@pytest.mark.parametrize("prefix", ["810000", "820000", "830000"])
def test_residence_permits_of_hong_kong_macao_and_taiwan_are_known(prefix):
    identity = check_resident_id(with_check_digit(f"{prefix}19900101999"))
    assert (identity.kind, identity.error, identity.warning) == ("permit", "", "")


def test_the_foreign_permanent_resident_card_is_told_from_the_demo():
    assert check_resident_id(with_check_digit("94484019900101999")).kind == "foreign_permanent"


@given(births, st.integers(0, 999))
def test_a_demo_number_is_accepted_in_the_demo_only(birth, serial):
    number = make_demo_id("999703", birth, serial)
    accepted = check_resident_id(number, demo=True, today=TODAY)
    refused = check_resident_id(number, demo=False, today=TODAY)
    assert (accepted.number, accepted.birth, accepted.sex) == (number, birth, "1" if serial % 2 else "2")
    assert refused.number == "" and refused.error in {"id_demo_refused"}


@given(births, st.integers(1, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(birth, serial, place, shift):
    number = make_demo_id("999703", birth, serial)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert check_resident_id(wrong, demo=True, today=TODAY).error


def test_a_demo_maker_refuses_a_region_that_exists():
    with pytest.raises(ValueError, match="999"):
        make_demo_id("440703", date(1990, 1, 1), 1)
    with pytest.raises(ValueError, match="serial"):
        make_demo_id("999703", date(1990, 1, 1), 1000)


def test_birth_and_sex_beside_the_number_must_agree_with_it():
    identity = check_resident_id(VECTOR)
    assert disagreement(identity, birth=date(1949, 12, 31), sex="2") == ""
    assert disagreement(identity, birth=date(1949, 12, 30)) == "id_birth_differs"
    assert disagreement(identity, sex="1") == "id_sex_differs"
    assert disagreement(identity, sex="0") == ""


@pytest.mark.parametrize(
    ("number", "kind", "found", "error"),
    [
        ("E12345678", "", "passport", ""),
        ("e 1234 5678", "passport", "passport", ""),
        ("H12345678", "", "hk_macao_travel", ""),
        ("H1234567801", "hk_macao_travel", "hk_macao_travel", ""),
        ("12345678", "taiwan_travel", "taiwan_travel", ""),
        ("12345678", "", "", "id_length"),
        ("护照", "passport", "", "id_travel_form"),
        ("E1234****", "passport", "", "id_masked"),
        (VECTOR, "", "resident", ""),
    ],
)
def test_travel_documents_are_checked_by_their_shape(number, kind, found, error):
    identity = check_identity(number, kind)
    assert (identity.kind, identity.error) == (found, error)


def test_every_message_says_something_and_an_unknown_code_is_shown_as_it_is():
    assert all(len(message(code)) > 10 for code in MESSAGES)
    assert message("no_such_code") == "no_such_code"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("81000019800506001", "830"),
        ("82000019800506001", "830"),
        ("83000019800506001", "831"),
        ("94406119800506001", "553"),
        ("99970319800506001", "111"),
    ],
)
def test_the_number_tells_the_code_of_its_paper(body, code):
    assert id_code_of(with_check_digit(body)) == code

"""Invented numbers are right in form and cannot be anybody's."""

import numpy as np
import pytest

from wangge.lib.identifiers import check_resident_id, check_uscc
from wangge.site.demo.numbers import make_ids, make_phones, make_usccs


def test_ids_differ_and_agree_with_birth_and_sex() -> None:
    births = np.datetime64("1950-01-01") + np.arange(300) * 3
    births = np.repeat(births, 4)
    male = np.arange(len(births)) % 3 == 0
    ids = make_ids(births, male).tolist()
    assert len(set(ids)) == len(ids)
    for number, birth, man in zip(ids, births.tolist(), male.tolist(), strict=True):
        checked = check_resident_id(number, demo=True)
        assert (checked.error, checked.birth, checked.sex) == ("", birth, "1" if man else "2")


def test_ids_are_refused_outside_demo_mode() -> None:
    number = make_ids(np.array(["1980-02-29"], "datetime64[D]"), np.array([True]))[0]
    assert check_resident_id(str(number)).error == "id_demo_refused"
    assert number.startswith("999703")


def test_ids_begun_higher_do_not_meet_the_others() -> None:
    births, male = np.full(150, np.datetime64("1990-05-01")), np.zeros(150, bool)
    assert not set(make_ids(births, male).tolist()) & set(make_ids(births, male, first=300).tolist())


def test_too_many_births_on_one_day_are_refused() -> None:
    with pytest.raises(ValueError, match="one day"):
        make_ids(np.full(600, np.datetime64("1990-05-01")), np.ones(600, bool))


def test_phones_differ_and_begin_with_100() -> None:
    phones = make_phones(5, 50_000).tolist()
    assert len(set(phones)) == 50_000
    assert all(len(phone) == 11 and phone.startswith("100") for phone in phones)


@pytest.mark.parametrize("kind", ["91", "92", "52", "12"])
def test_credit_codes_have_a_correct_check_character(kind: str) -> None:
    codes = make_usccs(0, 300, kind)
    assert len(set(codes)) == 300
    assert {check_uscc(code, demo=True).error for code in codes} == {""}
    assert check_uscc(codes[0]).error == "uscc_demo_refused"

"""Dates in the spellings of spec chapter 5.4."""

from datetime import date, datetime

import pytest

from wangge.lib.cells import clean_birth, clean_date

DAY = date(2022, 11, 28)


@pytest.mark.parametrize(
    "written",
    [
        "20221128",
        "2022.11.28",
        "2022/11/28",
        "2022-11-28",
        "2022年11月28日",
        "２０２２．１１．２８",
        "2022 年 11 月 28 号",
        "二〇二二年十一月二十八日",
        "二零二二年十一月二十八日",
        "2022-11-28 00:00:00",
        "2022-11-28T08:30",
        "28/11/2022",
        "11/28/2022",
        44893,
        44893.0,
        44893.75,
        "44893",
        20221128,
        20221128.0,
        DAY,
        datetime(2022, 11, 28, 9, 30),
        "\u200b2022-11-28 ",
    ],
)
def test_every_usual_spelling_means_the_same_day(written):
    assert clean_date(written) == (DAY, "", "")


@pytest.mark.parametrize(
    "written", ["2022-11", "2022.11", "202211", 202211, "2022年11月", "二〇二二年十一月", "2022年11月份"]
)
def test_a_month_is_its_first_day_with_a_warning(written):
    assert clean_date(written) == (date(2022, 11, 1), "", "date_without_day")


@pytest.mark.parametrize("written", ["2022", 2022, "2022年", "二〇二二年"])
def test_a_year_is_its_first_day_with_a_warning(written):
    assert clean_date(written) == (date(2022, 1, 1), "", "date_year_only")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("85-3-1", "date_two_digit_year"),
        ("22.11.28", "date_two_digit_year"),
        ("85年3月", "date_two_digit_year"),
        ("03/05/22", "date_two_digit_year"),
        ("03/05/2022", "date_order_unclear"),
        ("2022-02-30", "date_impossible"),
        ("20221345", "date_impossible"),
        ("2022年13月", "date_impossible"),
        ("18000101", "date_out_of_range"),
        ("去年", "date_unreadable"),
        ("二年", "date_unreadable"),
        (True, "date_unreadable"),
        (-5, "date_unreadable"),
        (99.5, "date_unreadable"),
    ],
)
def test_what_would_have_to_be_guessed_is_refused(written, code):
    assert clean_date(written) == (None, code, "")


@pytest.mark.parametrize("written", [None, "", "  ", "-", "/", "—", float("nan")])
def test_an_empty_cell_is_no_date_and_no_error(written):
    assert clean_date(written) == (None, "", "")


def test_a_birth_may_be_today_but_not_tomorrow():
    assert clean_birth("2022-11-28", DAY).value == DAY
    assert clean_birth("2022-11-29", DAY).error == "date_future"

"""The pages speak the words of the fact dictionary; staleness follows its limits."""

from datetime import date

import pytest

from wangge.registry.people.queries import label_of, masked, meaning_of, staleness
from wangge.registry.people.queries.words import fresh_days_of

TODAY = date(2026, 6, 1)


def test_labels_and_codes_come_from_the_dictionary():
    assert label_of("marriage") == "婚姻状况"
    assert meaning_of("marriage", "20") == "已婚"
    assert label_of("nobody_knows") == "nobody_knows"
    assert meaning_of("sex", "1") == "男"


@pytest.mark.parametrize(
    ("confirmed", "days", "age"),
    [
        (None, 365, ""), (date(2026, 1, 1), 365, "fresh"), (date(2025, 1, 1), 365, "stale"),
        (date(2000, 1, 1), 0, "fresh"),
    ],
)  # fmt: skip
def test_a_fact_gets_stale_after_its_limit(confirmed, days, age):
    assert staleness(confirmed, days, TODAY) == age


def test_the_limit_is_the_dictionarys():
    assert fresh_days_of("education") == 730
    assert fresh_days_of("nobody_knows") == 365


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("phone", "10000000001", "100****0001"),
        ("guardian", "甲乙丙", "甲*丙"),
        ("birth", date(1990, 2, 3), "1990-02-03"),
    ],
)
def test_values_are_masked_as_their_kind_asks(field, value, shown):
    assert masked(field, value) == shown

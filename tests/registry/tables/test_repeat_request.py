"""A request that asks again what another was given is answered from that one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.cast import OTHER_COMMUNITY
from tests.registry.tables.asking_cast import FIELDS, a_fill, a_request
from wangge.registry.tables.enums import FillState
from wangge.registry.tables.queries.repeats import repeat_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


@pytest.fixture
def former():
    request = a_request(filters=["age:80-", "alone"])
    a_fill(request, ago(3))
    return request


def asked(**more):
    return a_request(**{"filters": ["alone", "age:80-"], "department": "民政局"} | more)


def test_the_same_columns_area_and_conditions_repeat_it(former):
    found = repeat_of(asked())
    assert (found.former, found.same, found.days, found.at_hand) == (former, True, 3, True)


def test_fewer_fields_are_answered_from_the_larger_table(former):
    found = repeat_of(asked(fields=["name", "phone"]))
    assert (found.former, found.same) == (former, False)


@pytest.mark.parametrize(
    "other",
    [
        {"fields": [*FIELDS, "birth"]},
        {"filters": ["alone"]},
        {"filters": []},
        {"area_code": OTHER_COMMUNITY},
        {"unit": "household"},
        {"ledger": "floating"},
        {"fields": []},
        {"as_of": date(2020, 1, 1)},
    ],
    ids=lambda given: "".join(given),
)
def test_what_differs_repeats_nothing(former, other):
    assert repeat_of(asked(**other)) is None


def test_a_filling_that_went_stale_answers_nothing():
    a_fill(a_request(), ago(31))
    assert repeat_of(a_request()) is None
    a_fill(a_request(), ago(30))
    assert repeat_of(a_request()).days == 30


def test_a_filling_that_failed_answers_nothing():
    a_fill(a_request(), ago(1), state=FillState.FAILED)
    assert repeat_of(a_request()) is None


def test_an_erased_file_still_tells_that_it_was_asked(former):
    former.fills.update(state=FillState.EXPIRED, stored="")
    found = repeat_of(asked())
    assert (found.former, found.at_hand) == (former, False)


def test_the_same_fields_go_before_more_fields_and_the_newest_before_older():
    larger, older, newer = a_request(fields=[*FIELDS, "birth"]), a_request(), a_request()
    for request, days in ((larger, 0), (older, 5), (newer, 2)):
        a_fill(request, ago(days))
    assert repeat_of(a_request()).former == newer


def test_a_table_of_a_given_day_is_answered_by_that_day_only():
    a_fill(a_request(as_of=date(2026, 1, 1)), date(2026, 1, 1))
    assert repeat_of(a_request(as_of=date(2026, 1, 1))) is not None
    assert repeat_of(a_request(as_of=date(2026, 1, 2))) is None


def test_nobody_is_answered_from_another_area_or_by_themselves(former):
    assert repeat_of(former) is None


def test_the_queries_do_not_grow_with_former_requests(django_assert_num_queries):
    a_fill(a_request(), ago(1))
    request = a_request()
    repeat_of(request)
    for number in range(3):
        a_fill(a_request(), ago(number))
    with django_assert_num_queries(3):
        repeat_of(request)

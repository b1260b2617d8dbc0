"""Transactions that fill up side by side are committed in the order they were handed over."""

from __future__ import annotations

import time

import pytest
from django.db import IntegrityError, connection

from tests.cast import COMMUNITY
from wangge.lib.bulk import Behind, Same, collecting, later, reserve_ids, update_rows, write_rows
from wangge.registry.people.models import Estate

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("everywhere"),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL: SQLite has one writer"),
]


def estates(*names: str) -> None:
    """Write one estate for each name."""
    count = len(names)
    write_rows(
        Estate,
        {
            "id": reserve_ids(Estate, count),
            "area_code": Same(COMMUNITY, count),
            "name": list(names),
            **{fact: Same("", count) for fact in ("property_firm", "owners_committee", "red_property")[:1]},
            **{fact: Same(False, count) for fact in ("owners_committee", "red_property", "demo")},
        },
    )


def standing() -> list[str]:
    return sorted(Estate.objects.values_list("name", flat=True))


def test_a_later_one_that_is_ready_first_waits_for_the_earlier() -> None:
    told: list[list[str]] = []
    behind = Behind()
    with collecting() as slow:
        later(lambda: time.sleep(0.3))
        estates("甲")
    with collecting() as quick:
        estates("乙")
        later(lambda: told.append(standing()), last=True)
    behind.submit(slow)
    behind.submit(quick)
    behind.settle()
    behind.close()
    assert told == [["乙", "甲"]]  # 甲 was committed before 乙 said how far it is


def test_nothing_stands_of_what_was_handed_over_after_one_that_failed() -> None:
    estates("甲")
    behind = Behind()
    with collecting() as twice:
        later(lambda: time.sleep(0.2))
        estates("甲")
    with collecting() as after:
        estates("乙")
    behind.submit(twice)
    behind.submit(after)
    with pytest.raises(IntegrityError):
        behind.settle()
    behind.close()
    assert standing() == ["甲"]


def test_a_change_of_rows_that_are_under_way_waits_until_they_stand() -> None:
    behind = Behind()
    with collecting() as made:
        later(lambda: time.sleep(0.2))
        estates("甲")
    behind.submit(made)
    with collecting() as changed:
        update_rows(Estate, "name", {"name": ["甲"], "property_firm": ["好管家"]})
    behind.submit(changed)
    behind.settle()
    behind.close()
    assert Estate.objects.get().property_firm == "好管家"


def test_keys_drawn_together_are_a_range_and_nobody_gets_them_twice() -> None:
    first, second = reserve_ids(Estate, 5), reserve_ids(Estate, 3)
    assert first == list(range(first[0], first[0] + 5))
    assert second[0] > first[-1]
    assert reserve_ids(Estate, 0) == []

"""Months are written while the next are prepared; the same duties stand, in whole months."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection

from tests.systems.fieldwork import lists_cast
from wangge.systems.fieldwork.actions import generate
from wangge.systems.fieldwork.actions.generate import generate_days, generate_duties
from wangge.systems.fieldwork.actions.generate_rows import LOCK
from wangge.systems.fieldwork.models import Duty, GeneratedDay
from wangge.systems.fieldwork.reading.days import days_between

pytestmark = pytest.mark.django_db(transaction=True)
FIRST, LAST = date(2026, 9, 28), date(2026, 12, 3)


def lay_register() -> None:
    """Two workers, nine homes, three with somebody who is looked after; a scene and frequencies."""
    lists_cast.two_workers()
    homes = lists_cast.rooms(9)
    for at, level in ((1, "red"), (4, "yellow"), (7, "red")):
        lists_cast.cared_for(homes[at], level)
    lists_cast.the_pack()


def test_months_at_once_are_the_days_one_by_one() -> None:
    lay_register()
    done: list[date] = []
    made = generate_days(actor="test", first=FIRST, last=LAST, progress=done.append)
    at_once = lists_cast.duties()
    assert made.duties == len(at_once) > 300
    assert done == [date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30), LAST]
    assert GeneratedDay.objects.count() == len(days_between(FIRST, LAST))
    assert generate_days(actor="test", first=FIRST, last=LAST).duties == 0
    Duty.objects.all().delete()
    for day in days_between(FIRST, LAST):
        generate_duties(actor="test", day=day)
    assert lists_cast.duties() == at_once


def test_a_month_that_fails_leaves_those_before_it_and_none_after(monkeypatch: pytest.MonkeyPatch) -> None:
    lay_register()
    monkeypatch.setattr(generate, "_write", failing_in(date(2026, 11, 1)))
    with pytest.raises(IntegrityError):
        generate_days(actor="test", first=FIRST, last=LAST)
    assert set(Duty.objects.values_list("begins_on__month", flat=True)) == {9, 10}
    assert set(GeneratedDay.objects.values_list("day__month", flat=True)) == {9, 10}
    monkeypatch.undo()
    generate_days(actor="test", first=FIRST, last=LAST)
    assert set(Duty.objects.values_list("begins_on__month", flat=True)) == {9, 10, 11, 12}


def failing_in(month: date) -> Callable[..., None]:
    write = generate._write

    def fail(first: date, *rest: Any) -> None:
        write(first, *rest)
        if first == month:  # duties of it were written
            raise IntegrityError("made to fail")

    return fail


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
def test_no_other_generation_runs_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    lay_register()
    free: list[bool] = []
    write = generate._write

    def look(*args: Any) -> None:
        write(*args)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            free.append(cursor.fetchone()[0])

    monkeypatch.setattr(generate, "_write", look)
    generate_days(actor="test", first=FIRST, last=LAST)
    assert free == [False] * 4

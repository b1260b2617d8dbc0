"""Periodic requests fill themselves on their day: once, however long nobody was there."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import COMMUNITY, secretary
from tests.registry.tables.asking_cast import a_fill, a_request
from wangge.foundation.access import actions as access
from wangge.foundation.journal.models import Delivery, Entry
from wangge.registry.tables.actions.refill import refill_due
from wangge.registry.tables.enums import FillState
from wangge.registry.tables.models import Fill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
MADE, LATER = date(2026, 1, 31), date(2026, 11, 20)


def periodic(**more):
    return a_request(**{"made_on": MADE, "frequency": "monthly", "created_by": secretary()} | more)


def test_ten_missed_months_are_one_filling():
    request = periodic()
    a_fill(request, MADE)
    assert refill_due(LATER) == 1
    fill = Fill.objects.get(state=FillState.WAITING)
    assert (fill.request, fill.created_by, fill.unmasked) == (request, request.created_by, False)
    assert Entry.objects.filter(kind="table.fill_requested").count() == 1
    assert Delivery.objects.filter(reaction__endswith="write_fill").count() == 1


def test_the_sweep_run_again_asks_nothing_again():
    periodic()
    assert (refill_due(LATER), refill_due(LATER)) == (1, 0)
    assert Fill.objects.count() == 1


def test_the_next_period_asks_again():
    request = periodic()
    a_fill(request, date(2026, 10, 31))
    assert refill_due(date(2026, 11, 29)) == 0
    assert refill_due(date(2026, 11, 30)) == 1


def test_what_is_asked_once_is_left_alone():
    a_request(made_on=MADE, created_by=secretary())
    assert refill_due(LATER) == 0


@pytest.mark.parametrize("gone", ["account", "right", "nobody"])
def test_who_may_not_any_more_leaves_a_filling_that_says_so(gone):
    user = secretary()
    request = periodic(created_by=None if gone == "nobody" else user)
    if gone == "account":
        access.deactivate_user(actor="test", user=user)
    if gone == "right":
        access.end_grant(actor="test", grant=user.grants.get())
    assert refill_due(LATER) == 1
    fill = Fill.objects.get()
    assert (fill.state, bool(fill.message)) == (FillState.FAILED, True)
    assert refill_due(LATER) == 0
    assert request.area_code == COMMUNITY


def test_the_sweep_is_in_the_table():
    from wangge.flows.table import SWEEPS

    assert "wangge.registry.tables.actions.refill.refill_due" in SWEEPS

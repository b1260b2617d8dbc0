"""By the clock: a warning before the end, closing after the retention, another verification a day later."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.foundation.orders import orders_cast as orders
from wangge.flows import worker
from wangge.flows.table import SWEEPS
from wangge.foundation.journal.models import Entry
from wangge.foundation.orders import actions, sweeps
from wangge.foundation.orders.actions import close
from wangge.foundation.orders.enums import Step
from wangge.foundation.orders.models import Certificate, Closing, EmergencyOrder

pytestmark = pytest.mark.usefixtures("lasting_ground")


def state(order: EmergencyOrder) -> str:
    return EmergencyOrder.objects.get(pk=order.pk).state


def test_every_sweep_stands_in_the_table():
    names = {name.rpartition(".")[2] for name in SWEEPS if "orders.sweeps" in name}
    assert names == {"warn_before_end", "close_overdue", "verify_again", "erase_old_exports"}


def test_an_order_is_closed_once_its_retention_is_over_not_before():
    due, kept = orders.started(number="1"), orders.started(number="2", retention_days=30)
    for order in (due, kept):
        orders.keep(order, told=orders.TOLD)
        orders.overdue(order)
    assert sweeps.close_overdue() == 1
    assert (state(due), state(kept)) == ("erased", "active")
    assert Certificate.objects.get().order == due


def test_an_order_in_force_is_left_alone():
    order = orders.started()
    assert sweeps.close_overdue() == 0 and state(order) == "active"


def test_a_closing_that_stands_still_goes_on():
    order = orders.started()
    closing = actions.request_closing(actor="test", order=order)
    close._do(closing, close.STAGES[Step.FREEZE])
    assert sweeps.close_overdue() == 1 and state(order) == "erased"


def test_the_warning_comes_once_and_again_after_an_extension():
    order = orders.started(ends=timezone.now() + timedelta(days=2))
    assert (sweeps.warn_before_end(), sweeps.warn_before_end()) == (1, 0)
    assert Entry.objects.filter(kind="order.ending").count() == 1
    order = actions.extend_order(
        actor="test", order=order, ends=timezone.now() + timedelta(days=30), reason="还没有结束"
    )
    assert sweeps.warn_before_end() == 0


def test_a_day_after_the_certificate_the_digests_and_their_key_go():
    order = orders.started()
    orders.keep(order, told=orders.TOLD)
    actions.close_order(actor="test", order=order)
    assert Closing.objects.get().check_sealed and sweeps.verify_again() == 0
    Certificate.objects.update(issued_at=timezone.now() - timedelta(days=2))
    assert sweeps.verify_again() == 1
    closing = Closing.objects.get()
    assert (closing.check_sealed, bytes(closing.check_digests)) == ("", b"")
    assert Certificate.objects.get().second_by == "system"


def test_the_worker_closes_what_a_page_asked_for():
    order = orders.started()
    actions.request_closing(actor="test", order=order)
    worker.drain()
    assert state(order) == "erased"


def test_an_export_of_the_orders_own_lies_a_day(home):
    order = orders.started()
    orders.keep(order, told=orders.TOLD)
    file = actions.export_values(actor="test", order=order)
    assert (home / file.path).is_file() and sweeps.erase_old_exports() == 0
    order.files.update(made_at=timezone.now() - timedelta(days=2))
    assert sweeps.erase_old_exports() == 1 and not (home / file.path).exists()

"""Writers beside a freeze: what was acknowledged is counted and erased, what comes later is refused."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections, transaction

from tests import cast
from tests.foundation.orders import orders_cast as orders
from wangge.foundation.orders import actions
from wangge.foundation.orders.actions import close
from wangge.foundation.orders.enums import Step
from wangge.foundation.orders.models import OrderValue
from wangge.foundation.orders.rules import NotInForce
from wangge.lib.scoping import EVERYWHERE, within

pytestmark = pytest.mark.usefixtures("lasting_ground")


def test_a_writer_that_holds_the_order_is_waited_for():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer; the second waits anyway")
    order = orders.started()
    closing = actions.request_closing(actor="test", order=order)
    written, go_on, frozen = threading.Event(), threading.Event(), threading.Event()

    def write() -> None:
        with within(EVERYWHERE), transaction.atomic():
            orders.keep(order, 1, symptoms="是")
            written.set()
            go_on.wait(timeout=10)
        connections.close_all()

    def freeze() -> None:
        with within(EVERYWHERE):
            close._do(closing, close.STAGES[Step.FREEZE])
        frozen.set()
        connections.close_all()

    threads = [threading.Thread(target=write), threading.Thread(target=freeze)]
    threads[0].start()
    assert written.wait(timeout=10)
    threads[1].start()
    assert not frozen.wait(timeout=0.7), "the freeze went past a writer"
    go_on.set()
    for thread in threads:
        thread.join(timeout=10)
    assert frozen.is_set() and OrderValue.objects.count() == 1
    with pytest.raises(NotInForce):
        orders.keep(order, 2, symptoms="是")


def test_two_processes_may_carry_on_the_same_closing():
    order = orders.started()
    orders.keep(order, 1, told=orders.TOLD)
    closing = actions.request_closing(actor="test", order=order)
    stale = close._fresh(closing)
    close._do(closing, close.STAGES[Step.FREEZE])
    close._do(stale, close.STAGES[Step.FREEZE])  # the other one looked before the first was done
    assert close._fresh(closing).step == Step.SUMMARISE
    assert actions.carry_on(closing).step == actions.carry_on(stale).step == Step.DONE
    assert order.area_code == cast.TOWN

"""Closing: frozen, counted, erased, verified, certified; killed anywhere, it goes on."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.foundation.orders import orders_cast as orders
from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.orders import actions, queries
from wangge.foundation.orders.actions import close, paper
from wangge.foundation.orders.enums import Step
from wangge.foundation.orders.events import register_rows
from wangge.foundation.orders.models import Certificate, Closing, EmergencyOrder, OrderField, OrderValue
from wangge.foundation.orders.rules import NotInForce
from wangge.foundation.territory.actions import change_setting

pytestmark = pytest.mark.usefixtures("lasting_ground")


def filled() -> EmergencyOrder:
    order = orders.started()
    orders.keep(order, 1, told=orders.TOLD, symptoms="是")
    orders.keep(order, 2, symptoms="否", risk="低风险")
    return order


def test_a_closed_order_leaves_no_value_no_field_no_key():
    order = filled()
    actions.close_order(actor="test", order=order)
    order.refresh_from_db()
    assert (order.state, order.key_sealed) == ("erased", "")
    assert not OrderValue.objects.filter(order=order).exists()
    assert not OrderField.objects.filter(order=order).exists()


def test_the_summary_counts_and_the_certificate_hashes_it():
    order = filled()
    actions.close_order(actor="test", order=order)
    closing, certificate = Closing.objects.get(order=order), Certificate.objects.get(order=order)
    told = json.loads(closing.summary)
    assert (told["values"], told["subjects"]) == (4, 2)
    assert {f["key"]: f["values"] for f in told["fields"]}["symptoms"] == 2
    assert certificate.sha256 == hashlib.sha256(closing.summary.encode()).hexdigest()
    assert orders.TOLD not in closing.summary


def test_nothing_can_be_kept_once_it_is_frozen():
    order = filled()
    closing = actions.request_closing(actor="test", order=order)
    close._do(closing, close.STAGES[Step.FREEZE])
    with pytest.raises(NotInForce):
        orders.keep(order, 3, symptoms="是")
    assert queries.fields_for("declaration", "440703002001") == []


def test_a_draft_is_not_closed():
    with pytest.raises(Unacceptable):
        actions.close_order(actor="test", order=orders.draft())


def test_closing_twice_changes_nothing():
    order = filled()
    actions.close_order(actor="test", order=order)
    first = Certificate.objects.get(order=order)
    actions.close_order(actor="other", order=order)
    assert Certificate.objects.get(order=order).issued_at == first.issued_at


class Killed(BaseException):
    """The process dies here."""


@pytest.mark.parametrize("step", [step for step in Step if step != Step.DONE])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_closing_killed_around_a_step_goes_on_to_the_same_end(step, when, monkeypatch):
    order = filled()
    stage = close.STAGES[step]

    def dying(closing):
        if when == "after":
            stage.do(closing)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setitem(close.STAGES, step, close.Stage(dying, stage.whole))
        with pytest.raises(Killed):
            actions.close_order(actor="test", order=order)
    assert Closing.objects.get(order=order).step == step
    closing = actions.carry_on(Closing.objects.get(order=order))
    assert json.loads(closing.summary)["values"] == 4
    assert Certificate.objects.filter(order=order).count() == 1
    assert EmergencyOrder.objects.get(pk=order.pk).state == "erased"


def test_rows_of_other_apps_go_too_also_in_pieces():
    rows = list(range(5))

    def erase(number: str) -> int:
        gone = min(2, len(rows))
        del rows[:gone]
        return gone

    register_rows("things", lambda number: len(rows), erase)
    closing = actions.close_order(actor="test", order=filled())
    assert rows == [] and json.loads(closing.summary)["rows"] == {"things": 5}


def test_rows_that_do_not_go_keep_the_certificate_back():
    stuck = [1]
    register_rows("stuck", lambda number: len(stuck), lambda number: 0)
    order = filled()
    with pytest.raises(actions.Remaining):
        actions.close_order(actor="test", order=order)
    closing = Closing.objects.get(order=order)
    assert (closing.problem, closing.found) == ("found", [["store:stuck", 1]])
    assert not Certificate.objects.exists()
    stuck.clear()
    assert actions.carry_on(closing).step == Step.DONE


def test_words_found_elsewhere_wait_for_somebody_to_say_why():
    from wangge.foundation.territory.models import Area

    Area.objects.filter(code="440703002001001").update(note=f"备注：{orders.TOLD}。")
    order = filled()
    with pytest.raises(actions.Remaining):
        actions.close_order(actor="test", order=order)
    closing = Closing.objects.get(order=order)
    assert ["territory_area.note", 1] in closing.found
    assert orders.TOLD not in str(closing.found)
    actions.accept_remains(actor="test", order=order, reason="网格备注里原来就有")
    assert actions.carry_on(closing).step == Step.DONE
    values = [orders.TOLD]
    assert actions.verify_order(actor="test", order=order, values=values).clean
    Area.objects.filter(code="440703002001").update(note=orders.TOLD)
    assert not actions.verify_order(actor="test", order=order, values=values).clean, "one place more"


def test_what_only_the_storage_still_holds_is_rewritten_once_more(monkeypatch):
    from wangge.foundation.orders.actions import settle
    from wangge.foundation.orders.queries.remains import STORAGE, Report

    found = iter([Report(found=Counter({f"declarations{STORAGE}": 3})), Report()])
    monkeypatch.setattr(settle, "search_everywhere", lambda needles: next(found))
    order = filled()
    with pytest.raises(actions.Busy):
        actions.carry_on(actions.request_closing(actor="test", order=order))
    closing = Closing.objects.get(order=order)
    assert (closing.step, closing.problem) == (Step.SCRUB, "busy")
    assert actions.carry_on(closing).step == Step.DONE


def test_the_paper_says_what_backups_hold_and_that_the_days_are_a_sample():
    order = filled()
    actions.close_order(actor="test", order=order)
    certificate, closing = Certificate.objects.get(), Closing.objects.get()
    told = paper._told(certificate, closing)
    assert ["报备 · 有无症状", "2"] in told["counts"]
    assert certificate.backups_until == timezone.localdate() + timedelta(days=30)
    assert certificate.backups_until.isoformat() in told["held"][0] and "示例" in told["held"][0]
    change_setting(actor="test", key="orders.backup_days", value=14)
    assert "示例" not in paper._told(certificate, closing)["held"][0]

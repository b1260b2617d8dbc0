"""A code is made, sent by the worker, and limited by phone and by address."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from tests.foundation.proofs.proof_cast import OTHER, PHONE, PURPOSE, sent
from wangge.flows import worker
from wangge.foundation.journal.models import Delivery, Entry
from wangge.foundation.proofs import actions
from wangge.foundation.proofs.models import Allowance, Proof
from wangge.foundation.proofs.rules import NotProved
from wangge.foundation.territory.models import Setting
from wangge.gateways.sms.outbox import folder
from wangge.lib.scoping import EVERYWHERE, within

pytestmark = pytest.mark.django_db


def later(seconds: int = 120) -> None:
    """The last request was longer ago."""
    Allowance.objects.update(last_at=timezone.now() - timedelta(seconds=seconds))


def outbox() -> list[dict]:
    lines = [line for path in folder().glob("*.jsonl") for line in path.read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines]


def test_the_worker_sends_the_code_and_forgets_it():
    proof, code = sent()
    assert (len(code), code.isdigit()) == (6, True)
    worker.drain()
    proof.refresh_from_db()
    assert [line["phone"] for line in outbox()] == [PHONE]
    assert code in outbox()[0]["text"]
    assert (proof.code_sealed, proof.sent_at is not None) == ("", True)


def test_sending_twice_sends_once():
    proof, _code = sent()
    worker.drain()
    actions.send_waiting(Entry.objects.get(subject_id=str(proof.pk), kind="proof.requested"))
    assert len(outbox()) == 1


def test_a_carrier_that_fails_is_seen_and_tried_again(settings):
    settings.SMS_GATEWAY = "wangge.gateways.sms.carrier.Nobody"
    sent()
    worker.drain()
    owed = Delivery.objects.get()
    assert (owed.state, owed.attempts, owed.error) == ("waiting", 1, "wangge.gateways.sms.carrier.NotSent")
    settings.SMS_GATEWAY = "wangge.gateways.sms.outbox.Outbox"
    Delivery.objects.update(due_at=timezone.now())
    worker.drain()
    assert [line["phone"] for line in outbox()] == [PHONE]


def test_a_code_that_is_over_is_no_longer_sent():
    proof, _code = sent()
    Proof.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    worker.drain()
    proof.refresh_from_db()
    assert (outbox(), proof.sent_at, proof.code_sealed) == ([], None, "")


def test_neither_phone_nor_code_stands_in_the_trail_or_in_clear_in_the_row():
    proof, code = sent()
    kept = " ".join(map(str, Proof.objects.values_list().get()))
    trail = " ".join(map(str, Entry.objects.values_list("changes", "data", "reason")))
    for secret in (PHONE, code):
        assert secret not in kept
        assert secret not in trail
    assert proof.code_digest


def test_only_the_demo_shows_the_code_to_the_page(settings):
    assert sent()[0].shown == ""
    settings.DEMO = True
    proof, code = sent(OTHER)
    assert proof.shown == code


@pytest.mark.parametrize("typed", ["", "12345", "0750-2000000", "+1 202 555 0100", "手机"])
def test_what_is_no_mobile_number_is_refused_in_words(typed):
    with pytest.raises(NotProved) as refused:
        actions.send_code(phone=typed, purpose=PURPOSE)
    assert refused.value.code == "phone"
    assert "11 位" in refused.value.message


def test_a_second_code_within_a_minute_is_refused():
    sent()
    with pytest.raises(NotProved) as refused:
        sent()
    assert refused.value.code == "too_soon"
    later()
    assert sent()[0].pk


def test_a_phone_gets_so_many_codes_a_day():
    Setting.objects.create(key="proof.phone_day", value=2)
    for _time in range(2):
        sent()
        later()
    with pytest.raises(NotProved) as refused:
        sent()
    assert refused.value.code == "too_many"
    assert sent(OTHER)[0].pk
    assert Proof.objects.count() == 3


def test_an_address_gets_so_many_codes_a_day_and_a_refusal_costs_the_phone_nothing():
    Setting.objects.create(key="proof.address_day", value=1)
    sent(address="192.0.2.1")
    with pytest.raises(NotProved) as refused:
        sent(OTHER, address="192.0.2.1")
    assert refused.value.code == "too_many"
    assert sent(OTHER, address="192.0.2.2")[0].pk


@pytest.mark.django_db(transaction=True)
def test_of_requests_at_the_same_moment_one_passes():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")

    def ask(_number: int) -> str:
        try:
            with within(EVERYWHERE):
                sent()
            return "sent"
        except NotProved as refused:
            return refused.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))
    assert sorted(answers) == ["sent"] + ["too_soon"] * 7

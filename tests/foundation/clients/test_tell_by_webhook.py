"""A client is told of events at its address: signed, within its reach, again when it did not answer."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.foundation.clients.clients_cast import program, receiver
from wangge.foundation.clients import actions
from wangge.foundation.clients.actions.sendings import WAITS, headers_of, signature_of
from wangge.foundation.clients.models import Sending, Subscription
from wangge.foundation.journal import actions as journal
from wangge.foundation.journal.sealing import seal_pending
from wangge.lib.scoping import EVERYWHERE, within

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
KIND = "declaration.decided"


@pytest.fixture(autouse=True)
def _this_machine(settings):
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]


def told(url: str, area: str = cast.TOWN, kinds: tuple[str, ...] = (KIND,)) -> tuple[Subscription, str]:
    client, _token = program(area)
    return actions.subscribe(actor="test", client=client, url=url, kinds=list(kinds))


def happen(area: str = cast.GRID, kind: str = KIND) -> int:
    """The event, and what the worker's clock makes of it."""
    entry = journal.record(
        kind, actor="cast1", area=area, changes={"state": ["submitted", "verified"]}, reason="姓名"
    )
    seal_pending(settled=timedelta(0))
    actions.announce_sealed()
    return entry.pk


def due_now() -> None:
    Sending.objects.update(due_at=timezone.now())


def test_an_event_arrives_once_and_holds_no_more_than_where_and_when():
    with receiver() as there:
        told(there.url)
        event = happen()
        assert actions.send_due() == 1 and actions.send_due() == 0
    [(headers, body)] = there.got
    assert set(json.loads(body)) == {"event", "kind", "subject", "area", "at"}
    assert json.loads(body)["event"] == event == int(headers["Wangge-Event"])
    row = Sending.objects.get()
    assert (row.state, row.answer, row.answer_bytes, row.attempts) == ("done", 204, 0, 1)


def test_the_receiver_can_check_the_signature_as_the_page_says():
    with receiver() as there:
        _row, secret = told(there.url)
        happen()
        actions.send_due()
    [(headers, body)] = there.got
    parts = [part.split("=", 1) for part in headers["Wangge-Signature"].split(",")]
    moment = int(dict(parts)["t"])
    assert abs(moment - timezone.now().timestamp()) < 60
    assert [value for name, value in parts if name == "v1"] == [signature_of(secret, moment, body)]
    assert signature_of(secret, moment, body + " ") != dict(parts)["v1"]


def test_both_secrets_sign_while_one_replaces_the_other():
    with receiver() as there:
        row, old = told(there.url)
        new = actions.give_secret(actor="test", subscription=row)
        happen()
        actions.send_due()
        header = there.got[0][0]["Wangge-Signature"]
    sending = Sending.objects.get()
    moment = int(header.split(",")[0][2:])
    assert header.split(",")[1:] == [f"v1={signature_of(each, moment, sending.body)}" for each in (new, old)]
    Subscription.objects.update(former_until=timezone.now())
    assert headers_of(Sending.objects.get(), 1)["Wangge-Signature"].count("v1=") == 1


def test_another_towns_event_is_not_told():
    with receiver() as there:
        told(there.url, cast.TOWN)
        happen(cast.OTHER_GRID)
        happen("")  # of the whole district: wider than the client's reach
        assert actions.send_due() == 0 and there.got == []


def test_a_kind_nobody_asked_for_is_not_told():
    with receiver() as there:
        told(there.url)
        happen(kind="declaration.archived")
        assert actions.send_due() == 0


def test_the_same_event_owes_one_message_however_often_the_sweep_runs():
    with receiver() as there:
        row, _secret = told(there.url)
        happen()
        for _again in range(3):
            Subscription.objects.update(told_segment=0)  # a killed worker begins anew
            actions.announce_sealed()
        assert Sending.objects.filter(subscription=row).count() == 1


def test_what_happened_before_the_webhook_was_made_is_not_told():
    happen()
    journal.record(KIND, actor="cast1", area=cast.GRID)  # not sealed yet
    with receiver() as there:
        told(there.url)
        seal_pending(settled=timedelta(0))
        assert actions.announce_sealed() == 0


def test_events_of_many_stretches_arrive_in_their_order():
    with receiver() as there:
        told(there.url)
        events = [happen() for _event in range(4)]
        actions.send_due()
    assert [int(headers["Wangge-Event"]) for headers, _body in there.got] == events


def test_an_event_costs_its_writer_nothing_for_those_who_listen():
    from wangge.foundation.journal.models import Delivery

    with receiver() as there:
        told(there.url)
        happen()
    assert not Delivery.objects.exists()


def test_a_receiver_that_fails_is_asked_again_after_growing_waits():
    with receiver(500, 503, 200) as there:
        told(there.url)
        happen()
        assert actions.send_due() == 1
        first = Sending.objects.get()
        assert (first.state, first.fault, first.answer, first.attempts) == ("waiting", "answer", 500, 1)
        assert first.due_at > timezone.now() + timedelta(seconds=WAITS[0] - 5)
        assert actions.send_due() == 0
        for _again in range(2):
            due_now()
            actions.send_due()
    last = Sending.objects.get()
    assert (last.state, last.answer, last.answer_bytes, last.attempts) == ("done", 200, 5, 3)
    assert [body for _headers, body in there.got] == [there.got[0][1]] * 3
    assert list(WAITS) == sorted(WAITS)


def test_after_the_last_wait_it_is_given_up_and_can_be_sent_by_hand():
    with receiver(500) as there:
        told(there.url)
        happen()
        for _again in WAITS:
            due_now()
            actions.send_due()
        assert Sending.objects.get().state == "failed"
        there.answers = [204]
        actions.resend(actor="test", sending=Sending.objects.get())
        actions.send_due()
        assert Sending.objects.get().state == "done"


def test_a_redirect_is_not_followed():
    with receiver(302) as there:
        told(there.url)
        happen()
        actions.send_due()
    assert len(there.got) == 1 and Sending.objects.get().fault == "answer"


def test_nobody_listens():
    with receiver() as there:
        url = there.url
    told(url)
    happen()
    actions.send_due()
    assert Sending.objects.get().fault == "unreachable"


def test_one_silent_address_does_not_hold_up_another():
    with receiver() as there:
        url = there.url
    told(url)
    with receiver() as there:
        told(there.url)
        for _event in range(3):
            happen()
        actions.send_due()
        assert len(there.got) == 3


def test_a_stopped_webhook_gets_nothing_more():
    with receiver() as there:
        row, _secret = told(there.url)
        happen()
        actions.stop(actor="test", subscription=row)
        happen()
        assert actions.send_due() == 0
    assert list(Sending.objects.values_list("state", flat=True)) == ["stopped"]


def test_a_client_is_told_only_what_its_scopes_let_it_read():
    client, _token = program(scopes=["areas.read"])
    with pytest.raises(actions.Unfit, match=r"declarations\.read"):
        actions.subscribe(actor="test", client=client, url="http://127.0.0.1:9/", kinds=[KIND])


def test_a_scope_that_was_taken_ends_the_telling():
    with receiver() as there:
        row, _secret = told(there.url)
        actions.change_client(actor="test", client=row.client, scopes=["areas.read"])
        happen()
        assert actions.send_due() == 0


def test_an_address_that_became_private_is_refused_when_it_is_sent(settings):
    with receiver() as there:
        told(there.url)
        happen()
        settings.WEBHOOK_NETWORKS = []
        actions.send_due()
        assert there.got == []
    assert Sending.objects.get().fault == "refused_address"


def test_the_secret_is_nowhere_in_clear():
    from wangge.foundation.journal.models import Entry

    with receiver() as there:
        _row, secret = told(there.url)
    with within(EVERYWHERE):
        assert secret not in str(list(Subscription.objects.values())) + str(list(Entry.objects.values()))

"""A program comes in with its key: what opens the door, what shuts it, and how often it may come."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test import Client as Browser
from django.utils import timezone

from tests import cast
from tests.foundation.clients.clients_cast import calling, program
from wangge.foundation.clients import actions
from wangge.foundation.clients.actions import calls
from wangge.foundation.clients.models import Client, Key, Usage
from wangge.foundation.journal.models import Entry
from wangge.lib.scoping import EVERYWHERE, within

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]
AREAS = "/api/v1/areas"


def test_a_key_opens_the_areas_of_its_client_only():
    _client, token = program(cast.TOWN)
    said = calling(token).get(AREAS).json()
    assert [area["code"] for area in said["areas"]] == [cast.TOWN, cast.COMMUNITY, cast.GRID]


def test_the_key_is_nowhere_in_clear():
    client, token = program()
    kept = str(Key.objects.values()) + str(Entry._base_manager.values())
    assert token not in kept and token.split("_", 2)[2] not in kept
    assert Key.objects.get(client=client).prefix in token


@pytest.mark.parametrize("token", ["", "wg_", "wg_00000000_nobody", "密钥", "x" * 5000, "\ud800"])
def test_an_unknown_key_is_401_in_the_one_shape(token):
    answer = Browser().get(
        AREAS, headers={"authorization": f"Bearer {token}".encode("utf-8", "replace").decode("latin-1")}
    )
    assert answer.status_code == 401 and answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"] == "Bearer"
    assert set(answer.json()) == {"type", "status", "code", "title", "detail", "errors"}


def test_a_client_without_the_scope_is_refused_in_words():
    _client, token = program(scopes=["codes.read"])
    answer = calling(token).get(AREAS)
    assert answer.status_code == 403 and answer.json()["code"] == "scope_missing"
    assert "areas.read" in answer.json()["title"]


def test_an_expired_client_is_out_on_its_day():
    _client, token = program(expires_on=timezone.localdate() + timedelta(days=1))
    assert calling(token).get(AREAS).status_code == 200
    Client._base_manager.update(expires_on=timezone.localdate())
    assert calling(token).get(AREAS).status_code == 401


def test_only_listed_addresses_may_call():
    _client, token = program(addresses=["10.9.0.0/16"])
    browser = calling(token)
    assert browser.get(AREAS, REMOTE_ADDR="10.9.3.4").status_code == 200
    assert browser.get(AREAS, REMOTE_ADDR="10.8.3.4").json()["code"] == "address_refused"


class TestRates:
    def test_the_call_over_the_minute_waits_for_the_next(self, monkeypatch):
        at = timezone.now()  # the minute must not turn while the calls are made
        monkeypatch.setattr(calls, "minute_of", lambda now: at)
        _client, token = program(per_minute=3)
        answers = [calling(token).get(AREAS) for _call in range(5)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
        assert 1 <= int(answers[3]["Retry-After"]) <= 60
        row = Usage.objects.get()
        assert (row.calls, row.refused) == (3, 2)

    def test_the_next_minute_is_open_again(self):
        _client, token = program(per_minute=1)
        assert calling(token).get(AREAS).status_code == 200
        Usage.objects.update(minute=timezone.now() - timedelta(minutes=5))
        assert calling(token).get(AREAS).status_code == 200

    def test_the_call_over_the_day_waits_for_tomorrow(self):
        _client, token = program(per_day=1)
        assert calling(token).get(AREAS).status_code == 200
        answer = calling(token).get(AREAS)
        assert answer.status_code == 429 and answer.json()["code"] == "too_many"
        assert 0 < int(answer["Retry-After"]) <= 24 * 3600 + 1

    def test_one_program_does_not_use_up_anothers(self):
        one, other = program(per_minute=1)[1], program(per_minute=1)[1]
        assert [calling(token).get(AREAS).status_code for token in (one, other)] == [200, 200]


class TestRotation:
    def test_old_and_new_both_open_until_the_overlap_ends(self):
        client, old = program()
        _key, new = actions.give_key(actor="test", client=client)
        assert [calling(token).get(AREAS).status_code for token in (old, new)] == [200, 200]
        Key.objects.filter(ends_at__isnull=False).update(ends_at=timezone.now())
        assert [calling(token).get(AREAS).status_code for token in (old, new)] == [401, 200]

    def test_three_living_keys_are_never(self):
        client, _old = program()
        actions.give_key(actor="test", client=client)
        with within(EVERYWHERE), pytest.raises(actions.Unfit):
            actions.give_key(actor="test", client=client)

    def test_an_ended_key_opens_nothing_at_once(self):
        _client, token = program()
        actions.end_key(actor="test", key=Key.objects.get())
        assert calling(token).get(AREAS).status_code == 401

    def test_a_revoked_client_is_out_and_gets_no_key(self):
        client, token = program()
        with within(EVERYWHERE):
            actions.revoke_client(actor="test", client=client, reason="合同到期")
            assert calling(token).get(AREAS).status_code == 401
            with pytest.raises(actions.Unfit):
                actions.give_key(actor="test", client=client)

    def test_the_last_use_is_seen(self):
        _client, token = program()
        assert Key.objects.get().last_used_at is None
        calling(token).get(AREAS)
        assert Key.objects.get().last_used_at is not None


def test_a_client_is_not_the_machines_own_hand():
    """Verbs trust a string as the machine itself; a client must never be one."""
    from wangge.foundation.access import queries as access
    from wangge.foundation.access.rules import is_trusted

    _client, token = program()
    caller = actions.admit(token, address="127.0.0.1")
    assert not is_trusted(caller) and not access.may(caller, "area.view")
    assert caller.get_username().startswith("client:program-")


@pytest.mark.django_db(transaction=True)
def test_calls_at_the_same_moment_cannot_both_be_the_last(monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite in memory locks whole tables; on disk its one writer takes turns")
    at = timezone.now()
    monkeypatch.setattr(calls, "minute_of", lambda now: at)
    _client, token = program(per_minute=3)

    def ask(_number: int) -> int:
        try:
            return calling(token).get(AREAS).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        answers = sorted(threads.map(ask, range(8)))
    assert answers == [200] * 3 + [429] * 5
    row = Usage.objects.get()
    assert (row.calls, row.refused) == (3, 5)

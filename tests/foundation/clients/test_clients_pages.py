"""The pages about clients: secrets are shown once, and no person stands on them."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from tests import cast
from tests.foundation.clients.clients_cast import calling, program
from wangge.foundation.clients import actions
from wangge.foundation.clients.models import Client, Key, Sending, Subscription
from wangge.foundation.journal.models import Entry
from wangge.lib.scoping import EVERYWHERE, within

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]
FORM = {
    "name": "hr-bureau", "owner": "区人社局", "area_code": cast.TOWN, "scopes": ["areas.read"],
    "per_minute": 60, "per_day": 1000, "addresses": "10.3.0.0/16\n203.0.113.7",
}  # fmt: skip


@pytest.fixture
def admin(logged_in):
    return logged_in(cast.system_admin())


def held() -> Client:
    return Client._base_manager.get(name="hr-bureau")


def test_a_new_client_gets_a_key_that_is_shown_once_and_works(admin):
    page = admin.post(reverse("clients:new"), FORM).content.decode()
    token = re.search(r"wg_\w{8}_[\w-]+", page).group()
    assert held().addresses == ["10.3.0.0/16", "203.0.113.7/32"]
    assert calling(token).get("/api/v1/areas", REMOTE_ADDR="10.3.9.9").status_code == 200
    again = admin.get(reverse("clients:client", args=[held().pk])).content.decode()
    assert token not in again and token[:11] in again
    kinds = Entry._base_manager.filter(subject_type="clients.client").values_list("kind", flat=True)
    assert sorted(kinds) == ["client.key_given", "client.made"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "HR 局", "只用小写字母"),
        ("addresses", "10.3.0.0/99", "网络地址写法不对"),
        ("expires_on", "2020-01-01", "到期日要晚于今天"),
        ("area_code", "440799000000", ""),
        ("scopes", ["all"], ""),
        ("per_minute", "0", ""),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(admin, field, value, said):
    answer = admin.post(reverse("clients:new"), FORM | {field: value})
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Client._base_manager.exists()


def test_a_name_is_given_once(admin):
    program(name="hr-bureau")
    assert "已被使用" in admin.post(reverse("clients:new"), FORM).content.decode()


def test_changes_hold_at_once_and_leave_name_and_area(admin):
    client, token = program(cast.TOWN)
    change = FORM | {"name": "other", "area_code": cast.DISTRICT, "scopes": ["codes.read"], "addresses": ""}
    admin.post(reverse("clients:edit", args=[client.pk]), change)
    changed = Client._base_manager.get()
    assert (changed.name, changed.area_code, changed.scopes) == (client.name, cast.TOWN, ["codes.read"])
    assert calling(token).get("/api/v1/areas").status_code == 403


def test_a_third_key_is_refused_in_words(admin):
    client, _token = program()
    address = reverse("clients:give_key", args=[client.pk])
    assert "wg_" in admin.post(address).content.decode()
    assert "请先作废其中一个" in admin.post(address, follow=True).content.decode()
    first = Key.objects.last()
    admin.post(reverse("clients:end_key", args=[client.pk, first.pk]))
    assert "wg_" in admin.post(address).content.decode()


def test_a_key_of_another_client_is_not_ended_here(admin):
    one, other = program()[0], program()[0]
    key = Key.objects.get(client=other)
    assert admin.post(reverse("clients:end_key", args=[one.pk, key.pk])).status_code == 404
    assert Key.objects.get(pk=key.pk).alive


def test_a_webhook_shows_its_secret_once_and_its_messages_always(admin, settings):
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    client, _token = program()
    form = {"url": "http://127.0.0.1:9/hook", "kinds": ["declaration.decided"]}
    page = admin.post(reverse("clients:subscribe", args=[client.pk]), form).content.decode()
    secret = re.search(r"whsec_[\w-]+", page).group()
    webhook = Subscription._base_manager.get()
    row = Sending._base_manager.create(
        subscription=webhook, event=7, kind="declaration.decided", body="{}", state="failed", answer=503,
        answer_bytes=1234, fault="answer", attempts=8,
    )  # fmt: skip
    shown = admin.get(reverse("clients:webhook", args=[webhook.pk])).content.decode()
    assert secret not in shown
    for word in ("503", "1,234", "核实报备", "未送达", "对方没有回答 2xx"):
        assert word in shown
    admin.post(reverse("clients:resend", args=[row.pk]))
    assert Sending._base_manager.get().state == "waiting"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://127.0.0.1/", "内网地址"),
        ("ftp://x.cn/", "地址要写全"),
        ("https://nobody.invalid/", "找不到这个主机名"),
    ],
)
def test_an_address_that_is_not_allowed_is_refused_in_words(admin, url, said):
    client, _token = program()
    form = {"url": url, "kinds": ["declaration.decided"]}
    answer = admin.post(reverse("clients:subscribe", args=[client.pk]), form)
    assert answer.status_code == 422 and said in answer.content.decode()


def test_revoking_ends_keys_and_webhooks(admin, settings):
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    client, token = program()
    with within(EVERYWHERE):
        actions.subscribe(
            actor="test", client=client, url="http://127.0.0.1:9/", kinds=["declaration.decided"]
        )
    admin.post(reverse("clients:revoke", args=[client.pk]))
    assert calling(token).get("/api/v1/areas").status_code == 401
    assert Subscription._base_manager.get().stopped_at is not None


def test_an_administrator_of_one_town_makes_no_client_for_the_district(logged_in):
    admin = logged_in(cast.system_admin(cast.TOWN))
    assert admin.post(reverse("clients:new"), FORM | {"area_code": cast.DISTRICT}).status_code == 422
    assert admin.post(reverse("clients:new"), FORM).status_code == 200

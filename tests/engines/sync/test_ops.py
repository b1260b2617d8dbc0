"""What phones send: once, with a receipt, whatever happens on the way."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.engines.sync.sync_cast import API, JSON, Handset
from tests.foundation.photos.picture_cast import digest_of, jpeg
from wangge.engines.sync import handlers
from wangge.engines.sync.actions import retry_operation, revoke_phone
from wangge.engines.sync.handlers import Done, Unacceptable
from wangge.engines.sync.models import Operation, Phone
from wangge.foundation.access import actions as access
from wangge.foundation.access.models import Grant
from wangge.foundation.journal.models import Entry
from wangge.foundation.photos.models import Photo
from wangge.lib.scoping import current_reach
from wangge.lib.sealing import unseal

pytestmark = pytest.mark.django_db
OPERATIONS = Operation._base_manager


def held() -> list[str]:
    return list(OPERATIONS.order_by("id").values_list("state", flat=True))


def test_a_registered_phone_is_told_how_far_it_was(phone):
    phone.send(phone.record(), phone.record())
    again = phone.register().json()
    assert (again["seq"], again["cursor"], again["days"]) == (2, "", 7)
    assert Phone._base_manager.count() == 1
    assert Entry._base_manager.filter(kind="phone.registered").count() == 1


def test_each_operation_gets_a_receipt_that_can_be_computed_again(phone):
    op = phone.record()
    (receipt,) = phone.send(op)
    assert (receipt["op"], receipt["seq"], receipt["state"]) == (op["op"], 1, "accepted")
    assert (receipt["result"], receipt["reason"], receipt["missing"]) == ({"length": 5}, "", [])
    payload = {name: value for name, value in op.items() if name != "op"}
    digest = sha256(json.dumps(payload, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    parts = f"{op['op']} {digest} accepted {receipt['at']}"
    assert receipt["receipt"] == sha256(parts.encode()).hexdigest()
    row = OPERATIONS.get()
    assert json.loads(unseal(row.payload_sealed)) == payload
    assert "条" not in row.payload_sealed and row.area_code == cast.GRID


def test_repeats_and_any_order_converge(phone):
    ops = [phone.record() for _ in range(4)]
    first = phone.send(ops[2], ops[0])
    second = phone.send(*ops, ops[1], dict(reversed(ops[3].items())))
    assert [r["receipt"] for r in second[:3:2]] == [first[1]["receipt"], first[0]["receipt"]]
    assert len({r["receipt"] for r in second}) == 4 and held() == ["accepted"] * 4
    assert Phone._base_manager.get().last_seq == 4


def test_the_same_number_with_another_content_keeps_both_and_says_so(phone):
    op = phone.record()
    (first,) = phone.send(op)
    other = op | {"data": {"text": "别的话"}}
    (said,) = phone.send(other)
    assert said["op"] == op["op"] and said["state"] == "rejected" and "编号" in said["reason"]
    assert phone.send(other, op) == [said, first]
    assert held() == ["accepted", "rejected"]
    assert "别的话" in json.loads(unseal(OPERATIONS.last().payload_sealed))["data"]["text"]


def test_a_number_of_another_workers_operation_tells_nothing(phone):
    op = phone.record()
    phone.send(op)
    stranger = Handset(cast.worker())
    stranger.register()
    (said,) = stranger.send(op)
    assert said["state"] == "rejected" and said["result"] == {}
    assert OPERATIONS.count() == 2


def test_what_nobody_handles_is_kept_until_somebody_does(phone):
    op = phone.record("later.kind", {"a": 1})
    (said,) = phone.send(op)
    assert said["state"] == "rejected" and "不认识" in said["reason"]
    handlers.register("later.kind", lambda incoming: Done(cast.GRID, {"a": incoming.data["a"]}))
    assert phone.send(op) == [said]
    secretary = cast.secretary()
    phone.pull()
    retry_operation(actor=secretary, operation=OPERATIONS.get())
    (receipt,) = phone.send(op)
    assert (receipt["state"], receipt["result"]) == ("accepted", {"a": 1})
    phone.pull()
    told = phone.rows["receipts"][op["op"]]
    assert told["receipt"] == receipt["receipt"] != said["receipt"]
    anew = Handset(phone.user, phone.device)  # begins anew, and the trail's line stands in another area
    Entry._base_manager.filter(kind="operation.retried").update(area_code=cast.OTHER_GRID)
    anew.pull()
    assert anew.rows["receipts"][op["op"]] == told
    with pytest.raises(Unacceptable):
        retry_operation(actor=secretary, operation=OPERATIONS.get())
    assert Entry._base_manager.filter(kind="operation.retried", actor=secretary.username).exists()


def test_a_handler_that_refuses_or_breaks_leaves_nothing_but_the_operation(phone, caplog):
    def breaking(incoming):
        access.rename_user(actor="test", user=phone.user, name="改了", area_code=cast.GRID)
        if incoming.data["how"] == "refuse":
            raise Unacceptable("门牌不在您的网格里")
        if incoming.data["how"] == "result":
            return Done(cast.GRID, {"bad": object()})
        raise KeyError(incoming.data["phone"])

    handlers.register("test.break", breaking)
    number = "1000000" + "0001"
    ops = [phone.record("test.break", {"how": how, "phone": number}) for how in ("refuse", "break", "result")]
    receipts = phone.send(*ops, phone.record())
    assert [r["state"] for r in receipts] == ["rejected"] * 3 + ["accepted"]
    assert receipts[0]["reason"] == "门牌不在您的网格里"
    assert "出错" in receipts[1]["reason"] and "KeyError" in caplog.text
    assert number not in caplog.text
    phone.user.refresh_from_db()
    assert phone.user.name == "王格"


def test_differences_are_told_in_plain_words(phone):
    words = "与 张某 今天 10:20 的走访不一致：住户人数。"
    handlers.register("test.differs", lambda incoming: Done(cast.GRID, {"visit": 7}, words))
    (said,) = phone.send(phone.record("test.differs", {}))
    assert (said["state"], said["reason"], said["result"]) == ("differs", words, {"visit": 7})


def test_when_the_database_stops_what_stands_is_told_and_the_rest_comes_again(phone):
    def jam(incoming):
        raise OperationalError("database is locked")

    handlers.register("test.jam", jam)
    good, bad, after = phone.record(), phone.record("test.jam", {}), phone.record()
    assert [r["op"] for r in phone.send(good, bad, after)] == [good["op"]]
    answer = phone.post(bad, after)
    assert answer.status_code == 503 and "稍后" in answer.json()["reason"]
    handlers.register("test.jam", lambda incoming: Done(cast.GRID))
    assert len(phone.send(bad, after)) == 2


def test_photos_are_announced_and_the_text_does_not_wait(phone):
    pictures = [jpeg(shade, noise=900) for shade in (1, 2)]
    digests = [digest_of(picture) for picture in pictures]
    told = [{"digest": digest_of(each), "size": len(each), "type": "image/jpeg"} for each in pictures]
    empty = {"digest": "e" * 64, "size": 0, "type": "image/jpeg"}
    op = phone.record(photos=[*told, empty])
    (receipt,) = phone.send(op)
    assert receipt["state"] == "accepted" and receipt["missing"] == [*digests, "e" * 64]
    assert phone.client.get(f"{API}photos/{'e' * 64}/").json()["refused"] == "empty"
    assert phone.put(digests[0], pictures[0], 0, 500).json()["received"] == 500
    ahead = phone.put(digests[0], pictures[0], 700)
    assert ahead.status_code == 409 and ahead.json()["received"] == 500
    assert phone.put(digests[0], pictures[0], 500).json()["complete"]
    (again,) = phone.send(op)
    assert again["missing"] == [digests[1], "e" * 64] and again["receipt"] == receipt["receipt"]
    assert Photo._base_manager.get(digest=digests[0]).area_code == cast.GRID
    assert phone.put("9" * 64, b"x").status_code == 409
    bad = digest_of(b"not a picture")
    phone.send(phone.record(photos=[{"digest": bad, "size": 13, "type": "image/jpeg"}]))
    refused = phone.put(bad, b"not a picture").json()
    assert refused["refused"] == "image" and "不是照片" in refused["reason"]


class TestRights:
    def test_a_stranger_is_told_to_sign_in_by_json(self, phone):
        for method, path in [("post", "devices/"), ("get", "pull/"), ("post", "ops/"), ("post", "wiped/")]:
            answer = getattr(Client(), method)(f"{API}{path}")
            assert answer.status_code == 401 and answer.json()["error"] == "signed_out"
        assert Client().put(f"{API}photos/{'a' * 64}/").status_code == 401

    def test_without_the_csrf_header_nothing_is_written(self, phone):
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = phone.client.cookies
        body = json.dumps({"device": str(phone.device), "ops": [phone.record()]})
        assert strict.post(f"{API}ops/", body, content_type=JSON).status_code == 403
        assert held() == []

    def test_a_revoked_phone_wipes_itself_and_what_it_sends_waits_for_a_decision(self, phone):
        row = Phone._base_manager.get()
        revoke_phone(actor=cast.secretary(), phone=row, reason="遗失")
        for answer in (phone.register(), phone.fetch()):
            assert answer.status_code == 403 and answer.json()["wipe"] is True
        answer = phone.post(phone.record()).json()
        assert answer["wipe"] is True and answer["receipts"][0]["state"] == "rejected"
        said = phone.client.post(f"{API}wiped/", json.dumps({"device": str(phone.device)}), content_type=JSON)
        assert said.status_code == 200
        row.refresh_from_db()
        assert row.wiped_at is not None
        assert retry_operation(actor="test", operation=OPERATIONS.get()).state == "accepted"

    def test_after_the_last_grant_ended_what_was_recorded_before_still_arrives(self, phone):
        now = timezone.now()
        yesterday = phone.record(at=(now - timedelta(days=1)).isoformat())
        Phone._base_manager.update(registered_at=now - timedelta(days=9))
        today = timezone.localdate()
        Grant.objects.update(valid_from=today - timedelta(days=5), valid_to=today)
        assert phone.fetch().json()["wipe"] is True
        answer = phone.post(yesterday, phone.record()).json()
        assert [r["state"] for r in answer["receipts"]] == ["accepted", "rejected"] and answer["wipe"] is True
        Grant.objects.update(valid_to=today - timedelta(days=20), valid_from=today - timedelta(days=30))
        assert phone.post(phone.record()).status_code == 403

    def test_a_handler_runs_where_the_worker_might_work_when_it_was_recorded(self, phone):
        reaches = []
        handlers.register("test.where", lambda incoming: reaches.append(current_reach()) or Done(cast.GRID))
        day = timedelta(days=1)
        now, today = timezone.now(), timezone.localdate()
        Phone._base_manager.update(registered_at=now - 9 * day)
        Grant.objects.update(valid_from=today - 5 * day, valid_to=today - 2 * day)
        access.give_grant(
            actor="test", user=phone.user, role="grid_worker", area_code=cast.OTHER_GRID, valid_from=today
        )
        phone.send(*[phone.record("test.where", {}, at=(now - back * day).isoformat()) for back in (3, 0)])
        assert [reach.covers(cast.GRID) for reach in reaches] == [True, False]
        assert all(reach.covers(cast.OTHER_GRID) for reach in reaches)

    def test_another_workers_device_is_not_taken_over(self, phone):
        other = Handset(cast.worker(), device=phone.device)
        for answer in (other.register(), other.fetch(), other.post(other.record())):
            assert answer.status_code == 409 and answer.json()["error"] == "anothers_device"
            assert "wipe" not in answer.json()
        assert held() == []


class TestBadInput:
    def test_what_cannot_be_read_is_answered_in_words(self, phone):
        def raw(body, **more):
            answer = phone.client.post(f"{API}ops/", body, content_type=JSON, **more)
            assert answer.json()["reason"]
            return answer.status_code

        assert raw(b"\x00\xff{") == raw(b"[]") == raw(b"{}") == raw(b'{"ops": NaN}') == 400
        assert raw(b"[" * 100_000) == 400
        assert raw(b"9" * 5_000) == 400
        assert raw(b" " * 10_000_000) == 413
        bomb = b"\x1f\x8b" + bytes(1_000)
        assert raw(bomb, HTTP_CONTENT_ENCODING="gzip") == 415
        many = [phone.record() for _ in range(51)]
        assert phone.post(*many).status_code == 400 and "50" in phone.post(*many).json()["reason"]
        assert phone.post(phone.record(op="1")).status_code == 400
        assert phone.post({}, "x").status_code == 400
        stranger = Handset(phone.user)
        assert stranger.post(stranger.record()).json()["error"] == "unknown_device"
        assert held() == []

    def test_an_operation_of_a_wrong_form_is_kept_and_told(self, phone):
        wrong = [
            phone.record(seq=-1), phone.record(seq="1"), phone.record(seq=True), phone.record("x" * 41),
            phone.record("a\x00b"), phone.record(kind=7), phone.record(at="yesterday"),
            phone.record(at="0001-01-01T00:00:00+14:00"), phone.record(at="2026-11-26T10:00:00"),
            phone.record(data=["text"]), phone.record(place={"lon": 200, "lat": 1}),
            phone.record(place={"lon": True, "lat": 1}), phone.record(place="here"), phone.record(seen=4),
            phone.record(photos=[{"digest": "../../etc/passwd", "size": 1}]), phone.record(photos=["a"]),
            phone.record(photos=[{"digest": "a" * 64, "size": -1}]),
        ]  # fmt: skip
        receipts = phone.send(*wrong)
        assert {r["state"] for r in receipts} == {"rejected"} and all(r["reason"] for r in receipts)
        assert OPERATIONS.count() == len(wrong) and not Photo._base_manager.exists()
        odd = phone.record(data={"text": "半个\ud800字\x00", "more": {"深": [1.5, None, 10**30]}})
        assert phone.send(odd)[0]["state"] == "accepted"
        placed = phone.record(place={"lon": 113.1, "lat": 22.6, "accuracy": 12})
        assert phone.send(placed)[0]["state"] == "accepted"

    def test_a_photos_address_and_numbers_are_looked_at(self, phone):
        for digest in ("../../secret", "A" * 64, "a" * 63, "a" * 64 + "%0a"):
            assert phone.client.put(f"{API}photos/{digest}/").status_code in (400, 404)
        for query in ("offset=-1&size=3", "offset=0", "offset=1e3&size=2", "offset=0&size=٣"):
            answer = phone.client.put(f"{API}photos/{'a' * 64}/?{query}&device={phone.device}", b"abc")
            assert answer.status_code == 400
        large = phone.client.put(
            f"{API}photos/{'a' * 64}/?offset=0&size=9&device={phone.device}", bytes(256 * 1024 + 1)
        )
        assert large.status_code == 413 and large.json()["most"] == 256 * 1024

"""A reporter with a phone hears of the steps that are hers to know, each once; the trail keeps no phone."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.engines.cases.case_cast import a_unit, step
from tests.systems.incidents.incident_cast import PHONE, messages, reported
from wangge.engines.cases.actions import Wish, merge_case
from wangge.flows import drain
from wangge.flows.incidents import tell_reporter
from wangge.foundation.journal.models import Entry
from wangge.foundation.territory.districts import read_package
from wangge.foundation.territory.models import Setting
from wangge.gateways import sms

pytestmark = pytest.mark.django_db


def test_a_step_that_tells_reporters_sends_one_message_with_the_number() -> None:
    report = reported(phone=PHONE)
    step(report.case, "file", level="third")
    drain()
    (message,) = messages()
    assert message["phone"] == PHONE and report.case.number in message["text"] and "已受理" in message["text"]


def test_heard_twice_it_is_told_once() -> None:
    report = reported(phone=PHONE)
    step(report.case, "file", level="third")
    drain()
    tell_reporter(Entry.objects.get(kind="case.step"))
    assert len(messages()) == 1


def test_a_step_among_officers_and_a_reporter_without_a_phone_send_nothing() -> None:
    report, silent = reported(phone=PHONE), reported(words="垃圾没人收")
    step(report.case, "look", words="看过", photos=(("a" * 64, "before"),))
    step(silent.case, "file", level="third")
    drain()
    assert messages() == []


def test_everybody_who_follows_is_told() -> None:
    for number in range(3):
        report = reported(phone=f"1000000123{number}")
    step(report.case, "file", level="third")
    drain()
    assert {message["phone"][-1] for message in messages()} == {"0", "1", "2"}


def test_of_a_merge_only_those_who_move_hear_then_all_hear_together() -> None:
    one, other = reported(phone=PHONE), reported(words="同一盏灯", phone="10000001235")
    merge_case(actor="test", case=one.case, wish=Wish("merge", uuid4(), other=other.case))
    drain()
    assert [message["phone"] for message in messages()] == [PHONE]
    step(other.case, "file", level="third")
    drain()
    assert {message["phone"] for message in messages()[1:]} == {PHONE, "10000001235"}


def test_one_that_cannot_be_sent_does_not_repeat_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    reported(phone=PHONE)
    report = reported(phone="10000001235")
    step(report.case, "file", level="third")
    carry = sms.outbox.Outbox.carry

    def refuse(self: Any, message: Any) -> None:
        if message.phone != PHONE:
            raise sms.NotSent("refused")
        carry(self, message)

    monkeypatch.setattr(sms.outbox.Outbox, "carry", refuse)
    with pytest.raises(sms.NotSent):
        tell_reporter(Entry.objects.get(kind="case.step"))
    monkeypatch.setattr(sms.outbox.Outbox, "carry", carry)
    tell_reporter(Entry.objects.get(kind="case.step"))
    assert [message["phone"] for message in messages()] == [PHONE, "10000001235"]


def test_the_districts_own_text_stands_before_the_built_in_one() -> None:
    own = [{"steps": ["dispatch"], "text": "{number}：{step}，{state}", "code": "T1"}]
    Setting.objects.create(key="sms.incidents", value=own, valid_from="2020-01-01")
    report = reported(phone=PHONE)
    step(report.case, "file", level="third")
    step(report.case, "dispatch", unit=a_unit("路灯所"))
    drain()
    assert messages()[-1]["text"] == f"{report.case.number}：派遣，待处理"


def test_every_text_of_the_shipped_district_can_be_filled() -> None:
    for line in read_package("440703").settings["sms.incidents"]:
        Setting.objects.update_or_create(
            key="sms.incidents", valid_from="2020-01-01", defaults={"value": [line | {"steps": ["file"]}]}
        )
        report = reported(phone=PHONE, words=f"路灯：{line['text']}")
        step(report.case, "file", level="third")
        drain()
        assert report.case.number in messages()[-1]["text"] and "{" not in messages()[-1]["text"]


def test_no_phone_stands_in_the_trail_or_the_log(caplog: pytest.LogCaptureFixture) -> None:
    report = reported(phone=PHONE)
    step(report.case, "file", level="third")
    drain()
    assert PHONE not in caplog.text
    assert not [entry for entry in Entry.objects.all() if PHONE in f"{entry.data}{entry.changes}"]

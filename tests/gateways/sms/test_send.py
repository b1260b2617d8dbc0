"""Messages go to the carrier the settings name; what fails says so without a number."""

from __future__ import annotations

import json
import stat

import pytest
from django.utils import timezone

from wangge.gateways import sms
from wangge.gateways.sms.outbox import folder, forget

PHONE = "10000000001"
HELLO = sms.Template("hello", "您好，{name}。", "SMS_1")


class Deaf:
    shows = False

    def carry(self, message):
        raise sms.NotSent("refused")


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path):
    settings.HOME = tmp_path


def test_the_outbox_keeps_the_filled_text_for_this_user_alone():
    sms.send(PHONE, HELLO, {"name": "甲"})
    (path,) = folder().glob("*.jsonl")
    line = json.loads(path.read_text(encoding="utf-8"))
    assert (line["phone"], line["text"], line["template"]) == (PHONE, "您好，甲。", "hello")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder().stat().st_mode) == 0o700


def test_a_second_message_is_a_second_line():
    for name in ("甲", "乙"):
        sms.send(PHONE, HELLO, {"name": name})
    (path,) = folder().glob("*.jsonl")
    assert [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()] == [
        "您好，甲。",
        "您好，乙。",
    ]


def test_a_name_without_a_value_is_not_sent():
    with pytest.raises(sms.NotSent, match="template"):
        sms.send(PHONE, HELLO, {})
    assert list(folder().glob("*")) == []


def test_another_carrier_is_named_by_its_path(settings):
    settings.SMS_GATEWAY = f"{__name__}.Deaf"
    with pytest.raises(sms.NotSent, match="refused"):
        sms.send(PHONE, HELLO, {"name": "甲"})


def test_without_a_carrier_nothing_is_sent_and_it_is_said(settings):
    settings.SMS_GATEWAY = "wangge.gateways.sms.carrier.Nobody"
    with pytest.raises(sms.NotSent, match="unconfigured"):
        sms.send(PHONE, HELLO, {"name": "甲"})


def test_only_the_demo_shows_messages_on_screen(settings):
    assert not sms.on_screen()
    settings.DEMO = True
    assert sms.on_screen()
    settings.SMS_GATEWAY = f"{__name__}.Deaf"
    assert not sms.on_screen()


def test_neither_number_nor_text_stands_in_a_traceback():
    shown = repr(sms.Message(PHONE, "秘密", HELLO, {"code": "123456"}))
    assert PHONE not in shown
    assert "秘密" not in shown
    assert "123456" not in shown


def test_old_days_are_forgotten():
    sms.send(PHONE, HELLO, {"name": "甲"})
    (folder() / "20200101.jsonl").write_text("{}\n", encoding="utf-8")
    assert forget(timezone.localdate()) == 1
    assert [path.stem for path in folder().glob("*")] == [f"{timezone.localdate():%Y%m%d}"]

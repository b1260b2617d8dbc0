"""Commuters are reminded by one short message a day, once whatever happens; whoever has no phone is named."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.systems.fieldwork.visit_cast import PHONE, a_room, lives
from wangge.flows.table import REACTIONS
from wangge.foundation.journal.models import Entry
from wangge.gateways import sms
from wangge.gateways.sms.outbox import folder
from wangge.systems.fieldwork.actions import commuters
from wangge.systems.fieldwork.models import Commuter

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Commuter:
    return commuters.note_commuter(actor="cli", person=lives(a_room(), "上官远"), city="广州")


def sent() -> list[dict[str, str]]:
    files = sorted(folder().glob("*.jsonl"))
    return [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]


def reminded(row: Commuter) -> Entry:
    assert commuters.remind_commuters(actor="cli", commuters=[row]) == 1
    return Entry.objects.filter(kind="commuter.reminded").latest("pk")


def test_one_message_leaves_and_a_second_run_sends_nothing(row):
    entry = reminded(row)
    for _time in (1, 2):
        commuters.send_reminder(entry)
    [message] = sent()
    assert message["phone"] == PHONE and message["text"].startswith("【网格】甲一社区提醒您")
    assert PHONE not in str(Entry.objects.values())


def test_the_same_day_asks_once_and_the_next_day_again(row):
    commuters.send_reminder(reminded(row))
    assert commuters.remind_commuters(actor="cli", commuters=[row]) == 0
    Commuter.objects.update(reminded_on=timezone.localdate() - timedelta(days=1))
    commuters.send_reminder(reminded(row))
    assert len(sent()) == 2


def test_whoever_works_here_again_meanwhile_hears_nothing(row):
    entry = reminded(row)
    commuters.end_commuter(actor="cli", commuter=row)
    commuters.send_reminder(entry)
    assert sent() == []


def test_what_the_carrier_refused_is_tried_again(row, monkeypatch):
    entry = reminded(row)

    def refuse(*_args: object) -> None:
        raise sms.NotSent("busy")

    with monkeypatch.context() as patched, pytest.raises(sms.NotSent):
        patched.setattr(sms, "send", refuse)
        commuters.send_reminder(entry)
    commuters.send_reminder(entry)
    assert len(sent()) == 1


def test_the_page_says_who_gets_none(row, logged_in):
    silent = commuters.note_commuter(
        actor="cli", person=lives(a_room("102"), "独孤远", phone=""), city="广州"
    )
    browser = logged_in(cast.worker())
    page = browser.post(reverse("visits:commuters"), {"row": [row.pk, silent.pk]}, follow=True)
    told = page.content.decode()
    assert "正在给 1 人发短信" in told and "有 1 人没有发" in told


def test_the_reaction_stands_in_the_table():
    assert REACTIONS["commuter.reminded"] == (f"{commuters.__name__}.send_reminder",)

"""A firm that did not check itself gets one message, and none once it did."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tests import cast
from tests.systems.hazards.hazard_cast import a_firm
from tests.systems.hazards.test_firms import answers, at, month
from wangge.flows.table import REACTIONS
from wangge.foundation.journal.models import Entry
from wangge.gateways.sms.outbox import folder
from wangge.lib.sealing import seal
from wangge.systems.hazards.actions.firms import issue_link, remind, revoke_link
from wangge.systems.hazards.actions.reminding import send_reminder
from wangge.systems.hazards.models import Link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("checklists")]
PHONE = "10000067890"


@pytest.fixture
def link() -> Link:
    firm = a_firm("虚构五金店")
    firm.phone_sealed = seal(PHONE)
    firm.save()
    return issue_link(actor=cast.secretary(), organisation=firm)


def sent() -> list[dict[str, str]]:
    files = sorted(folder().glob("*.jsonl"))
    return [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]


def asked(link: Link) -> Entry:
    assert remind(actor=cast.secretary(), links=[link], month=month()) == 1
    return Entry.objects.filter(kind="hazard.reminder_requested").latest("pk")


def test_one_message_leaves_and_a_second_run_sends_nothing(link):
    before, entry = len(sent()), asked(link)
    for _time in (1, 2):
        send_reminder(entry)
    (message,) = sent()[before:]
    assert message["phone"] == PHONE and f"虚构五金店{month().month}月的安全自查还没有交" in message["text"]
    assert PHONE not in str(Entry.objects.values())


def test_a_firm_that_handed_it_in_meanwhile_hears_nothing(link):
    before, entry = len(sent()), asked(link)
    assert Client().post(at(link), answers()).status_code == 302
    send_reminder(entry)
    assert len(sent()) == before


def test_a_firm_without_a_code_or_a_phone_hears_nothing(link):
    before, entry = len(sent()), asked(link)
    revoke_link(actor=cast.secretary(), link=link)
    send_reminder(entry)
    firm = a_firm("虚构修理店")
    send_reminder(asked(issue_link(actor=cast.secretary(), organisation=firm)))
    assert len(sent()) == before


def test_the_reaction_stands_in_the_table():
    assert f"{send_reminder.__module__}.send_reminder" in REACTIONS["hazard.reminder_requested"]

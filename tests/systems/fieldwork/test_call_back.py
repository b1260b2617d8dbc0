"""Nobody at home: one card for a door, three tries, the household says when, then it is over."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.systems.fieldwork.visit_cast import a_campaign, a_room, days_ago, lives, visited
from wangge.foundation.access.rules import Unacceptable
from wangge.lib import signing
from wangge.lib.fonts import NoFont
from wangge.systems.fieldwork.actions.callbacks import answer_card, lapse_due
from wangge.systems.fieldwork.models import CallBack, Duty
from wangge.systems.fieldwork.outgoing.cards import card_pdf
from wangge.systems.fieldwork.queries.callbacks import token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_room()


@pytest.fixture
def worker():
    return cast.worker()


def test_nobody_leaves_one_card_and_does_not_cover(room, worker):
    campaign, secretary = a_campaign(room), cast.secretary()
    now = timezone.now()
    op = uuid4()
    for _again in range(2):
        first = visited(room, "nobody", actor=worker, op=op, at=now - timedelta(days=2))
    assert first.call_back.tries == 1 and campaign.targets.get().state == "nobody"
    assert Duty.objects.get().worker == worker
    visited(room, "nobody", actor=worker, at=now - timedelta(days=1))
    third = visited(room, "nobody", actor=worker, at=now)
    assert CallBack.objects.get().tries == third.call_back.tries == 3
    given = Duty.objects.get(key=f"callback:{third.call_back.number}:secretary")
    assert given.worker == secretary and "三次" in given.words


def test_tries_do_not_depend_on_the_order_of_arrival(room, worker):
    now = timezone.now()
    for days in (0, 2, 1):
        visited(room, "nobody", actor=worker, at=now - timedelta(days=days))
    assert CallBack.objects.get().tries == 3
    late = a_room("102")
    visited(late, "partly", actor=worker, at=now)
    assert visited(late, "nobody", actor=worker, at=now - timedelta(days=1)).call_back is None


def test_meeting_somebody_ends_the_card_and_forgets_what_was_said(room, worker):
    lives(room)
    card = visited(room, "nobody", actor=worker).call_back
    answer_card(card=card, on=timezone.localdate(), said="下午在")
    visited(room, "partly", actor=worker)
    card.refresh_from_db()
    assert (card.state, card.said) == ("done", "")
    assert not Duty.objects.filter(state="open").exists()
    with pytest.raises(Unacceptable, match="不用再约"):
        answer_card(card=card, on=timezone.localdate())


def test_the_household_says_when(room, worker):
    card = visited(room, "nobody", actor=worker).call_back
    address, today = reverse("visitcard:card", kwargs={"token": token_of(card)}), timezone.localdate()
    phone, sent = (
        Client(),
        {"on": (today + timedelta(days=1)).isoformat(), "part": "morning", "said": "按门铃"},
    )
    shown = phone.get(address).content.decode()
    assert "约个时间" in shown and room.building.name not in shown
    for _twice in range(2):
        assert phone.post(address, sent).status_code == 302
    assert "已约好" in phone.get(address).content.decode()
    card.refresh_from_db()
    assert (card.state, card.said) == ("answered", "上午；按门铃")
    held = Duty.objects.get(state="open")
    assert held.due_on == today + timedelta(days=1) and held.worker == worker
    phone.post(address, sent | {"on": today.isoformat()})  # another day moves it
    phone.post(address, sent)  # and back
    assert Duty.objects.get(state="open").due_on == today + timedelta(days=1)


@pytest.mark.parametrize("on", ["", "soon", "2001-01-01", "2999-01-01"])
def test_a_day_that_cannot_be_is_told(room, worker, on):
    card = visited(room, "nobody", actor=worker).call_back
    answer = Client().post(reverse("visitcard:card", kwargs={"token": token_of(card)}), {"on": on})
    assert answer.status_code == 422 and "请选" in answer.content.decode()


def test_a_strange_token_gets_plain_words(room, worker):
    card = visited(room, "nobody", actor=worker).call_back
    good = token_of(card)
    forged = ("A" if good[40] != "A" else "B").join((good[:40], good[41:]))
    other = signing.sign(signing.Token("V", int(card.number), 1, None))
    for token in (forged, other, "XYZ"):
        assert Client().get(f"/v/{token}/").status_code == 404
    assert "签名对不上" in Client().get(f"/V/{forged}").content.decode()
    CallBack.objects.update(until=days_ago(1))
    answer = Client().get(f"/v/{good}")
    assert answer.status_code == 410 and "过期" in answer.content.decode()
    english = Client(headers={"accept-language": "en"}).get(f"/v/{good}")
    assert english.status_code == 410


def test_a_card_nobody_answered_becomes_the_secretarys_matter(room, worker):
    card = visited(room, "nobody", actor=worker).call_back
    assert lapse_due() == 0
    CallBack.objects.update(until=days_ago(1))
    assert (lapse_due(), lapse_due()) == (1, 0)
    assert Duty.objects.filter(key=f"callback:{card.number}:secretary").count() == 1
    with pytest.raises(Unacceptable, match="过期"):
        answer_card(card=card, on=timezone.localdate())


def test_the_card_is_printed_without_anybodys_name(room, worker):
    lives(room)
    card = visited(room, "nobody", actor=worker).call_back
    try:
        made = card_pdf(card, address="HTTPS://EXAMPLE.TEST/V/X", place="甲街道 甲一社区")
    except NoFont:
        pytest.skip("no font with Chinese characters here")
    assert made.startswith(b"%PDF")

"""A resident proves who she is; whoever is not she learns nothing, not even whether she is registered."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.registry.rights.rights_cast import PHONE, a_resident, code_for, come_in, no_waiting, tail_of
from wangge.foundation.journal.models import Entry
from wangge.foundation.proofs.models import Allowance
from wangge.registry.rights.models import Miss

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "no_waiting")]
__all__ = ["no_waiting"]


def again() -> None:
    """A later day for the carrier: the same phone may ask for another code."""
    Allowance.objects.all().delete()
    cache.clear()


def page_after(phone: str, tail: str, settings) -> str:
    browser = Browser()
    assert come_in(browser, phone, tail, settings).url == reverse("my:info")
    again()
    said = browser.get(reverse("my:info")).content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", said)


def test_with_code_and_digits_she_sees_her_data(settings, client):
    person = a_resident()
    come_in(client, PHONE, tail_of(person), settings)
    said = client.get(reverse("my:info")).content.decode()
    assert "欧阳明明" in said and "甲栋" in said
    assert PHONE not in said and person.id_no not in said
    assert Entry._base_manager.filter(kind="rights.entered", subject_id=str(person.pk)).count() == 1


def test_nobody_else_is_told_anything(settings):
    """Unknown phone, wrong digits, two people with the same digits, too many guesses: one page."""
    a_resident()
    pages = {page_after("10099990000", "123456", settings), page_after(PHONE, "000000", settings)}
    a_resident("甲某", "10022220009", id_no="999703199001011238")
    a_resident("乙某", "10022220009", id_no="999703198501011238")
    pages.add(page_after("10022220009", "011238", settings))
    assert len(pages) == 1
    only = pages.pop()
    assert "没有找到与这部手机和证件号码后六位都相符的登记" in only
    assert "填错了，重新填写" in only


def test_two_people_with_one_phone_are_told_apart(settings):
    one, other = a_resident("甲某"), a_resident("乙某")
    for person, name in ((one, "甲某"), (other, "乙某")):
        assert name in page_after(PHONE, tail_of(person), settings)


def test_the_first_step_is_the_same_for_every_phone(settings):
    a_resident()
    pages = []
    for phone in (PHONE, "10099990000"):
        browser = Browser()
        answer = browser.post(reverse("my:enter"), {"phone": phone})
        pages.append(re.sub(r'value="[\w-]+"', "", answer.content.decode()))
    assert pages[0] == pages[1]


def test_found_or_not_takes_one_time(settings, monkeypatch):
    monkeypatch.setattr("wangge.registry.rights.actions.entering.STEADY", 0.3)
    person = a_resident()
    spent = []
    for phone, tail in ((PHONE, tail_of(person)), (PHONE, "000000"), ("10099990000", "000000")):
        browser = Browser()
        proof, code = code_for(browser, phone, settings)
        again()
        begun = time.monotonic()
        browser.post(reverse("my:code"), {"proof": proof, "code": code, "tail": tail})
        spent.append(time.monotonic() - begun)
    assert min(spent) >= 0.3 and max(spent) - min(spent) < 0.2


def test_guesses_end_after_five_even_with_the_right_digits(settings):
    person = a_resident()
    for _guess in range(5):
        page_after(PHONE, "000000", settings)
    assert "没有找到" in page_after(PHONE, tail_of(person), settings)
    Miss.objects.update(day=timezone.localdate() - timedelta(days=1))
    assert "欧阳明明" in page_after(PHONE, tail_of(person), settings)


def test_a_wrong_code_says_so_and_opens_nothing(settings, client):
    person = a_resident()
    proof, code = code_for(client, PHONE, settings)
    wrong = "000000" if code != "000000" else "111111"
    answer = client.post(reverse("my:code"), {"proof": proof, "code": wrong, "tail": tail_of(person)})
    assert answer.status_code == 422 and "验证码不对" in answer.content.decode()
    assert client.get(reverse("my:info")).url == reverse("my:enter")


def test_a_proof_of_another_browser_opens_nothing_here(settings, client):
    person = a_resident()
    proof, code = code_for(Browser(), PHONE, settings)
    answer = client.post(reverse("my:code"), {"proof": proof, "code": code, "tail": tail_of(person)})
    assert answer.url == reverse("my:enter")


def test_what_is_no_phone_is_refused_at_the_door(client):
    answer = client.post(reverse("my:enter"), {"phone": "12345"})
    assert answer.status_code == 422 and "11 位手机号码" in answer.content.decode()


def test_the_visit_ends_by_the_button_and_by_the_clock(settings, client):
    person = a_resident()
    come_in(client, PHONE, tail_of(person), settings)
    client.post(reverse("my:leave"))
    assert client.get(reverse("my:info")).status_code == 302
    again()
    come_in(client, PHONE, tail_of(person), settings)
    session = client.session
    session["my"] = session["my"] | {"seen": int(time.time()) - 16 * 60}
    session.save()
    assert client.get(reverse("my:info")).status_code == 302


@pytest.mark.parametrize("name", ["info", "paper", "ask", "stranger"])
def test_without_a_visit_every_page_leads_to_the_door(client, name):
    assert client.get(reverse(f"my:{name}")).url == reverse("my:enter")


def test_signing_in_at_the_console_opens_nobodys_data(logged_in):
    assert logged_in(cast.secretary()).get(reverse("my:info")).url == reverse("my:enter")


def test_the_page_is_kept_by_no_cache(settings, client):
    person = a_resident()
    come_in(client, PHONE, tail_of(person), settings)
    assert "no-store" in client.get(reverse("my:info"))["Cache-Control"]

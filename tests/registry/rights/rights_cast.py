"""A resident at the door of her own data; all invented (prefix 999703, phones beginning 100)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests import cast
from tests.registry.ledgers import ledger_cast as people
from wangge.foundation.proofs import actions as proofs
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.models import Household, Person, Tie
from wangge.registry.rights.actions.entering import PURPOSE

PHONE = "10022220001"


@pytest.fixture
def no_waiting(monkeypatch):
    """The same time for every answer is measured in one test; the others need not wait."""
    monkeypatch.setattr("wangge.registry.rights.actions.entering.STEADY", 0.0)


def a_resident(name: str = "欧阳明明", phone: str = PHONE, grid: str = cast.GRID, **facts: Any) -> Person:
    """Somebody with a phone who lives in a room of the grid."""
    with within(EVERYWHERE):
        made = people.a_person(name, phone=phone, **facts)
        people.lives(made, grid, room=people.a_room(grid, "101"))
        return Person.objects.get(pk=made.pk)


def tail_of(person: Person) -> str:
    """The last six of her id number."""
    return person.id_no[-6:]


def code_for(browser: Browser, phone: str, settings: Any) -> tuple[str, str]:
    """Ask for a code at the door; the demo shows it: (proof key, code)."""
    settings.DEMO = True
    page = browser.post(reverse("my:enter"), {"phone": phone})
    return browser.session["my_sent"]["proof"], page.context["shown"]


def come_in(browser: Browser, phone: str, tail: str, settings: Any):
    """Through the door; the answer after the second step."""
    proof, code = code_for(browser, phone, settings)
    return browser.post(reverse("my:code"), {"proof": proof, "code": code, "tail": tail})


def a_proof(phone: str, settings: Any) -> tuple[str, str]:
    """A code without a browser."""
    settings.DEMO = True
    proof = proofs.send_code(phone=phone, purpose=PURPOSE)
    return str(proof.key), proof.shown


def a_household(head: Person, *others: Person, relation: str = "20") -> Household:
    """One household in a room of the grid: the head and the others, by GB/T 4761."""
    with within(EVERYWHERE):
        room = people.a_room(cast.GRID, "101")
        made = Household.objects.create(area_code=cast.GRID, room=room, head=head)
        Tie.objects.filter(person=head, kind="lives").update(household=made, relation="02")
        for other in others:
            Tie.objects.filter(person=other, kind="lives").update(household=made, relation=relation)
    return made


def years_ago(years: int) -> date:
    """A birthday so many years ago."""
    today = people.TODAY()
    return date(today.year - years, 1, 1)

"""The row behind a decided adjudication is erased 180 days later; the answer stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.registry.ledgers.ledger_cast import a_person, a_room, lives
from tests.registry.ledgers.reopen_cast import a_case
from wangge.flows.table import SWEEPS
from wangge.registry.ledgers.actions import reopen_case, settle_case
from wangge.registry.ledgers.models import Case
from wangge.registry.ledgers.retention import forget_decided_rows
from wangge.registry.people.models import Person
from wangge.registry.people.rules import Declined

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("areas")]


@pytest.fixture
def held(areas: None) -> Person:
    person = a_person("甲一", id_no="", phone="10000000001", birth=None)
    lives(person, room=a_room())
    return person


def decided(held: Person, days: int) -> Case:
    case = settle_case(actor="test", case=a_case(held, {"education": "20"}, []), same=True)
    Case.objects.update(decided_at=timezone.now() - timedelta(days=days))
    return Case.objects.get(pk=case.pk)


def test_the_sweep_stands_in_the_table():
    assert "wangge.registry.ledgers.retention.forget_decided_rows" in SWEEPS


def test_within_180_days_a_decision_is_taken_back(held: Person):
    case = decided(held, 179)
    assert forget_decided_rows() == 0
    assert reopen_case(actor="test", case=case).state == "open"


def test_later_the_row_is_gone_and_the_answer_stays(held: Person):
    case = decided(held, 181)
    assert (forget_decided_rows(), forget_decided_rows()) == (1, 0)
    case.refresh_from_db()
    assert (case.offered_sealed, case.undo_sealed, case.state) == ("", "", "same")
    with pytest.raises(Declined) as why:
        reopen_case(actor="test", case=case)
    assert why.value.code == "forgotten"


def test_a_row_that_waits_is_kept_however_long(held: Person):
    a_case(held, {"education": "20"}, [])
    assert forget_decided_rows() == 0 and Case.objects.get().offered_sealed

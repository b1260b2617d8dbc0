"""Proofs and allowances do not outlive their day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.foundation.proofs.proof_cast import OTHER, sent
from wangge.foundation.proofs.models import Allowance, Proof
from wangge.foundation.proofs.sweeps import forget_old
from wangge.gateways.sms.outbox import folder

pytestmark = pytest.mark.django_db


def test_what_is_older_is_erased_and_what_is_fresh_stays():
    old, _code = sent()
    fresh, _code = sent(OTHER)
    Proof.objects.filter(pk=old.pk).update(made_at=timezone.now() - timedelta(days=1, minutes=1))
    Allowance.objects.filter(who=f"p:{old.phone_index}").update(day=timezone.localdate() - timedelta(days=3))
    assert forget_old() == 2
    assert [proof.pk for proof in Proof.objects.all()] == [fresh.pk]
    assert [row.who for row in Allowance.objects.all()] == [f"p:{fresh.phone_index}"]


def test_the_outbox_is_forgotten_too():
    folder().mkdir()
    (folder() / "20200101.jsonl").write_text("{}\n", encoding="utf-8")
    forget_old()
    assert list(folder().glob("*")) == []

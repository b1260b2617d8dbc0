"""The demo's declarations: every state, believable clocks, invented people, gone with the demo."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.demo_ground import COMMUNITY, SMALL, TODAY, VILLAGE
from wangge.lib.sealing import unseal
from wangge.site.demo.load import load
from wangge.site.demo.reset import remove_demo
from wangge.systems.declarations.enums import AddressSays, Kind, Matched, State
from wangge.systems.declarations.models import Decision, Declaration, ReportCode

pytestmark = pytest.mark.usefixtures("areas")


@pytest.fixture
def counts(areas: None) -> dict[str, int]:
    return load(SMALL, seed=1, today=TODAY).counts


def test_there_are_about_two_hundred_in_every_state_and_of_every_kind(counts: dict[str, int]) -> None:
    lines = Declaration.objects.all()
    assert counts["declarations"] == lines.count() and 170 < lines.count() < 280
    expected = set(State.values) - {State.SUBMITTED}  # the worker has matched them
    assert set(lines.values_list("state", flat=True)) == expected
    assert set(lines.values_list("kind", flat=True)) == set(Kind.values)


def test_some_wait_in_time_and_some_are_overdue(counts: dict[str, int]) -> None:
    waiting = Declaration.objects.filter(state=State.TO_VERIFY)
    assert waiting.filter(verify_by__gt=timezone.now()).exists()
    assert waiting.filter(verify_by__lt=timezone.now()).exists()
    assert Declaration.objects.filter(state=State.TRANSFERRED, from_area__startswith=VILLAGE).exists()
    assert set(Declaration.objects.values_list("on_time", flat=True)) >= {True, False}


def test_the_register_knows_most_of_them_and_some_addresses_differ(counts: dict[str, int]) -> None:
    found = Declaration.objects.filter(matched=Matched.FOUND).count()
    assert found > Declaration.objects.exclude(state=State.ARCHIVED).count() / 2
    assert Declaration.objects.filter(address_says=AddressSays.SAME).exists()
    assert Declaration.objects.filter(address_says=AddressSays.DIFFERS).exists()


def test_nobody_of_them_can_be_real(counts: dict[str, int]) -> None:
    for line in Declaration.objects.exclude(id_sealed="")[:50]:
        assert "999" in unseal(line.id_sealed)


def test_codes_hang_in_the_demo_community(counts: dict[str, int]) -> None:
    codes = list(ReportCode.objects.all())
    assert counts["codes"] == len(codes) >= 5
    assert all(code.area_code.startswith(COMMUNITY) for code in codes)
    assert codes[0].scope == "community" and codes[0].valid_to is None


def test_all_of_it_goes_with_the_demo(counts: dict[str, int]) -> None:
    remove_demo()
    for model in (Declaration, Decision, ReportCode):
        assert not model.objects.exists()

"""Systems say which figures they have; who shows figures of all needs to know none of them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from wangge.lib import figures
from wangge.systems.declarations.queries import indicators as declared
from wangge.systems.fieldwork.queries import duty_rates as duties
from wangge.systems.hazards import indicators as hazards


@pytest.fixture
def counted():
    figures.offer("test_offer", "试", (figures.Indicator("a", "甲", (), (), "无"),), route="x:y")
    yield "test_offer"
    figures.withdraw("test_offer")


def test_what_is_offered_is_found_again(counted):
    (found,) = [each for each in figures.offered() if each.key == counted]
    assert (found.name, found.route, [each.code for each in found.indicators]) == ("试", "x:y", ["a"])


def test_offered_again_replaces(counted):
    figures.offer(counted, "又", ())
    assert [each.name for each in figures.offered() if each.key == counted] == ["又"]


def test_withdrawn_is_gone(counted):
    figures.withdraw(counted)
    figures.withdraw(counted)
    assert counted not in [each.key for each in figures.offered()]


@pytest.mark.parametrize(
    ("system", "own"),
    [
        ("hazards", hazards.INDICATORS),
        ("fieldwork", duties.INDICATORS),
        ("declarations", declared.INDICATORS),
    ],
    ids=["hazards", "fieldwork", "declarations"],
)
def test_a_system_offers_its_own_and_the_rows_behind_each(system, own):
    (found,) = [each for each in figures.offered() if each.key == system]
    assert found.indicators == own and found.right
    for each in found.indicators:
        assert reverse(found.route, kwargs={"code": each.code, "side": "part"})

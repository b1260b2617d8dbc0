"""A filter that leaves few people finds the same rows by them as by going through the place."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from tests.cast import DISTRICT
from tests.registry.ledgers.ledger_cast import a_person, ago, lives, works
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.ledgers.outgoing import selection as selecting
from wangge.registry.ledgers.outgoing.catalogue import ledger_named
from wangge.registry.ledgers.outgoing.limits import limits_on
from wangge.registry.ledgers.outgoing.selection import Filters, Selection, as_of
from wangge.registry.ledgers.queries.ledgers import page_of
from wangge.registry.ledgers.queries.lines import number_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("areas")]
TODAY = timezone.localdate()


@pytest.fixture
def people() -> None:
    for age in (20, 79, 81, 90):
        for sex in "12":
            person = a_person(f"{age}岁{sex}", birth=date(TODAY.year - age, 1, 1), sex=sex)
            lives(person, since=ago(400))
            works(person, valid_from=ago(400))


def asked(ledger: str, **filters: object) -> tuple[list[str], int]:
    chosen = Selection(ledger_named(ledger), DISTRICT, as_of(), limits_on(TODAY), Filters(**filters))
    with within(EVERYWHERE):
        return [line.person.name for line in page_of(chosen).lines], number_of(chosen)


@pytest.mark.parametrize("ledger", ["resident", "staff", "floating"])
@pytest.mark.parametrize(
    "filters",
    [{"age_from": 80}, {"age_from": 80, "sex": "2"}, {"age_to": 30}, {"name": "81"}, {"age_from": 120}],
)
def test_few_and_many_are_answered_alike(people, monkeypatch, ledger, filters):
    few = asked(ledger, **filters)
    monkeypatch.setattr(selecting, "FEW", -1)
    assert few == asked(ledger, **filters)


def test_women_over_eighty_are_found(people):
    assert asked("resident", age_from=80, sex="2") == (["81岁2", "90岁2"], 2)

"""Two workers at one door the same day: both are kept, somebody says which holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.systems.fieldwork.visit_cast import OTHER_PHONE, PHONE, a_room, lives, visited
from wangge.foundation.access.rules import Unacceptable
from wangge.registry.people.models import Person
from wangge.systems.fieldwork.actions.visits import settle_visits
from wangge.systems.fieldwork.models import Visit
from wangge.systems.fieldwork.queries.visits import Wanted, visits

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    room, now = a_room(), timezone.now()
    person = lives(room)
    key = f"person:{person.pk}:phone"
    one = visited(room, "partly", actor=cast.worker(), at=now - timedelta(minutes=5), answers={key: PHONE})
    two = visited(room, "vacant", actor=cast.worker(), at=now, answers={key: OTHER_PHONE})
    return person, one.visit, two


def test_the_difference_is_said_in_plain_words(pair):
    _person, one, two = pair
    one.refresh_from_db()
    assert two.differs.startswith("与 王格 ") and two.differs.endswith("的走访不一致：联系电话、走访结果。")
    assert one.at_odds["visit"] == two.visit.pk
    assert OTHER_PHONE not in two.differs
    assert {row.pk for row in visits(Wanted(at_odds=True))} == {one.pk, two.visit.pk}


def test_what_is_chosen_holds(pair, logged_in):
    person, one, two = pair
    assert Person.objects.get(pk=person.pk).phone == OTHER_PHONE
    secretary = cast.secretary()
    page = logged_in(secretary).get(reverse("visits:odds")).content.decode()
    assert "100****2345" in page and OTHER_PHONE not in page
    one.refresh_from_db()
    settle_visits(actor=secretary, visit=one)
    assert Person.objects.get(pk=person.pk).phone == PHONE
    assert list(Visit.objects.order_by("pk").values_list("holds", flat=True)) == [True, False]
    with pytest.raises(Unacceptable, match="已有人决定"):
        settle_visits(actor=secretary, visit=two.visit)
    assert not visits(Wanted(at_odds=True)).exists()


def test_one_workers_second_visit_is_no_contradiction():
    room, worker = a_room(), cast.worker()
    assert visited(room, "partly", actor=worker).differs == ""
    assert visited(room, "vacant", actor=worker).differs == ""
    with pytest.raises(Unacceptable, match="没有与别的走访不一致"):
        settle_visits(actor="cli", visit=Visit.objects.first())

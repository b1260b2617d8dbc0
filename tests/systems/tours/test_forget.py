"""The words of a tour go after five years; day, places and matters stay."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.systems.tours.tour_cast import a_decision, a_tour, stops
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.tours.models import Stop, Tour
from wangge.systems.tours.retention import WORDS, forget_old

pytestmark = pytest.mark.django_db


def swept():
    with within(EVERYWHERE):
        return forget_old()


def test_only_what_is_too_old_is_emptied_and_only_once():
    today = timezone.localdate()
    old, young = a_tour(day=today - WORDS - timedelta(days=1)), a_tour(day=today - WORDS)
    case = a_decision(stops(old)[0]).case
    Stop._base_manager.filter(tour=old).update(notes="听说")
    assert (swept(), swept()) == (1, 0)
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.lead, old.participants, old.topics) == ("", "", "") and young.lead and young.topics
    assert {stop.notes for stop in stops(old)} == {""} and Tour._base_manager.count() == 2
    case.refresh_from_db()
    assert case.words

"""Places are shown by name, not by the digits of their code."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from wangge.registry.people.models import Person, Tie
from wangge.registry.people.queries import named

pytestmark = pytest.mark.django_db


def _known_only_by_grid(area: str = cast.GRID) -> Person:
    person = Person.objects.create(name="试验")
    Tie.objects.create(person=person, kind="lives", area_code=area, known_from=timezone.now())
    return person


def test_a_person_without_a_room_is_placed_by_the_name_of_community_and_grid(ground, everywhere, logged_in):
    person = _known_only_by_grid()
    browser = logged_in(cast.secretary())
    for page in (reverse("people:list"), reverse("people:person", args=[person.pk])):
        text = browser.get(page).content.decode()
        assert "甲一社区 甲一网格" in text, page
        assert f"只知所在辖区 {cast.GRID}" not in text


def test_an_area_nobody_knows_keeps_its_code(ground, everywhere):
    person = _known_only_by_grid("440703999001")
    assert [tie.area_name for tie in named(person.ties.all())] == ["440703999001"]


def test_names_of_three_rows_cost_one_query(ground, everywhere, django_assert_num_queries):
    for _ in range(3):
        _known_only_by_grid()
    ties = list(Tie.objects.all())
    with django_assert_num_queries(1):
        named(ties)

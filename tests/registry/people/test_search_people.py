"""Whatever is typed, one query by one index finds the people it may mean, inside the reach only."""

from datetime import date

import pytest
from django.db import connection

from tests.registry.people.people_cast import COMMUNITY, PHONE, demo_id
from wangge.lib.scoping import Reach, within
from wangge.registry.people.models import Person
from wangge.registry.people.queries import kind_of_text, register_counts, search_people


@pytest.fixture
def three(enrol):
    return [enrol("王小明", id_no=demo_id(3), phone=PHONE), enrol("王小红"), enrol("欧阳小明")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("王小明", ["王小明"]),
        (" 王 ", ["王小明", "王小红"]),
        ("小明", ["欧阳小明", "王小明"]),
        ("wxm", ["王小明"]),
        ("WX", ["王小红", "王小明"]),
        (demo_id(3), ["王小明"]),
        (demo_id(3).lower(), ["王小明"]),
        (PHONE, ["王小明"]),
        ("+86 100-0000-0001", ["王小明"]),
        (demo_id(5), []),
        ("100", []),
        ("", []),
        ("%", []),
        ("李", []),
    ],
)
def test_each_kind_of_text_finds_whom_it_means(three, text, found):
    assert sorted(p.name for p in search_people(text)) == sorted(found)


def test_outside_the_reach_nobody_is_found(three):
    with within(Reach((COMMUNITY[:-1] + "9",))):
        assert not search_people(demo_id(3))
        assert register_counts(COMMUNITY)["persons"] == 0
    with within(Reach((COMMUNITY,))):
        assert len(search_people(demo_id(3))) == 1


@pytest.mark.parametrize("text", ["王", "小明", "wxm", demo_id(3), PHONE])
def test_the_number_of_queries_is_one(three, text, django_assert_num_queries):
    with django_assert_num_queries(1):
        list(search_people(text))


def test_merged_rows_are_not_found(three):
    Person.objects.filter(name="王小红").update(status="merged")
    assert [p.name for p in search_people("王")] == ["王小明"]


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("王小", "person_name_birth"), ("小明", "tail"), ("wxm", "person_initials"),
        (PHONE, "person_phone"), (demo_id(3), "id"),
    ],
)  # fmt: skip
def test_an_index_answers(three, text, index):
    if connection.vendor == "sqlite":
        plan = search_people(text).explain()
        assert "SCAN people_person\n" not in plan + "\n", plan
        assert "USING" in plan and index in plan, plan


def test_an_old_number_of_fifteen_digits_finds_the_person(enrol):
    number = demo_id(3, date(1965, 5, 6))
    enrol("丁四", id_no=number)
    assert [p.name for p in search_people(number[:6] + number[8:17])] == ["丁四"]
    assert kind_of_text(number[:6] + number[8:17]) == "id"

"""Households and workers of grids beside the district's standards, as reminders whose numbers open rows."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.cast import COMMUNITY, DISTRICT, GRID, TOWN, leader, officer, secretary, worker
from wangge.foundation.territory.models import Area, Setting
from wangge.lib.scoping import EVERYWHERE, Reach, within
from wangge.registry.people.models import Household
from wangge.site.territory.standards import notes_for, standing_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("land")]
SECOND = COMMUNITY + "002"


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


@pytest.fixture
def limits():
    Setting.objects.create(key="limits.grid_households", value=[2, 4], note="示例")
    Setting.objects.create(key="limits.full_time_per_grid", value=2, note="一格两员")


def households(code: str, count: int) -> None:
    with within(EVERYWHERE):
        Household.objects.bulk_create(Household(area_code=code, number=str(n)) for n in range(count))


def standing(code: str = COMMUNITY):
    with within(EVERYWHERE):
        return standing_of(code)


@pytest.mark.parametrize(("count", "outside"), [(1, True), (2, False), (4, False), (5, True)])
def test_a_grid_with_too_few_or_too_many_households_is_named(limits, count, outside):
    households(GRID, count)
    households(SECOND, 3)
    found = standing()
    assert [line.area.code for line in found.outside] == ([GRID] if outside else [])
    text, warns = notes_for(found)[0]["text"], notes_for(found)[0]["warns"]
    assert warns is outside and ("1 个网格的户数不在 2–4 户之间" in text) is outside


def test_staffing_counts_people_and_not_grants(limits):
    two = worker(GRID)
    worker(GRID)
    worker(SECOND)
    from wangge.foundation.access.actions import give_grant

    give_grant(actor="test", user=two, role="grid_worker", area_code=SECOND)
    found = standing()
    assert ([len(line.workers) for line in found.lines], found.workers, found.short) == ([2, 2], 3, [])
    assert "2 个网格，3 名网格员：每格不少于 2 名，达标" in notes_for(found)[1]["text"]


def test_who_is_stopped_or_whose_grant_ended_is_no_worker(limits):
    gone = worker(GRID)
    gone.is_active = False
    gone.save()
    found = standing()
    assert len(found.short) == 2 and "2 个网格不足 2 名" in notes_for(found)[1]["text"]


def test_without_settings_there_are_no_reminders():
    assert notes_for(standing()) == []
    Setting.objects.create(key="limits.grid_households", value="many")
    Setting.objects.create(key="limits.full_time_per_grid", value="two")
    assert notes_for(standing()) == []


def test_special_grids_have_no_households_to_count(limits):
    with within(EVERYWHERE):
        Area.objects.filter(code=GRID).update(kind="special")
    assert [line.area.code for line in standing().lines] == [SECOND]


def test_only_grids_of_the_reach_are_there(limits):
    with within(Reach((GRID,))):
        assert [line.area.code for line in standing_of(COMMUNITY).lines] == [GRID]


@pytest.mark.parametrize("code", [COMMUNITY, TOWN, DISTRICT, GRID])
def test_the_page_of_an_area_leads_to_the_rows(limits, logged_in, code):
    households(GRID, 9)
    browser = logged_in(leader())
    page = browser.get(reverse("territory:area", args=[code])).content.decode()
    address = reverse("territory:standards", args=[code])
    assert f"{address}?show=households" in page and f"{address}?show=staff" in page
    listed = browser.get(address, {"show": "households"})
    assert GRID in [line.area.code for line in listed.context["lines"]]
    assert reverse("people:households") not in listed.content.decode()  # a leader sees numbers only


def test_a_number_opens_its_households(limits, logged_in):
    households(GRID, 3)
    households(SECOND, 1)
    browser = logged_in(secretary())
    page = browser.get(reverse("territory:standards", args=[COMMUNITY])).content.decode()
    address = f"{reverse('people:households')}?area={GRID}"
    assert address in page
    assert len(browser.get(address).context["rows"]) == 3


def test_names_of_workers_are_for_those_who_may_see_accounts(limits, logged_in):
    worker(GRID)
    address = reverse("territory:standards", args=[COMMUNITY])
    assert "王格" in logged_in(officer()).get(address).content.decode()
    assert "王格" not in logged_in(leader()).get(address).content.decode()

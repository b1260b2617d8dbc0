"""The tree, the pages of areas and grids, and the map."""

import json
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests.cast import (
    COMMUNITY,
    DISTRICT,
    GRID,
    OTHER_COMMUNITY,
    OTHER_GRID,
    TOWN,
    leader,
    nobody,
    officer,
    secretary,
)
from tests.site.territory.conftest import add_grid
from wangge.foundation.territory.actions.shapes import shapes_changed
from wangge.foundation.territory.models import Area
from wangge.foundation.territory.queries.counts import forget_counts, register_counts
from wangge.lib.scoping import EVERYWHERE, within

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("land")]
PAGES = ["areas", "map", "grids", "export"]


def area(code):
    return reverse("territory:area", args=[code])


def features(answer):
    return [feature["properties"]["code"] for feature in json.loads(answer.content)["features"]]


@pytest.mark.parametrize("name", PAGES)
def test_pages_want_a_login_and_the_right_to_look(name, client, logged_in):
    address = reverse(f"territory:{name}")
    assert client.get(address).status_code == 302
    assert logged_in(nobody()).get(address).status_code == 403
    assert logged_in(secretary()).get(address).status_code == 200


def test_the_tree_begins_at_ones_own_area(logged_in):
    page = logged_in(officer(TOWN)).get(reverse("territory:areas")).content.decode()
    assert "东镇" in page and "西镇" not in page and "示范区" not in page


def test_a_branch_of_the_tree_opens_and_another_towns_does_not(logged_in):
    browser = logged_in(officer(TOWN))
    assert "河边社区居委会" in browser.get(reverse("territory:children", args=[TOWN])).content.decode()
    assert browser.get(reverse("territory:children", args=["440703003000"])).status_code == 404


def test_search_finds_by_name_and_code_inside_the_reach_only(logged_in):
    browser = logged_in(officer(TOWN))
    assert "河边社区居委会" in browser.get(reverse("territory:areas"), {"q": "河边"}).content.decode()
    assert "没有找到" in browser.get(reverse("territory:areas"), {"q": "山脚"}).content.decode()
    assert "没有找到" in browser.get(reverse("territory:areas"), {"q": OTHER_COMMUNITY}).content.decode()


@pytest.mark.parametrize("code", [OTHER_COMMUNITY, OTHER_GRID, DISTRICT])
def test_an_area_outside_ones_reach_is_not_there(code, logged_in):
    browser = logged_in(secretary())
    assert browser.get(area(code)).status_code == 404
    for name in ("grids", "export", "map"):
        assert browser.get(reverse(f"territory:{name}"), {"area": code}).status_code == 404


def test_a_page_names_the_areas_above_without_opening_them(logged_in):
    page = logged_in(secretary()).get(area(COMMUNITY)).content.decode()
    assert "示范区" in page and "东镇" in page
    assert area(DISTRICT) not in page and area(GRID) in page


def test_the_map_holds_only_grids_of_ones_reach(logged_in):
    assert features(logged_in(secretary()).get(reverse("territory:grids"))) == [GRID, GRID[:12] + "002"]
    assert len(features(logged_in(leader()).get(reverse("territory:grids")))) == 3
    assert features(logged_in(leader()).get(reverse("territory:grids"), {"area": OTHER_COMMUNITY})) == [
        OTHER_GRID
    ]


def test_the_map_of_a_day_before_the_first_shape_is_empty_and_a_wrong_day_is_not_found(logged_in):
    browser = logged_in(secretary())
    assert features(browser.get(reverse("territory:grids"), {"day": "2020-01-01"})) == []
    assert "还没有网格图形" in browser.get(reverse("territory:map"), {"day": "2020-01-01"}).content.decode()
    assert browser.get(reverse("territory:map"), {"day": "yesterday"}).status_code == 404


def test_the_map_is_there_without_scripts_and_a_new_shape_shows_at_once(logged_in):
    browser = logged_in(secretary())
    assert browser.get(reverse("territory:map")).content.decode().count("<path data-code=") == 2
    with within(EVERYWHERE):
        add_grid(COMMUNITY, 3, 3)
        shapes_changed()
    assert browser.get(reverse("territory:map")).content.decode().count("<path data-code=") == 3


def test_the_grid_page_shows_its_party_group_and_hides_changes_from_those_without_the_right(logged_in):
    page = logged_in(secretary()).get(area(GRID)).content.decode()
    assert "网格党组织" in page and "平方米" in page
    assert reverse("territory:split", args=[GRID]) not in page


def test_counts_of_other_floors_stand_beside_the_children(logged_in):
    register_counts("trees", "树木", lambda codes: {GRID: 41, COMMUNITY: 42})
    register_counts("secrets", "秘密", lambda codes: {}, permission="standard.publish")
    try:
        page = logged_in(secretary()).get(area(COMMUNITY)).content.decode()
    finally:
        forget_counts("trees")
        forget_counts("secrets")
    assert "树木" in page and ">41<" in page and ">42<" in page and "秘密" not in page


@pytest.mark.parametrize("name", ["areas", "map", "grids", "area", "children"])
def test_three_rows_take_as_many_queries_as_one(name, logged_in):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = logged_in(officer("440703003000"))
    address = reverse(f"territory:{name}", args=[OTHER_COMMUNITY] if name in ("area", "children") else [])
    browser.get(address)
    numbers = []
    for serial in (2, 3):
        with within(EVERYWHERE):
            shapes_changed()
        with CaptureQueriesContext(connection) as found:
            assert browser.get(address).status_code == 200
        numbers.append(len(found))
        with within(EVERYWHERE):
            add_grid(OTHER_COMMUNITY, serial, 3 + serial)
            add_grid(OTHER_COMMUNITY, serial + 5, 8 + serial)
    assert numbers[0] == numbers[1]


def test_a_name_with_markup_stays_text_on_the_map(logged_in):
    with within(EVERYWHERE):
        Area.objects.filter(code=GRID).update(name="<b>格</b>")
        shapes_changed()
    page = logged_in(secretary()).get(reverse("territory:map")).content.decode()
    assert "<b>格" not in page and page.count("&lt;b&gt;格") == 2 and page.count("<text ") == 2


def test_the_ledgers_stored_numbers_stand_beside_areas_with_their_time_and_cost_one_query(logged_in):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from wangge.registry.ledgers.models import LedgerCount

    told = datetime(2026, 11, 2, 3, 4, tzinfo=UTC)
    with within(EVERYWHERE):
        for code, number in ((COMMUNITY, 52), (GRID, 51)):
            LedgerCount.objects.create(area_code=code, ledger="resident", count=number, as_of=told)
    browser = logged_in(secretary())
    with CaptureQueriesContext(connection) as queries:
        page = browser.get(area(COMMUNITY)).content.decode()
    assert "常住人口" in page and ">52<" in page and ">51<" in page and "2026-11-02 11:04" in page
    assert sum("ledgers_ledgercount" in query["sql"] for query in queries) == 1

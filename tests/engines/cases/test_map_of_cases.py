"""Where cases are: clusters of a window, the rows of one, how many in each grid; only what one may see."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.engines.cases.case_cast import handled, opened, step
from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.mapping import Box, clusters, inside
from wangge.engines.cases.queries.mapping.clusters import cell_at
from wangge.lib.scoping import EVERYWHERE, within

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]
WINDOW = "113.0,22.5,113.2,22.7"
AFTER = (("a" * 64, "after"),)


def found(client, query: str = "", name: str = "cases:map_points"):
    return client.get(f"{reverse(name)}?box={WINDOW}&zoom=11&who=all&{query}")


def seen(client, query: str = "") -> list[tuple[int, int]]:
    return [(each["n"], each["late"]) for each in found(client, query).json()["clusters"]]


def test_those_close_to_each_other_are_one_cluster_and_every_number_opens_its_rows(logged_in):
    for lon in (113.08, 113.0801, 113.0802, 113.15):
        opened(place=(lon, 22.6))
    opened(place=None)  # nobody said where
    client = logged_in(cast.secretary())
    assert seen(client) == [(3, 0), (1, 0)]
    many, alone = found(client).json()["clusters"]
    assert alone["number"] == Case._base_manager.get(lon=113.15).number and many["number"] == ""
    box = ",".join(map(str, many["box"]))
    listed = client.get(f"{reverse('cases:map_here')}?box={box}&who=all").content.decode()
    assert listed.count("<li>") == 3 and alone["number"] not in listed


@pytest.mark.parametrize("zoom", [3, 9, 11, 14, 18, 22])
def test_clusters_hold_each_case_once_at_every_zoom(zoom):
    for at in range(12):
        opened(place=(113.05 + at * at * 0.0004, 22.58 + at * 0.0007))
    with within(EVERYWHERE):
        rows, box = Case.objects.all(), Box(113.0, 22.5, 113.2, 22.7)
        got = clusters(rows, box, zoom, timezone.now())
        assert sum(each.n for each in got) == 12
        assert [inside(rows, each.box).count() for each in got] == [each.n for each in got]
        assert all(each.box.east - each.box.west == pytest.approx(cell_at(zoom)) for each in got)


def test_late_ones_are_told_and_closed_ones_asked_for(logged_in):
    opened(place=(113.08, 22.6))
    Case._base_manager.update(due_at=timezone.now() - timezone.timedelta(hours=1))
    closed = handled(opened(place=(113.15, 22.6)))
    step(closed, "verify", photos=AFTER)
    step(closed, "close")
    client = logged_in(cast.secretary())
    assert seen(client) == seen(client, "show=late") == [(1, 1)]
    assert seen(client, "show=closed") == [(1, 0)]


def test_another_towns_cases_are_on_nobodys_map(logged_in):
    opened(place=(113.08, 22.6))
    opened(place=(113.08, 22.6), area=cast.OTHER_GRID)
    assert seen(logged_in(cast.secretary())) == [(1, 0)]
    body = found(logged_in(cast.district_user()), "heat=1").json()
    assert [each["n"] for each in body["clusters"]] == [2]
    assert body["heat"] == {cast.GRID: 1, cast.OTHER_GRID: 1}


def test_the_page_says_the_same_in_a_table(logged_in):
    opened(place=(113.08, 22.6)), opened(place=None)
    page = logged_in(cast.district_user()).get(f"{reverse('cases:map')}?who=all").content.decode()
    assert "共 2 件，超时 0 件" in page and "1 件没有位置" in page
    empty = (
        logged_in(cast.district_user()).get(f"{reverse('cases:map')}?who=all&show=closed").content.decode()
    )
    assert "这里没有事项" in empty


@pytest.mark.parametrize(
    "box",
    ["", "1,2,3", "a,b,c,d", "nan,1,2,3", "114,22,113,23", "-999,0,999,10", "0,0,90,80", "113,22,inf,23"],
)
def test_what_is_no_window_is_refused_in_words(logged_in, box):
    client = logged_in(cast.secretary())
    answer = client.get(f"{reverse('cases:map_points')}?box={box}")
    assert answer.status_code == 400 and "重新打开地图" in answer.json()["reason"]
    assert client.get(f"{reverse('cases:map_here')}?box={box}").status_code == 400


@pytest.mark.parametrize("zoom", ["", "x", "-3", "99", "²", "11.5"])
def test_an_odd_zoom_is_the_middle_one(logged_in, zoom):
    opened(place=(113.08, 22.6))
    client = logged_in(cast.secretary())
    assert client.get(f"{reverse('cases:map_points')}?box={WINDOW}&who=all&zoom={zoom}").status_code == 200

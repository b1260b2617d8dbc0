"""The border between two grids is moved on screen, looked at first, and taken back before its day."""

from __future__ import annotations

from datetime import timedelta

import pytest
import shapely
from django.urls import reverse
from django.utils import timezone

from tests.cast import COMMUNITY, GRID, OTHER_GRID, TOWN, district_user, secretary, system_admin
from tests.site.territory.conftest import add_grid
from wangge.foundation.territory.actions.shapes import shapes_changed
from wangge.foundation.territory.models import Area, AreaChange
from wangge.foundation.territory.queries import shape_on
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.models import Building, Person, Room, Tie

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("land")]
SECOND, NEXT = COMMUNITY + "002", "440703002002"
BEYOND = NEXT + "001"
DAY = "2026-03-01"
LINE = "113.005,22.502\n113.006,22.508"


def at(other: str = SECOND, grid: str = GRID) -> str:
    return reverse("territory:border", args=[grid]) + (f"?with={other}" if other else "")


@pytest.fixture
def desk(logged_in):
    return logged_in(district_user())


@pytest.fixture
def houses(land):
    """一栋 in the west of the first grid, 二栋 in its east, 三栋 in the second; two people in each."""
    made = []
    with within(EVERYWHERE):
        for name, lon, code in (("一栋", 113.002, GRID), ("二栋", 113.008, GRID), ("三栋", 113.015, SECOND)):
            house = Building.objects.create(
                area_code=code, community=COMMUNITY, key=name, name=name, lon=lon, lat=22.505
            )
            room = Room.objects.create(area_code=code, building=house, key="101")
            for _number in range(2):
                person = Person.objects.create(name="甲一")
                Tie.objects.create(
                    person=person, kind="lives", room=room, area_code=code, known_from=timezone.now()
                )
            made.append(house)
    return made


@pytest.fixture
def next_door(land):
    """Another community of the same town, whose grid lies north of the first."""
    with within(EVERYWHERE):
        Area.objects.create(code=NEXT, level="community", name="北边社区", parent_id=TOWN)
        grid = add_grid(NEXT, 1, 0)
        box = shapely.box(113, 22.51, 113.01, 22.52)
        grid.shapes.update(polygon=shapely.to_geojson(box))
        shapes_changed()
    return grid


def west() -> float:
    with within(EVERYWHERE):
        shape = shape_on(GRID, timezone.localdate())
        assert shape is not None
        return round(float(shape.area) * 1e4, 4)


def test_only_neighbours_of_the_town_are_offered(desk, next_door):
    page = desk.get(at("")).content.decode()
    assert SECOND in page and BEYOND in page and "北边社区" in page
    assert OTHER_GRID not in desk.get(at("", SECOND)).content.decode()  # next to it, but of another town
    assert desk.get(at(OTHER_GRID, SECOND)).status_code == 404
    assert desk.get(at("440703999999001")).status_code == 404


def test_a_line_is_previewed_with_what_moves_and_writes_nothing(desk, houses):
    page = desk.post(at(), {"points": LINE, "on": DAY, "preview": 1})
    (move,) = page.context["moves"]
    assert (move[0], move[1], [b.name for b in move[2].buildings], move[2].people) == (
        "格0",
        "格1",
        ["二栋"],
        2,
    )
    assert "确认调整" in page.content.decode() and "1 栋、0 户、2 人" in page.content.decode()
    assert west() == 1.0 and not AreaChange._base_manager.exists()


def test_a_confirmed_line_moves_the_border(desk, houses):
    answer = desk.post(at(), {"points": LINE, "on": DAY, "confirm": 1})
    assert answer.status_code == 302 and west() == pytest.approx(0.55, abs=0.01)
    assert AreaChange._base_manager.get().from_codes == [GRID, SECOND]


def test_chosen_buildings_take_their_ground_along(desk, houses):
    wish = {"buildings": [houses[1].pk], "on": DAY}
    page = desk.post(at(), {**wish, "preview": 1})
    assert [b.name for _s, _t, move in page.context["moves"] for b in move.buildings] == ["二栋"]
    assert desk.post(at(), {**wish, "confirm": 1}).status_code == 302
    assert 0.8 < west() < 1.0


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        ({"points": ""}, "请画出新边界"),
        ({"points": "113.005,22.5"}, "至少要两个点"),
        ({"points": "113.005"}, "第 1 行"),
        ({"points": "22.5,113.005\n22.6,113.005"}, "先经度后纬度"),
        ({"points": "113.05,22.4\n113.05,22.6"}, "正好分成两块"),
        ({"points": "113.005,22.4\n113.005,22.6\n113.008,22.6\n113.008,22.4"}, "正好分成两块"),
        ({"points": "113.005,22.502\n113.005,22.502"}, "正好分成两块"),
        ({"points": LINE, "on": "2020-01-01"}, "生效日期"),
        ({"points": LINE, "on": "x"}, "invalid-feedback"),
        ({"buildings": ["987654"]}, "invalid-feedback"),
    ],
)
def test_what_cannot_be_drawn_is_told_and_nothing_is_written(desk, houses, wish, says):
    page = desk.post(at(), {"on": DAY, **wish, "confirm": 1})
    assert page.status_code == 200 and says in page.content.decode()
    assert west() == 1.0 and not AreaChange._base_manager.exists()


def test_a_line_and_buildings_together_are_refused(desk, houses):
    page = desk.post(at(), {"points": LINE, "buildings": [houses[1].pk], "on": DAY, "confirm": 1})
    assert "只能用一种" in page.content.decode() and west() == 1.0


def test_a_building_that_does_not_touch_the_other_side_is_refused(desk, houses):
    page = desk.post(at(), {"buildings": [houses[0].pk], "on": DAY, "confirm": 1})
    assert "不相连" in page.content.decode() and west() == 1.0


def test_between_two_communities_the_page_says_what_that_means(desk, next_door, houses):
    page = desk.get(at(BEYOND)).content.decode()
    assert "属于两个村（社区）" in page
    wish = {"points": "112.9,22.507\n113.1,22.507", "on": DAY, "confirm": 1}
    assert desk.post(at(BEYOND), wish).status_code == 302
    with within(EVERYWHERE):
        assert sorted(AreaChange.objects.values_list("area_code", flat=True)) == [COMMUNITY, NEXT]
    assert west() == pytest.approx(0.7, abs=0.01)


def test_a_plan_can_be_taken_back_until_its_day(desk):
    later = (timezone.localdate() + timedelta(days=9)).isoformat()
    answer = desk.post(at(), {"points": LINE, "on": later, "confirm": 1}, follow=True)
    assert "撤回" in answer.content.decode() and "待生效" in answer.content.decode()
    change = AreaChange._base_manager.get()
    address = reverse("territory:withdraw", args=[change.pk])
    assert "保持原样" in desk.post(address, follow=True).content.decode()
    assert "已经撤回" in desk.post(address, follow=True).content.decode()
    with within(EVERYWHERE):
        assert shape_on(GRID, timezone.localdate() + timedelta(days=9)).area == pytest.approx(1e-4)


def test_what_is_in_force_stays(desk):
    desk.post(at(), {"points": LINE, "on": DAY, "confirm": 1})
    address = reverse("territory:withdraw", args=[AreaChange._base_manager.get().pk])
    assert "已经生效" in desk.post(address, follow=True).content.decode()
    assert west() != 1.0


def test_a_later_change_is_withdrawn_first(desk):
    days = [(timezone.localdate() + timedelta(days=n)).isoformat() for n in (9, 20)]
    for day, line in zip(days, (LINE, "113.004,22.502\n113.004,22.508"), strict=True):
        desk.post(at(), {"points": line, "on": day, "confirm": 1})
    first, second = AreaChange._base_manager.order_by("pk")
    assert (
        "先撤回后面的"
        in desk.post(reverse("territory:withdraw", args=[first.pk]), follow=True).content.decode()
    )
    for change in (second, first):
        assert (
            "保持原样"
            in desk.post(reverse("territory:withdraw", args=[change.pk]), follow=True).content.decode()
        )


def test_a_change_is_drawn_on_top_of_the_one_that_waits(desk):
    days = [(timezone.localdate() + timedelta(days=n)).isoformat() for n in (9, 20)]
    desk.post(at(), {"points": "113.002,22.4\n113.002,22.6", "on": days[0], "confirm": 1})
    page = desk.get(at())
    assert page.context["day"] == days[0]
    assert "更晚的调整" in desk.post(at(), {"points": LINE, "on": DAY, "confirm": 1}).content.decode()
    assert desk.post(at(), {"points": LINE, "on": days[1], "confirm": 1}).status_code == 302


def test_half_of_a_change_outside_the_reach_is_not_there(logged_in, desk, next_door):
    later = (timezone.localdate() + timedelta(days=9)).isoformat()
    desk.post(at(BEYOND), {"points": "112.9,22.507\n113.1,22.507", "on": later, "confirm": 1})
    narrow = logged_in(district_user(COMMUNITY))
    assert narrow.get(at(BEYOND)).status_code == 404
    change = AreaChange._base_manager.get(area_code=COMMUNITY)
    assert narrow.post(reverse("territory:withdraw", args=[change.pk])).status_code == 404


def test_it_needs_the_right(logged_in):
    assert logged_in(secretary()).get(at()).status_code == 403
    elsewhere = logged_in(district_user("440703003000"))
    assert elsewhere.get(at()).status_code == 404
    assert elsewhere.post(at(), {"points": LINE, "on": DAY, "confirm": 1}).status_code == 404


def test_who_sees_no_people_is_told_no_number_of_them(logged_in, houses):
    page = logged_in(system_admin()).post(at(), {"points": LINE, "on": DAY, "preview": 1}).content.decode()
    assert (
        "二栋" in page and " 人" not in page and reverse("people:building", args=[houses[1].pk]) not in page
    )


def test_the_map_is_given_both_grids_and_nothing_else(desk):
    found = desk.get(reverse("territory:grids"), {"only": f"{GRID},{SECOND}"}).json()
    assert [one["properties"]["code"] for one in found["features"]] == [GRID, SECOND]

"""The pages of tours: the list, the plan in one form, the tour with map, figures and problems."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.systems.tours.tour_cast import DAY, a_decision, a_difficulty, a_tour, reported_done, step, stops
from wangge.engines.cases.models import Case
from wangge.foundation.territory.models import GridShape
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.tours.models import Stop, Tour

pytestmark = pytest.mark.django_db


def a_shape(grid, west):
    ring = [[west, 22.6], [west + 0.01, 22.6], [west + 0.01, 22.61], [west, 22.61], [west, 22.6]]
    polygon = json.dumps({"type": "Polygon", "coordinates": [ring]})
    GridShape(grid_id=grid, polygon=polygon, area_m2=1).save()


def sent(*areas, **more):
    """The form of a new tour as a browser sends it."""
    told = {"op": str(uuid4()), "title": "网格管理调研", "kind": "research", "day": DAY.isoformat(),
            "lead": "区委主要领导", "participants": "部门负责人", "topics": "网格",
            "stop-TOTAL_FORMS": str(len(areas)), "stop-INITIAL_FORMS": "0"}  # fmt: skip
    for number, area in enumerate(areas):
        told |= {f"stop-{number}-area": area, f"stop-{number}-name": f"地点{number}"}
    return told | more


def page(browser, name, *given, query=""):
    answer = browser.get(reverse(f"tours:{name}", args=given) + query)
    assert answer.status_code == 200
    return answer.content.decode()


class TestList:
    def test_empty_it_says_what_a_tour_gives(self, logged_in):
        told = page(logged_in(cast.officer()), "list")
        assert "没有要去的调研" in told and reverse("tours:new") in told

    def test_a_leader_is_offered_no_new_one(self, logged_in):
        told = page(logged_in(cast.leader()), "list")
        assert "没有要去的调研" in told and reverse("tours:new") not in told

    @pytest.mark.parametrize("many", [1, 3])
    def test_those_to_come_and_the_archive(self, logged_in, many):
        later, before = timezone.localdate() + timedelta(days=2), timezone.localdate() - timedelta(days=2)
        for number in range(many):
            a_tour(title=f"要去的{number}", day=later)
        old = a_tour(title="去过的", day=before)
        a_decision(stops(old)[0])
        browser = logged_in(cast.officer())
        coming, past = page(browser, "list"), page(browser, "list", query="?show=past")
        assert coming.count("要去的") == many and "去过的" not in coming
        assert "去过的" in past and "要去的" not in past and "甲街道 甲一社区" in past

    def test_it_is_searched_by_title_topic_and_place(self, logged_in):
        a_tour(title="路灯", day=timezone.localdate())
        browser = logged_in(cast.officer())
        assert "路灯" in page(browser, "list", query="?show=all&q=网格管理")
        assert "没有找到" in page(browser, "list", query="?show=all&q=没有的")

    def test_a_secretary_sees_the_tour_that_stops_at_hers_and_only_that_stop(self, logged_in):
        tour = a_tour(cast.COMMUNITY, cast.OTHER_COMMUNITY)
        browser = logged_in(cast.secretary())
        told = page(browser, "list", query="?show=all") + page(browser, "tour", tour.pk)
        assert tour.title in told and "甲一社区" in told and "乙一社区" not in told
        assert "乙一社区" not in page(browser, "briefing", tour.pk)
        assert browser.get(reverse("tours:edit", args=[tour.pk])).status_code == 403

    def test_who_has_no_stop_there_has_no_tour(self, logged_in):
        tour = a_tour(cast.COMMUNITY, cast.GRID)
        other = logged_in(cast.secretary(cast.OTHER_COMMUNITY))
        assert other.get(reverse("tours:tour", args=[tour.pk])).status_code == 404
        assert tour.title not in page(other, "list", query="?show=all")


class TestLog:
    def test_empty_it_says_where_they_come_from(self, logged_in):
        assert "还没有问题和交办" in page(logged_in(cast.leader()), "log")
        assert "没有等着确认的" in page(logged_in(cast.leader()), "log", query="?show=confirm")

    def test_each_tab_has_its_own_and_its_number(self, logged_in):
        first, second = stops(a_tour())
        leader = cast.leader()
        a_decision(first, leader, title="还在办的")
        reported_done(a_decision(first, leader, title="办成了的"))
        late = a_difficulty(second, leader, title="拖久了的").case
        Case._base_manager.filter(pk=late.pk).update(due_at=timezone.now() - timedelta(days=1))
        over = reported_done(a_decision(second, leader, title="办结了的")).case
        step(over, "close", leader)
        browser = logged_in(leader)
        told = {
            show: page(browser, "log", query=f"?show={show}") for show in ("open", "confirm", "late", "all")
        }
        names = ("还在办的", "办成了的", "拖久了的", "办结了的")
        seen = {show: "".join("x" if name in text else "-" for name in names) for show, text in told.items()}
        assert seen == {"open": "xxx-", "confirm": "-x--", "late": "--x-", "all": "xxxx"}
        assert all(words in told["all"] for words in ("未办结 3", "待确认 1", "已超时 1", "全部 4"))

    def test_only_of_ones_own_areas(self, logged_in):
        a_decision(stops(a_tour())[0], title="别人的")
        assert "别人的" not in page(logged_in(cast.officer(cast.OTHER_TOWN)), "log", query="?show=all")

    def test_the_home_page_counts_what_waits_and_opens_it(self, logged_in):
        leader = cast.leader()
        reported_done(a_decision(stops(a_tour())[0], leader))
        home = logged_in(leader).get(reverse("home")).content.decode()
        assert "办成待确认的交办" in home and reverse("tours:log") + "?show=confirm" in home


class TestPlanning:
    def test_two_stops_by_name_make_a_tour_whose_page_shows_both(self, logged_in):
        browser = logged_in(cast.officer())
        answer = browser.post(reverse("tours:new"), sent("甲街道 甲一社区", "甲街道 甲一社区 甲一网格"))
        tour = Tour._base_manager.get()
        assert answer.status_code == 302 and answer.url == reverse("tours:tour", args=[tour.pk])
        told = page(browser, "tour", tour.pk)
        assert "2026-11-27" in told and "地点0" in told and "地点1" in told and "居住人口" in told
        assert [stop.area_code for stop in stops(tour)] == [cast.COMMUNITY, cast.GRID]

    def test_sent_twice_it_is_one(self, logged_in):
        browser, told = logged_in(cast.officer()), sent("甲一社区", "甲一网格")
        first, again = (browser.post(reverse("tours:new"), told) for _ in range(2))
        assert first.url == again.url and Tour._base_manager.count() == 1

    @pytest.mark.parametrize(
        ("area", "said"),
        [("乙一社区", "不在您的辖区"), ("没有的村", "没有这个名字"), ("甲", "可能是：")],
        ids=["another town's", "unknown", "several"],
    )
    def test_an_area_that_is_none_of_hers_is_said_and_nothing_typed_is_lost(self, logged_in, area, said):
        answer = logged_in(cast.officer()).post(reverse("tours:new"), sent("甲一社区", area, topics="别丢了"))
        told = answer.content.decode()
        assert answer.status_code == 422 and said in told
        assert "别丢了" in told and 'value="地点1"' in told and not Tour._base_manager.exists()

    def test_one_stop_is_too_few(self, logged_in):
        answer = logged_in(cast.officer()).post(
            reverse("tours:new"), sent("甲一社区", "", **{"stop-1-name": ""})
        )
        assert answer.status_code == 422 and "至少去 2 个点" in answer.content.decode()

    def test_one_more_stop_keeps_what_was_typed_and_checks_nothing_yet(self, logged_in):
        answer = logged_in(cast.officer()).post(
            reverse("tours:new"), sent("甲一社区", "", title="", more="1")
        )
        told = answer.content.decode()
        assert answer.status_code == 200 and "stop-2-area" in told and 'value="甲一社区"' in told
        assert "is-invalid" not in told and 'value="2026-11-27"' in told and not Tour._base_manager.exists()

    def test_no_more_than_twelve_are_offered(self, logged_in):
        told = sent(*["甲一社区"] * 11, more="1")
        twelve = logged_in(cast.officer()).post(reverse("tours:new"), told).content.decode()
        assert "stop-11-area" in twelve and "stop-12-area" not in twelve and 'name="more"' not in twelve

    @pytest.mark.parametrize("count", ["x", "", "²", "99999"])
    def test_one_more_of_a_form_that_was_tampered_with(self, logged_in, count):
        told = sent("甲一社区", more="1", **{"stop-TOTAL_FORMS": count})
        assert logged_in(cast.officer()).post(reverse("tours:new"), told).status_code == 200

    def test_the_plan_is_changed_and_behind_anothers_change_it_is_said(self, logged_in):
        tour, browser = a_tour(), logged_in(cast.officer())
        first, second = stops(tour)
        told = sent(
            "甲一网格", "甲一社区", title="改过", seen="1", **{"stop-0-pk": first.pk, "stop-1-pk": second.pk}
        )
        assert browser.post(reverse("tours:edit", args=[tour.pk]), told).status_code == 302
        answer = browser.post(reverse("tours:edit", args=[tour.pk]), told | {"title": "又改"})
        assert answer.status_code == 422 and "刚才有人改过" in answer.content.decode()
        tour.refresh_from_db()
        assert tour.title == "改过" and [stop.pk for stop in stops(tour)] == [first.pk, second.pk]

    def test_a_place_without_its_area_is_asked_for(self, logged_in):
        answer = logged_in(cast.officer()).post(reverse("tours:new"), sent("甲一社区", "甲一网格", ""))
        assert answer.status_code == 422 and "请选这个点在哪个区域" in answer.content.decode()

    def test_a_stop_whose_area_is_emptied_goes(self, logged_in):
        tour, browser = a_tour(cast.GRID, cast.COMMUNITY, cast.TOWN), logged_in(cast.officer())
        form = browser.get(reverse("tours:edit", args=[tour.pk])).content.decode()
        assert form.count("-area") and "stop-3-area" not in form
        told = sent("甲一网格", "", "甲街道", seen="1", **{"stop-INITIAL_FORMS": "3"})
        told |= {f"stop-{at}-pk": stop.pk for at, stop in enumerate(stops(tour))}
        assert browser.post(reverse("tours:edit", args=[tour.pk]), told).status_code == 302
        assert [stop.area_code for stop in stops(tour)] == [cast.GRID, cast.TOWN]

    @pytest.mark.parametrize("count", ["x", "999999", ""])
    def test_a_form_that_was_tampered_with_is_refused_not_broken(self, logged_in, count):
        told = sent("甲一社区", "甲一网格", **{"stop-TOTAL_FORMS": count})
        assert logged_in(cast.officer()).post(reverse("tours:new"), told).status_code in (302, 422)


class TestTour:
    def test_stops_are_numbered_dots_on_the_grids(self, logged_in):
        a_shape(cast.GRID, 113.0)
        a_shape(cast.OTHER_GRID, 113.02)
        tour = a_tour(cast.GRID, cast.OTHER_GRID)
        told = page(logged_in(cast.leader()), "tour", tour.pk)
        assert told.count("<circle") == 2 and told.count("<path d=") >= 2
        assert 'href="#stop-' in told and "还没有位置" not in told

    def test_a_stop_without_a_place_is_named(self, logged_in):
        told = page(logged_in(cast.leader()), "tour", a_tour().pk)
        assert "还没有位置：甲街道 甲一社区 甲一网格" in told

    def test_arriving_notes_the_time_once_and_the_phones_place(self, logged_in):
        tour, browser = a_tour(), logged_in(cast.leader())
        stop = stops(tour)[0]
        address = reverse("tours:arrive", args=[tour.pk, stop.pk])
        assert browser.post(address, {"lon": "113.5", "lat": "22.5"}).status_code == 302
        stop.refresh_from_db()
        at = stop.arrived_at
        browser.post(address, {"lon": "1", "lat": "1"})
        stop.refresh_from_db()
        assert stop.arrived_at == at and (stop.lon, stop.lat) == (113.5, 22.5)

    @pytest.mark.parametrize("place", [{}, {"lon": "x", "lat": "900"}, {"lon": "113"}])
    def test_a_place_that_cannot_be_is_left_out(self, logged_in, place):
        tour = a_tour()
        stop = stops(tour)[1]
        logged_in(cast.leader()).post(reverse("tours:arrive", args=[tour.pk, stop.pk]), place)
        stop.refresh_from_db()
        assert stop.arrived_at is not None and stop.lon is None

    def test_problems_stand_at_their_stop_with_state_unit_and_end(self, logged_in):
        tour = a_tour()
        first, second = stops(tour)
        a_decision(first, cast.leader())
        a_difficulty(second, cast.leader(), title="没有物业")
        told = page(logged_in(cast.officer()), "tour", tour.pk)
        assert "巷口积水" in told and "区水务站" in told and "已交办" in told
        assert "没有物业" in told and "待接手" in told and "共 2 个，未办结 2 个" in told

    def test_the_result_comes_back_with_its_photo_and_waits_for_who_decided(self, logged_in):
        tour, leader = a_tour(), cast.leader()
        problem = reported_done(a_decision(stops(tour)[0], leader))
        told = page(logged_in(leader), "tour", tour.pk)
        assert "疏通了" in told and f"/problems/{problem.case.number}/photos/" in told
        assert "有 1 件办成了，等您确认" in told and "确认办成" in told
        assert "确认办成" not in page(logged_in(cast.officer()), "tour", tour.pk)

    def test_a_leaders_page_opens_no_rows_of_people(self, logged_in):
        told = page(logged_in(cast.leader()), "tour", a_tour().pk)
        assert "/console/people/?" not in told and "/console/cases/?" not in told

    def test_in_english_nothing_chinese_is_left_of_our_own_words(self, logged_in):
        browser = logged_in(cast.leader())
        browser.cookies["django_language"] = "en"
        told = page(browser, "tour", a_tour().pk)
        assert "Create a briefing" in told and "生成汇报" not in told

    def test_a_tour_without_posts_is_shown(self, logged_in):
        tour = a_tour(participants="", topics="")
        with within(EVERYWHERE):
            assert Stop.objects.filter(tour=tour).count() == 2
        assert tour.title in page(logged_in(cast.leader()), "tour", tour.pk)

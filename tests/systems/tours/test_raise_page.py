"""Adding a decision on the phone, and confirming it from the tour."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.engines.cases.page_cast import upload
from tests.systems.tours.tour_cast import (
    a_decision,
    a_tour,
    a_unit,
    reported_done,
    soon,
    step,
    stops,
    with_photo,
)
from wangge.engines.cases.actions import photos
from wangge.engines.cases.forms import photos as photo_forms
from wangge.engines.cases.models import Case
from wangge.foundation.access.enums import Role
from wangge.systems.tours.models import Problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def tour():
    return a_tour(cast.GRID, cast.OTHER_GRID)


def told(tour, **more):
    given = {"op": str(uuid4()), "stop": stops(tour)[0].pk, "raised": "decision", "title": "巷口积水",
             "words": "下雨就淹", "decision": "三天疏通", "unit": a_unit().pk, "due": soon().isoformat(),
             "level": "normal"}  # fmt: skip
    return given | more


def send(browser, tour, **more):
    return browser.post(reverse("tours:raise", args=[tour.pk]), told(tour, **more))


def test_a_leader_decides_with_a_photo_and_is_back_at_the_tour(logged_in, tour):
    browser = logged_in(cast.leader())
    answer = send(browser, tour, photos=upload())
    case = Case._base_manager.get()
    assert answer.status_code == 302 and answer.url == reverse("tours:tour", args=[tour.pk])
    assert len(case.steps.get().photos) == 1 and case.unit.name == "区水务站"
    page = browser.get(answer.url).content.decode()
    assert case.number in page and "已交办给 区水务站" in page


def test_the_form_begins_at_the_stop_it_was_opened_from(logged_in, tour):
    second = stops(tour)[1]
    page = logged_in(cast.leader()).get(reverse("tours:raise", args=[tour.pk]) + f"?stop={second.pk}")
    assert f'<option value="{second.pk}" selected>' in page.content.decode()


def test_else_at_the_stop_where_the_group_is(logged_in, tour):
    browser, second = logged_in(cast.leader()), stops(tour)[1]
    browser.post(reverse("tours:arrive", args=[tour.pk, second.pk]))
    page = browser.get(reverse("tours:raise", args=[tour.pk])).content.decode()
    assert f'<option value="{second.pk}" selected>' in page


@pytest.mark.parametrize("query", ["?stop=0", "?stop=x", "?stop=²"])
def test_a_stop_that_is_none_is_passed_over(logged_in, tour, query):
    assert logged_in(cast.leader()).get(reverse("tours:raise", args=[tour.pk]) + query).status_code == 200


def test_sent_twice_it_is_one(logged_in, tour):
    browser, op = logged_in(cast.leader()), str(uuid4())
    assert [send(browser, tour, op=op).status_code for _ in range(2)] == [302, 302]
    assert Problem._base_manager.count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"due": (timezone.localdate() - timedelta(days=1)).isoformat()}, "已经过去"),
        ({"due": ""}, "请选完成期限"),
        ({"unit": ""}, "请选交给哪个单位"),
        ({"decision": ""}, "请写怎么办"),
        ({"title": ""}, "heard-title"),
        ({"unit": "0"}, "heard-unit"),
        ({"due": "不是日子"}, "heard-due"),
        ({"level": "x"}, "heard-level"),
    ],
    ids=["past", "no day", "no unit", "no decision", "no title", "unknown unit", "no date", "unknown level"],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(logged_in, tour, wrong, said):
    answer = send(logged_in(cast.leader()), tour, **({"words": "别丢了"} | wrong), photos=upload())
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and "别丢了" in page
    assert "已收到 1 张照片" in page and not Case._base_manager.exists()


def test_the_photo_that_arrived_is_not_chosen_again(logged_in, tour):
    browser = logged_in(cast.leader())
    first = send(browser, tour, decision="", photos=upload())
    kept = first.context["form"].kept_token
    assert send(browser, tour, kept=kept).status_code == 302
    assert len(Case._base_manager.get().steps.get().photos) == 1


@pytest.mark.parametrize(
    ("content", "said"), [(b"not a photo", "照片"), (b"x" * 2048, "MB")], ids=["no photo", "too big"]
)
def test_a_photo_that_is_none_or_too_big_is_named(logged_in, tour, monkeypatch, content, said):
    if len(content) > 1000:
        for place in (photos, photo_forms):
            monkeypatch.setattr(place, "LARGEST_TAKEN", 1024)
    answer = send(logged_in(cast.leader()), tour, photos=upload(content))
    page = answer.content.decode()
    assert answer.status_code == 422 and "现场.jpg" in page and said in page
    assert "三天疏通" in page and not Case._base_manager.exists()


def test_a_unit_of_another_stops_town_is_said_at_its_field(logged_in, tour):
    other = a_unit("乙街道办", area=cast.OTHER_TOWN)
    answer = send(logged_in(cast.leader()), tour, unit=other.pk)
    assert answer.status_code == 422 and "乙街道办" in answer.content.decode()
    assert send(logged_in(cast.leader()), tour, unit=other.pk, stop=stops(tour)[1].pk).status_code == 302


def test_a_stop_outside_her_areas_is_not_offered_and_not_taken(logged_in, tour):
    browser, other = logged_in(cast.officer()), stops(tour)[1]
    page = browser.get(reverse("tours:raise", args=[tour.pk])).content.decode()
    assert "乙一网格" not in page
    assert send(browser, tour, stop=other.pk).status_code == 422 and not Case._base_manager.exists()


def test_a_secretary_is_offered_to_note_only(logged_in):
    tour, browser = a_tour(), logged_in(cast.secretary())
    page = browser.get(reverse("tours:raise", args=[tour.pk])).content.decode()
    assert 'value="decision"' not in page and 'value="difficulty"' in page
    assert send(browser, tour).status_code == 422
    assert send(browser, tour, raised="difficulty", unit="", due="", decision="").status_code == 302
    assert Case._base_manager.get().kind == "difficulty"


def take(browser, problem, **more):
    problem.case.refresh_from_db()
    given = {"step": "close", "op": str(uuid4()), "seen": problem.case.version} | more
    return browser.post(reverse("tours:take", args=[problem.case.number]), given)


class TestConfirming:
    def test_the_leader_confirms_from_the_tour(self, logged_in, tour):
        leader = cast.leader()
        problem, browser = reported_done(a_decision(stops(tour)[0], leader)), logged_in(leader)
        answer = take(browser, problem)
        problem.case.refresh_from_db()
        assert answer.url == reverse("tours:tour", args=[tour.pk]) + f"#p-{problem.case.number}"
        assert problem.case.state == "closed"

    def test_or_sends_it_back_with_a_reason(self, logged_in, tour):
        leader = cast.leader()
        problem, browser = reported_done(a_decision(stops(tour)[0], leader)), logged_in(leader)
        without = take(browser, problem, step="again")
        assert (
            without.status_code == 422
            and take(browser, problem, step="again", words="还在淹").status_code == 302
        )
        problem.case.refresh_from_db()
        assert problem.case.state == "accepted" and problem.case.reworked == 1

    def test_her_page_of_it_has_steps_clocks_and_what_she_may_do(self, logged_in, tour):
        leader = cast.leader()
        problem = reported_done(a_decision(stops(tour)[0], leader))
        page = logged_in(leader).get(reverse("tours:problem", args=[problem.case.number])).content.decode()
        assert "疏通了" in page and "do-close" in page and "do-again" in page and "在工作台打开" not in page

    def test_another_leader_reads_and_does_nothing(self, logged_in, tour):
        problem = reported_done(a_decision(stops(tour)[0], cast.leader()))
        other = logged_in(cast.person_with((Role.LEADER, cast.DISTRICT)))
        page = other.get(reverse("tours:problem", args=[problem.case.number])).content.decode()
        assert "疏通了" in page and "do-close" not in page
        assert take(other, problem).status_code == 403

    def test_behind_anothers_step_she_is_told(self, logged_in, tour):
        leader = cast.leader()
        problem = a_decision(stops(tour)[0], leader)
        seen = problem.case.version
        step(problem.case, "accept")
        answer = take(logged_in(leader), problem, step="withdraw", words="不用了", seen=seen)
        assert answer.status_code == 409 and "请看过最新进展再办" in answer.content.decode()
        assert "不用了" in answer.content.decode()

    @pytest.mark.parametrize("key", ["none", "", "merge"])
    def test_a_step_that_is_none(self, logged_in, tour, key):
        leader = cast.leader()
        assert take(logged_in(leader), a_decision(stops(tour)[0], leader), step=key).status_code == 404

    def test_a_photo_that_no_step_names_is_none(self, logged_in, tour):
        leader = cast.leader()
        problem = with_photo(stops(tour)[0], leader)
        digest = problem.case.steps.get().photos[0]["digest"]
        browser = logged_in(leader)
        assert (
            browser.get(reverse("tours:photo", args=[problem.case.number, digest]))["Content-Type"]
            == "image/jpeg"
        )
        assert browser.get(reverse("tours:photo", args=[problem.case.number, "a" * 64])).status_code == 404


def test_the_page_of_the_matter_says_on_which_tour_it_was_raised(logged_in, tour):
    case = a_decision(stops(tour)[0]).case
    page = logged_in(cast.officer()).get(reverse("cases:show", args=[case.number])).content.decode()
    assert tour.title in page and "2026-11-27" in page and "期限" in page


def test_nothing_else_of_cases_opens_for_a_leader(logged_in, tour):
    leader = cast.leader()
    problem = a_decision(stops(tour)[0], leader)
    browser = logged_in(leader)
    assert browser.get(reverse("cases:show", args=[problem.case.number])).status_code == 403
    assert browser.get(reverse("cases:workbench")).status_code == 403

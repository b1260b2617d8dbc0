"""The page of a case: what it says, what may be done, whom to call."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests import cast
from tests.engines.cases.case_cast import TRIED, a_unit, handled, opened, step
from tests.engines.cases.page_cast import shown, take, upload
from wangge.engines.cases import kinds
from wangge.engines.cases.actions import Reporter
from wangge.foundation.access.models import Reading
from wangge.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db
CALLER = Reporter("刘反映", "10012345678")


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_holds_however_many_steps(number, logged_in):
    case = opened()
    for at in range(number - 1):
        step(case, "look", words=f"看过{at}", photos=(("a" * 64, "before"),))
    page = shown(logged_in(cast.secretary()), case)
    assert page.count('<li class="case-did') == number
    assert case.number in page and "待受理" in page and "三级（社区处置）" in page and "还剩" in page


def test_only_steps_that_i_may_take_now_are_forms(logged_in):
    case = opened()
    worker, secretary = shown(logged_in(cast.worker()), case), shown(logged_in(cast.secretary()), case)
    assert 'id="do-file"' in secretary and 'id="do-file"' not in worker
    assert 'id="do-self"' in worker and 'id="do-self"' not in secretary
    assert 'id="do-close"' not in secretary


def test_units_are_offered_with_how_busy_they_are(logged_in):
    case, unit = opened(), a_unit("环卫站")
    step(case, "file", level="third")
    assert f"{unit.name}（在办 0 件，今天没排值班）" in shown(logged_in(cast.secretary()), case)


def test_the_reporter_is_masked_and_shown_only_for_a_reason_that_is_logged(logged_in):
    case, secretary = opened(reporter=CALLER), cast.secretary()
    browser = logged_in(secretary)
    page = shown(browser, case)
    assert CALLER.name not in page and CALLER.phone not in page and "刘*映" in page
    address = reverse("cases:reveal", args=[case.number])
    assert browser.post(address, {"reason": ""}).status_code == 422
    answer = browser.post(address, {"reason": "回电话"}).content.decode()
    assert CALLER.name in answer and CALLER.phone in answer
    assert Entry.objects.get(kind="case.revealed").reason == "回电话"
    assert Reading.objects.filter(what="reveal", actor=secretary.username).count() == 1


def test_who_may_not_reveal_has_no_button_for_it(logged_in):
    from wangge.foundation.access.enums import Role

    hand = cast.person_with((Role.DEPARTMENT, cast.DISTRICT))
    case = opened(reporter=CALLER)
    step(case, "file", level="third")
    step(case, "dispatch", unit=a_unit("环卫站", hand))
    browser = logged_in(hand)
    assert 'data-opens="reveal"' not in shown(browser, case)
    answer = browser.post(reverse("cases:reveal", args=[case.number]), {"reason": "回电话"})
    assert answer.status_code == 403 and CALLER.phone not in answer.content.decode()


def test_photos_before_and_after_stand_side_by_side(logged_in):
    case, browser = opened(), logged_in(cast.secretary())
    assert take(browser, case, "file", level="third", photos=[upload()]).status_code == 302
    assert "处置前后" not in shown(browser, case)
    step(case, "dispatch", unit=a_unit("环卫站"))
    take(browser, case, "take")
    assert take(browser, case, "answer", words="清了", photos=[upload(name="后.jpg")]).status_code == 302
    page = shown(browser, case)
    assert "处置前后" in page and 'class="card-body case-compare"' in page


def test_a_photo_is_given_out_by_its_case_alone(logged_in):
    case, other, browser = opened(), opened(), logged_in(cast.secretary())
    take(browser, case, "file", level="third", photos=[upload()])
    digest = case.steps.get(key="file").photos[0]["digest"]
    answer = browser.get(reverse("cases:photo", args=[case.number, digest]))
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "image/jpeg"
    assert browser.get(reverse("cases:photo", args=[other.number, digest])).status_code == 404
    stranger = logged_in(cast.secretary(cast.OTHER_COMMUNITY))
    assert stranger.get(reverse("cases:photo", args=[case.number, digest])).status_code == 404


def test_a_photo_that_has_not_arrived_says_so(logged_in):
    case = handled(opened())
    assert "照片还在路上" in shown(logged_in(cast.secretary()), case)


def test_open_cases_like_it_are_offered_for_merging(logged_in):
    case, like = opened(), opened()
    page = shown(logged_in(cast.secretary()), case)
    assert "可能是同一件" in page and f'data-value="{like.number}"' in page
    assert f'data-value="{case.number}"' not in page


def test_a_system_has_its_own_part_of_the_page(logged_in, tmp_path):
    case = opened()
    panel = lambda each: ("cases/_contacts.html", {"error": f"自己的{each.number}"})  # noqa: E731
    kinds.register(kinds.System(TRIED.key, TRIED.name, TRIED.route, TRIED.kinds, TRIED.procedures, panel))
    try:
        assert f"自己的{case.number}" in shown(logged_in(cast.secretary()), case)
    finally:
        kinds.register(TRIED)


def test_the_picture_marks_where_the_case_stands(logged_in):
    page = shown(logged_in(cast.secretary()), opened())
    assert 'data-state="waiting"' in page and 'aria-current="step"' in page

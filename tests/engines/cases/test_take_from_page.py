"""A step from the page: once, never behind somebody else's back, and nothing typed is lost."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.engines.cases.case_cast import a_unit, handled, opened, step
from tests.engines.cases.page_cast import picture, take, upload
from wangge.engines.cases.actions import photos
from wangge.foundation.photos.models import Photo

pytestmark = pytest.mark.django_db


def test_a_double_click_is_one_step(logged_in):
    case, browser, op = opened(), logged_in(cast.secretary()), str(uuid4())
    told = {"step": "file", "op": op, "seen": 1, "level": "third"}
    address = reverse("cases:take", args=[case.number])
    answers = [browser.post(address, told) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url and answers[0].url.endswith("#step-2")
    assert case.steps.count() == 2


def test_behind_somebody_elses_step_the_words_are_kept_and_the_newest_step_is_named(logged_in):
    case, secretary = opened(), logged_in(cast.secretary())
    step(case, "look", cast.worker(), words="看过", photos=(("a" * 64, "before"),))
    answer = take(secretary, case, "refuse", seen=1, words="不属于我们管")
    page = answer.content.decode()
    assert answer.status_code == 409 and case.steps.count() == 2
    assert (
        "王格" in page and "现场核实" in page and "不属于我们管" in page and 'name="seen" value="2"' in page
    )
    assert take(secretary, case, "refuse", words="不属于我们管").status_code == 302


def test_a_step_that_is_not_possible_any_more_leaves_the_words_to_copy(logged_in):
    case, secretary = opened(), logged_in(cast.secretary())
    step(case, "file", cast.officer(), level="third")
    answer = take(secretary, case, "refuse", seen=1, words="不属于我们管")
    page = answer.content.decode()
    assert answer.status_code == 422 and "待派遣" in page and "不属于我们管" in page


def test_what_is_missing_is_said_at_the_field(logged_in):
    case = opened()
    answer = take(logged_in(cast.worker()), case, "look", words="")
    page = answer.content.decode()
    assert answer.status_code == 422 and case.steps.count() == 1
    assert "请拍一张照片" in page and "这个字段是必填项" in page


def test_photos_that_arrived_need_not_be_chosen_again(logged_in):
    case, browser = opened(), logged_in(cast.worker())
    step(case, "look", cast.secretary(), words="看过", photos=(("a" * 64, "before"),))
    page = take(browser, case, "look", seen=1, words="看过了", photos=[upload()]).content.decode()
    kept = re.search(r'name="kept" value="([^"]+)"', page)
    assert kept and "已收到 1 张照片" in page
    assert take(browser, case, "look", words="看过了", kept=kept[1]).status_code == 302
    assert len(case.steps.last().photos) == 1
    forged = take(browser, case, "look", words="看过了", kept=kept[1][:-2])
    assert forged.status_code == 422


def test_a_photo_of_sixty_megabytes_is_refused_plainly(logged_in, monkeypatch):
    case = opened()
    big = upload(b"\xff\xd8" + b"0" * (60 * 1024 * 1024), "大.jpg")
    answer = take(logged_in(cast.worker()), case, "look", words="看过", photos=[big])
    assert answer.status_code == 422 and "照片有 60 MB，最多 40 MB" in answer.content.decode()
    assert Photo._base_manager.count() == 0 and case.steps.count() == 1


def test_a_photo_larger_than_we_keep_is_made_smaller(monkeypatch):
    content = picture(size=(600, 400), kind="PNG")
    monkeypatch.setattr(photos.photos, "LARGEST", len(content) - 1)
    monkeypatch.setattr(photos, "EDGE", 100)
    digest = photos.keep_photo(actor="test", content=content, area_code=cast.GRID)
    kept = Photo._base_manager.get(digest=digest)
    assert (kept.kind, kept.width, kept.height) == ("jpeg", 100, 67)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空"),
        (b"no picture at all", "不是照片"),
        (picture()[:-200], "损坏"),
        (b"GIF89a" + b"0" * 90, "格式"),
    ],
)
def test_what_is_no_photo_is_told_apart(content, words, logged_in):
    answer = take(logged_in(cast.worker()), opened(), "look", words="看过", photos=[upload(content)])
    assert answer.status_code == 422 and words in answer.content.decode()


def test_ten_photos_are_one_too_many(logged_in):
    files = [upload(picture(size=(10 + n, 10))) for n in range(10)]
    answer = take(logged_in(cast.worker()), opened(), "look", words="看过", photos=files)
    assert answer.status_code == 422 and "一次最多 9 张" in answer.content.decode()


def test_who_raised_it_is_told_that_another_has_to_close_it(logged_in):
    secretary = cast.secretary()
    case = handled(opened(secretary, source="resident"))
    step(case, "verify", cast.officer(), photos=(("b" * 64, "after"),))
    answer = take(logged_in(secretary), case, "close")
    assert answer.status_code == 403 and "要由别人来办" in answer.content.decode()
    case.refresh_from_db()
    assert case.state == "verified"


def test_more_time_is_asked_for_and_granted_by_day(logged_in):
    hand, unit = cast.secretary(), a_unit("二所")
    case = opened()
    step(case, "file", level="third")
    step(case, "dispatch", unit=unit)
    step(case, "take")
    step(case, "ask_time", words="配件没到", until=timezone.now() + timedelta(days=9))
    day = timezone.localdate() + timedelta(days=9)
    officer = logged_in(cast.officer())
    assert take(officer, case, "grant", until="2020-01-01").status_code == 422
    assert take(officer, case, "grant", until=day.isoformat()).status_code == 302
    assert hand.pk and timezone.localtime(case.clocks.get(key="handle", stopped_at=None).until).date() == day


def test_a_step_that_the_procedure_does_not_know_changes_nothing(logged_in):
    case = opened()
    assert take(logged_in(cast.secretary()), case, "不存在").status_code == 302
    assert case.steps.count() == 1


def test_one_case_is_merged_into_another_from_its_page(logged_in):
    case, other, browser = opened(), opened(), logged_in(cast.secretary())
    nowhere = take(browser, case, "merge", case="26000000000")
    assert nowhere.status_code == 422 and "没有找到这个编号" in nowhere.content.decode()
    assert take(browser, case, "merge", case=other.number).status_code == 302
    case.refresh_from_db()
    assert case.merged_into == other


def test_a_part_is_split_off_once(logged_in):
    case, browser = opened(), logged_in(cast.secretary())
    told = {"op": str(uuid4()), "kind": "noise", "title": "另有噪声", "words": "", "why": "两件事"}
    address = reverse("cases:split", args=[case.number])
    answers = [browser.post(address, told) for _time in range(2)]
    part = case.parts.get()
    assert [answer.status_code for answer in answers] == [302, 302] and part.number in answers[0].url
    assert browser.post(address, told | {"title": ""}).status_code == 422
    assert logged_in(cast.worker()).post(address, told | {"op": str(uuid4())}).status_code == 403

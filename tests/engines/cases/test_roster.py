"""A month's roster, ticked or pasted."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tests import cast
from tests.engines.cases.case_cast import a_unit
from wangge.engines.cases.reading.roster import read_roster

MONTH = date(2026, 12, 1)
PEOPLE = {"张三": [1], "李四": [2], "王五": [3, 4], "wang5": [3]}


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-01\t张三\n2026-12-02\t李四",
        "日期\t值班人\n2026/12/1\t张三\n2026/12/2\t李四",
        "12月1日 星期二 张三\n12月2日（星期三） 李四",
        "1 张三\n2号 李四\n",
        "2026年12月1日\t\t张三\n12/2\t李四、李四",
    ],
)
def test_days_are_read_however_they_are_written(text):
    read = read_roster(text, MONTH, PEOPLE)
    assert read.faults == [] and read.days == [(date(2026, 12, 1), 1), (date(2026, 12, 2), 2)]


def test_two_on_one_day():
    assert read_roster("5\t张三、李四", MONTH, PEOPLE).days == [
        (date(2026, 12, 5), 1),
        (date(2026, 12, 5), 2),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1\t赵六", "第 1 行“赵六”不是本单位的成员"),
        ("1\t王五", "第 1 行“王五”有 2 个同名的人"),
        ("32\t张三", "第 1 行“32”不是 2026-12 里的日期"),
        ("2026-11-30\t张三", "不是 2026-12 里的日期"),
        ("1\t张三\n明天\t李四", "第 2 行“明天”不是日期"),
        ("1 张三\n" * 401, "最多 400 行"),
    ],
)
def test_what_cannot_be_read_is_told_by_line(text, words):
    assert any(words in fault for fault in read_roster(text, MONTH, PEOPLE).faults)


def test_an_account_tells_two_of_one_name_apart():
    assert read_roster("1 wang5", MONTH, PEOPLE).days == [(date(2026, 12, 1), 3)]


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_the_month_has_every_day_for_everyone(number, logged_in):
    unit = a_unit("巡防队", *(cast.worker() for _one in range(number)), area_code=cast.COMMUNITY)
    address = reverse("cases:roster", args=[unit.pk]) + "?month=2026-12"
    page = logged_in(cast.secretary()).get(address).content.decode()
    assert page.count('name="on"') == 31 * number


@pytest.mark.django_db
def test_a_paste_is_shown_first_and_saved_with_the_ticks(logged_in):
    hand = cast.person_with(("grid_worker", cast.GRID), name="巡一")
    unit = a_unit("巡防队", hand, area_code=cast.COMMUNITY)
    browser = logged_in(cast.secretary())
    address = reverse("cases:roster", args=[unit.pk]) + "?month=2099-12"
    page = browser.post(address, {"do": "paste", "text": "1\t巡一\n31\t巡一"})
    assert page.status_code == 200 and page.content.decode().count(" checked") == 2
    assert unit.roster.count() == 0
    ticks = {"on": [f"2099-12-01:{hand.pk}", f"2099-12-31:{hand.pk}", "2099-13-01:1", "x"]}
    assert browser.post(address, ticks).status_code == 302
    assert unit.roster.count() == 2
    wrong = browser.post(address, {"do": "paste", "text": "1\t没人"})
    assert wrong.status_code == 422 and "不是本单位的成员" in wrong.content.decode()
    assert browser.post(address, {"do": "paste", "text": ""}).status_code == 422


@pytest.mark.django_db
def test_a_month_that_is_none_is_this_one(logged_in):
    unit = a_unit("巡防队", cast.worker(), area_code=cast.COMMUNITY)
    for month in ("", "x", "2026-13", "0-0", "99999-1"):
        address = reverse("cases:roster", args=[unit.pk]) + f"?month={month}"
        assert logged_in(cast.secretary()).get(address).status_code == 200

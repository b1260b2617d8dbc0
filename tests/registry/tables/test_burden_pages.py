"""The burden meter on the screen, as a workbook and on the command line: the same figures."""

from __future__ import annotations

import io
import json
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.cast import OTHER_COMMUNITY, TOWN, leader, secretary
from tests.registry.tables.asking_cast import a_fill, a_request
from wangge.foundation.territory.models import Setting
from wangge.site.cli import main

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
DAY = date(2026, 11, 10)


@pytest.fixture
def filled():
    first = a_request(title="=饮水表", department="水务局", new_columns=1)
    a_fill(first, DAY, filled=1234, masked=66, empty=700)
    a_fill(
        a_request(title="老人表", department="民政局", fields=["name", "age"]), date(2026, 11, 12), filled=10
    )
    Setting.objects.create(key="burden.minutes_per_cell", value=0.5, note="示例")
    Setting.objects.create(key="burden.minutes_per_table", value=20, note="示例")
    return first


def page(browser, name="burden", **more):
    address = reverse(f"tables:{name}", kwargs=more.pop("kwargs", None))
    return browser.get(address, {"month": "2026-11"} | more)


def test_the_page_shows_each_department_and_the_sum(filled, logged_in):
    text = page(logged_in(leader())).content.decode()
    for said in ("水务局", "民政局", "1,310", "2,010", "65.17%", "50.00%", "示例"):
        assert said in text


def test_every_figure_opens_its_rows(filled, logged_in):
    browser = logged_in(leader())
    text = page(browser).content.decode()
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*burden/rows/[^"]*)"', text)}
    assert len(links) >= 10
    for link in links:
        assert browser.get(link).status_code == 200
    duplicates = page(browser, "burden_rows", kwargs={"of": "duplicates"}).content.decode()
    assert "姓名" in duplicates
    assert "老人表" in duplicates
    assert (
        "=饮水表"
        in page(browser, "burden_rows", kwargs={"of": "fills"}, department="水务局").content.decode()
    )


@pytest.mark.parametrize("of", ["fills", "duplicates", "questions", "entered", "every", "now", "before"])
def test_a_figure_of_nothing_opens_an_empty_list(of, logged_in):
    assert "没有这样的行" in page(logged_in(leader()), "burden_rows", kwargs={"of": of}).content.decode()


def test_a_month_of_nothing_shows_dashes(logged_in):
    text = page(logged_in(leader()), month="2020-01").content.decode()
    assert "这个月没有填过部门报表" in text
    assert text.count("—") >= 3


def test_without_settings_the_minutes_are_not_known(logged_in):
    a_fill(a_request(), DAY, filled=10)
    text = page(logged_in(leader())).content.decode()
    assert "待配置" in text
    assert '<td class="number">—</td><td class="number">—</td>' in text


@pytest.mark.parametrize("wrong", [{"month": "2026-13"}, {"before": "last"}])
def test_what_is_no_month_is_not_found(wrong, logged_in):
    assert page(logged_in(leader()), **wrong).status_code == 404
    unknown = page(logged_in(leader()), "burden_rows", kwargs={"of": "people"})
    assert unknown.status_code == 404


def test_nobody_sees_figures_of_another_area(filled, logged_in):
    a_fill(a_request(area_code=OTHER_COMMUNITY, title="别处的表", department="教育局"), DAY, filled=5)
    browser = logged_in(secretary(TOWN))
    assert "教育局" not in page(browser).content.decode()
    assert "别处的表" not in page(browser, "burden_rows", kwargs={"of": "fills"}).content.decode()


def test_the_workbook_holds_the_same_figures_and_the_rows(filled, logged_in):
    answer = page(logged_in(leader()), "burden_export")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    lines = {row[0]: row[1:] for row in book.get_sheet_by_name("减负表").to_python()[1:]}
    assert lines["水务局"][:6] == [1, 1, 2000, 1300, "65.00%", 700]
    assert lines["合计"][8:] == [655, 390]
    assert book.get_sheet_by_name("填表明细").to_python()[1][0] == "=饮水表"
    assert [row[0] for row in book.get_sheet_by_name("重复的项").to_python()[1:]] == ["姓名"]
    assert ["一次录入率", "50.00%", 1, 2] in book.get_sheet_by_name("两率").to_python()


def test_the_page_takes_as_many_queries_with_one_row_as_with_three(logged_in):
    browser = logged_in(leader())
    a_fill(a_request(department="甲局"), DAY)
    page(browser)
    with CaptureQueriesContext(connection) as one:
        page(browser)
    for name in ("乙局", "丙局"):
        a_fill(a_request(department=name), DAY)
    with CaptureQueriesContext(connection) as three:
        page(browser)
    assert len(one) == len(three)


def test_the_command_line_says_the_same(filled, capsys):
    assert main(["table", "burden", "--month", "2026-11", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["total"]["cells"], told["total"]["given"], told["total"]["minutes_saved"]) == (
        2010,
        1310,
        655,
    )
    assert (told["entered_once"], told["before"]) == ({"part": 1, "whole": 2, "percent": 50.0}, "2025-11")
    assert told["reduction_tables"]["percent"] is None
    assert main(["table", "burden", "--month", "2026-11", "--department", "民政局", "--json"]) == 0
    [line] = json.loads(capsys.readouterr().out)["departments"]
    assert (line["department"], line["duplicates"]) == ("民政局", 1)


def test_the_command_line_speaks_to_people_and_refuses_what_is_no_month(filled, capsys):
    assert main(["table", "burden", "--month", "2026-11"]) == 0
    assert "合计\t2\t2\t2010" in capsys.readouterr().out
    assert main(["table", "burden", "--month", "11月"]) == 1
    assert "2026-11" in capsys.readouterr().err
    assert main(["table", "burden"]) == 0

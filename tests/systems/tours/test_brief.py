"""生成汇报: one page of text and figures with its as-of time, as page, docx and PDF (S11, S31)."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from tests import cast
from tests.registry.ledgers import ledger_cast as people
from tests.systems.tours.tour_cast import a_decision, a_difficulty, a_tour, reported_done, step, stops
from wangge.engines.cases.models import Case
from wangge.foundation.journal.models import Entry
from wangge.lib.fonts import NoFont, chinese_family
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.tours.queries.briefing import briefing_of

pytestmark = pytest.mark.django_db


def told(tour, stop=None):
    with within(EVERYWHERE):
        return briefing_of(tour, stop)


def text_of(content):
    paper = Document(io.BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([line.text for line in paper.paragraphs] + cells)


def needs_font():
    try:
        chinese_family()
    except NoFont as why:
        pytest.skip(str(why))


def test_the_sentences_say_what_the_rows_say():
    with within(EVERYWHERE):
        people.lives(people.a_person("欧阳某人"), cast.GRID, room=people.a_room(cast.GRID, "101"))
    tour = a_tour(cast.COMMUNITY, cast.OTHER_COMMUNITY)
    here, _there = stops(tour)
    a_decision(here)
    late = a_decision(here).case
    Case._base_manager.filter(pk=late.pk).update(due_at=timezone.now() - timedelta(hours=1))
    opening, first, second, raised = told(tour).paragraphs
    assert "2026-11-27，区委主要领导带队到甲街道 甲一社区、乙街道 乙一社区调研。" in opening
    assert "区政府分管领导、镇街主要负责人" in opening and "居住人口 1 人" in first
    assert "在办事项 2 件（调研督导 2），其中超时 1 件" in first and "目前没有在办事项" in second
    assert raised == "现场提出问题 2 个，其中当场交办 2 件；已办结 0 件，超时 1 件。"


def test_of_one_stop_it_tells_that_one_only():
    tour = a_tour(cast.COMMUNITY, cast.OTHER_COMMUNITY)
    here, there = stops(tour)
    a_decision(there)
    page = told(tour, here)
    assert page.title == "甲街道 甲一社区工作汇报" and "现场没有提出问题" in page.paragraphs[-1]
    assert len(page.figures.heads) == 4 and not page.problems.rows


def test_what_is_over_is_counted_but_not_listed():
    tour = a_tour()
    case = reported_done(a_decision(stops(tour)[0])).case
    assert [row[0] for row in told(tour).problems.rows] == [case.number]
    step(case, "close")
    assert not told(tour).problems.rows and "已办结 1 件" in told(tour).paragraphs[-1]


def test_no_person_of_the_register_stands_in_it():
    with within(EVERYWHERE):
        people.lives(people.a_person("欧阳某人", phone="10077777777"), cast.GRID)
    page = str(told(a_tour()))
    assert "欧阳某人" not in page and "10077777777" not in page


def test_the_docx_has_title_moment_sentences_figures_and_open_problems(logged_in):
    tour = a_tour()
    case = a_difficulty(stops(tour)[0]).case
    answer = logged_in(cast.leader()).get(reverse("tours:briefing_file", args=[tour.pk, "docx"]))
    text = text_of(answer.content)
    assert "网格管理调研汇报材料" in text and re.search(r"数据截至 \d{4}-\d\d-\d\d \d\d:\d\d", text)
    assert case.number in text and "居住人口" in text and "村（社区）" in text
    assert Entry._base_manager.get(kind="tour.briefed").data == {"form": "docx", "stops": 2}
    assert "filename*=utf-8''" in answer["Content-Disposition"]


@pytest.mark.parametrize("many", [2, 12])
def test_the_pdf_is_one_page(logged_in, many):
    needs_font()
    tour = a_tour(*[cast.COMMUNITY, cast.OTHER_COMMUNITY] * (many // 2), topics="网格" * 100)
    first = stops(tour)[0]
    for number in range(many):
        a_decision(first, title=f"第{number}个问题" + "很长" * 20)
    answer = logged_in(cast.leader()).get(reverse("tours:briefing_file", args=[tour.pk, "pdf"]))
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", answer.content)) == 1


def test_where_there_is_no_font_the_page_says_what_to_install(logged_in, monkeypatch):
    def none(told):
        raise NoFont("请安装字体")

    from wangge.systems.tours.console import briefing

    monkeypatch.setitem(briefing.FORMS, "pdf", ("application/pdf", none))
    answer = logged_in(cast.leader()).get(reverse("tours:briefing_file", args=[a_tour().pk, "pdf"]))
    assert answer.status_code == 422 and "请安装字体" in answer.content.decode()


@pytest.mark.parametrize("address", ["?stop=0", "?stop=x"])
def test_a_stop_of_another_tour_is_none(logged_in, address):
    found = reverse("tours:briefing", args=[a_tour().pk]) + address
    assert logged_in(cast.leader()).get(found).status_code == 404


def test_a_form_that_is_none(logged_in):
    found = reverse("tours:briefing_file", args=[a_tour().pk, "odt"])
    assert logged_in(cast.leader()).get(found).status_code == 404

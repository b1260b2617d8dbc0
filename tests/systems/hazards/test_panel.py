"""What hazards add to the page of a case."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from tests.systems.hazards.hazard_cast import a_hazard, a_room, a_unit
from wangge.systems.hazards.actions.notices import Told, issue_notice
from wangge.systems.hazards.console.panel import panel_of
from wangge.systems.hazards.queries.about import About

pytestmark = pytest.mark.django_db


def panel(case):
    template, context = panel_of(case)
    return render_to_string(template, context)


def test_it_says_how_it_should_be_leads_to_the_file_and_offers_a_notice():
    page = panel(a_hazard(about=About("rooms", a_room()), standard="通道畅通"))
    assert "通道畅通" in page and "一户一档" in page and "开整改通知书" in page


def test_an_issued_notice_stands_there_and_none_is_offered_any_more():
    case = a_hazard()
    told = Told(uuid4(), "101", "堆物", "畅通", timezone.localdate() + timedelta(days=2))
    issue_notice(actor="test", case=case, told=told)
    case.refresh_from_db()
    page = panel(case)
    assert f"{case.number}-1" in page and "开整改通知书" not in page


def test_a_major_one_names_its_authority_or_says_that_nobody_is_named():
    case = a_hazard(level="major")
    assert "没有指定主管部门" in panel(case)
    a_unit("消防大队", classes=("other",))
    assert "消防大队" in panel(case)
    assert "没有指定主管部门" not in panel(a_hazard())

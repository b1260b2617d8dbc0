"""What is late now, by area and by unit; each number opens its rows on the workbench."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.engines.cases.case_cast import a_unit, opened
from wangge.engines.cases.models import Case

pytestmark = pytest.mark.django_db


def late_case(**more) -> Case:
    case = opened(**more)
    Case._base_manager.filter(pk=case.pk).update(due_at=timezone.now() - timedelta(hours=1))
    return case


def page_of(client, **asked) -> str:
    answer = client.get(reverse("insight:late"), asked)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_late_ones_are_counted_by_area_and_by_unit_and_open_their_rows(logged_in):
    given, loose = late_case(title="给了环卫的"), late_case(title="没人管的")
    late_case(title="隔壁的", area=cast.OTHER_GRID)
    opened(title="还来得及的")
    unit = a_unit("环卫中队")
    Case._base_manager.filter(pk=given.pk).update(unit=unit)
    client = logged_in(cast.officer())
    page = page_of(client)
    assert "环卫中队" in page and "还没有派给单位" in page and "乙" not in page
    (link,) = re.findall(rf'href="([^"]*unit={unit.pk}[^"]*)"', page)
    rows = client.get(link).content.decode()
    assert "给了环卫的" in rows and "没人管的" not in rows
    (link,) = re.findall(r'href="([^"]*unit=none[^"]*)"', page)
    rows = client.get(link).content.decode()
    assert "没人管的" in rows and "给了环卫的" not in rows and "还来得及的" not in rows
    assert loose.number in rows


def test_a_grid_opens_its_own_rows_only(logged_in):
    late_case(title="网格里的")
    late_case(title="社区的", area=cast.COMMUNITY)
    client = logged_in(cast.secretary())
    page = page_of(client, area=cast.COMMUNITY)
    (link,) = re.findall(rf'href="([^"]*cases/\?[^"]*area={cast.GRID}[^"]*)"', page)
    rows = client.get(link).content.decode()
    assert "网格里的" in rows and "社区的" not in rows


def test_a_leader_sees_how_many_and_no_rows(logged_in):
    late_case()
    page = page_of(logged_in(cast.leader()))
    assert "甲街道" in page and "/console/cases/" not in page[page.index("<main") :]


def test_nothing_late_says_so(logged_in):
    opened()
    assert "没有超时的事项" in page_of(logged_in(cast.secretary()))

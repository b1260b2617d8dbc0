"""The workbench: what runs out first on top, counts that open their rows, pages by cursor."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests import cast
from tests.engines.cases.case_cast import a_unit, handled, opened, step
from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.listing import Wanted, page_of, rows_of
from wangge.foundation.access.enums import Role
from wangge.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db
ALL = "?who=all"


def listed(browser, query: str = "") -> list[str]:
    """The numbers on the page, in order."""
    page = browser.get(reverse("cases:workbench") + query).content.decode()
    return re.findall(r"/console/cases/(\d{11})/", page)


def tile(browser, show: str, query: str = "") -> str:
    page = browser.get(reverse("cases:workbench") + query).content.decode()
    found = re.search(rf'show={show}[^>]*><span class="tile-number">([^<]*)<', page)
    return found[1] if found else ""


def due(case: Case, hours: float | None) -> Case:
    moment = None if hours is None else timezone.now() + timedelta(hours=hours)
    Case._base_manager.filter(pk=case.pk).update(due_at=moment)
    return case


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_holds_however_many_rows(number, logged_in):
    cases = {opened(title=f"第{n}件").number for n in range(number)}
    assert set(listed(logged_in(cast.secretary()))) == cases


def test_an_empty_one_says_so(logged_in):
    page = logged_in(cast.secretary()).get(reverse("cases:workbench")).content.decode()
    assert "没有等您办的事项" in page


def test_what_runs_out_first_stands_on_top_and_what_never_does_at_the_end(logged_in):
    calm, late, never = due(opened(), 50), due(opened(), -3), due(opened(), None)
    browser = logged_in(cast.secretary())
    assert listed(browser) == [late.number, calm.number, never.number]
    page = browser.get(reverse("cases:workbench")).content.decode()
    assert "超时 3 小时" in page and "还剩 2 天" in page and "不限时" in page


def test_every_count_opens_its_rows(logged_in):
    late, soon = due(opened(), -3), due(opened(), 5)
    due(opened(), 90)
    browser = logged_in(cast.secretary())
    assert [tile(browser, show) for show in ("open", "late", "soon", "paused")] == ["3", "1", "1", "0"]
    assert listed(browser, "?show=late") == [late.number]
    assert listed(browser, "?show=soon") == [soon.number]
    assert listed(browser, "?show=paused") == []


def test_mine_is_what_i_can_do_something_about_now(logged_in):
    case = opened()
    worker, secretary = logged_in(cast.worker()), logged_in(cast.secretary())
    step(case, "file", level="third")
    assert listed(worker) == [] and listed(worker, ALL) == [case.number]
    assert listed(secretary) == [case.number]


def test_a_department_sees_what_was_given_to_its_unit_and_nothing_else(logged_in):
    hand = cast.person_with((Role.DEPARTMENT, cast.DISTRICT))
    given, other = opened(), opened()
    step(given, "file", level="third")
    step(given, "dispatch", unit=a_unit("环卫站", hand))
    assert listed(logged_in(hand), ALL) == [given.number]
    assert logged_in(hand).get(reverse("cases:show", args=[other.number])).status_code == 404


def test_filters_narrow_and_nonsense_is_left_out(logged_in):
    noise = opened(kind="noise", title="夜里施工", address="江边路 3 号")
    opened()
    browser = logged_in(cast.secretary())
    for query in ("kind=noise", "q=夜里", "q=江边路", f"q={noise.number}", "state=waiting&kind=noise"):
        assert listed(browser, f"{ALL}&{query}") == [noise.number], query
    assert listed(browser, f"{ALL}&area={cast.OTHER_COMMUNITY}") != [noise.number]
    nonsense = f"{ALL}&kind=%00&since=9999-99-99&until=0001-01-01&after=xx&show=xx&level=zz"
    assert len(listed(browser, nonsense)) == 2
    assert listed(browser, f"{ALL}&q=没有这样的") == []


def test_closed_ones_are_listed_the_newest_first_and_mine_are_those_i_took_a_step_in(logged_in):
    secretary = cast.secretary()
    case = handled(opened())
    step(case, "verify", secretary, photos=(("b" * 64, "after"),))
    step(case, "close", secretary)
    assert listed(logged_in(secretary)) == []
    assert listed(logged_in(secretary), "?show=closed") == [case.number]
    assert listed(logged_in(cast.officer()), "?show=closed") == []
    assert listed(logged_in(cast.officer()), f"{ALL}&show=closed") == [case.number]


@pytest.mark.parametrize("closed", [False, True])
def test_pages_go_on_behind_the_last_row_whatever_is_equal(closed):
    now = timezone.now()
    for number in range(7):
        case = opened(op=uuid4())
        moment = None if number > 4 else now + timedelta(hours=number // 2)
        Case._base_manager.filter(pk=case.pk).update(
            due_at=moment, closed_at=now if closed else None, raised_at=now - timedelta(hours=number // 3)
        )
    rows = rows_of("test", Wanted(show="closed" if closed else "open", mine=False), now)
    seen, after = [], ""
    for _page in range(4):
        found, after = page_of(rows, closed=closed, after=after, size=2)
        seen += found
    assert after == "" and len({case.pk for case in seen}) == len(seen) == 7
    if closed:
        assert [c.raised_at for c in seen] == sorted((c.raised_at for c in seen), reverse=True)
    else:
        assert [c.due_at is None for c in seen] == [False] * 5 + [True] * 2


def test_another_town_lists_none_of_them(logged_in):
    opened()
    assert listed(logged_in(cast.officer(cast.OTHER_TOWN)), ALL) == []


def test_the_workbook_has_the_rows_and_the_trail_says_who_took_how_many(logged_in):
    case = opened(title="=1+1 漏水")
    secretary = cast.secretary()
    answer = logged_in(secretary).get(reverse("cases:export") + ALL)
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[3]][:5] == [
        case.number,
        "垃圾",
        "三级（社区处置）",
        "待受理",
        "=1+1 漏水",
    ]
    assert secretary.username in sheet["A1"].value
    line = Entry.objects.get(kind="case.exported")
    assert line.actor == secretary.username and line.data["rows"] == 1


def test_who_may_not_export_is_told_whom_to_ask(logged_in):
    answer = logged_in(cast.worker()).get(reverse("cases:export"))
    assert answer.status_code == 403

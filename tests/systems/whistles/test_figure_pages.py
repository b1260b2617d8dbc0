"""The list, the figures of departments and of streets, each number with its rows."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.systems.whistles.whistle_cast import (
    a_matter,
    a_unit,
    approved,
    arrived,
    blown,
    call_of,
    done,
    member,
    moved,
    scored,
)
from wangge.site.waiting import tiles_for
from wangge.systems.whistles.models import Alert
from wangge.systems.whistles.queries.rates import last_month

pytestmark = pytest.mark.django_db


class TestList:
    def test_tabs_and_filters(self, logged_in):
        user = member()
        lead, late = a_unit("城管"), a_unit("迟到队", user)
        secretary = cast.secretary()
        blown(lead, title="油烟甲", actor=secretary)
        row = approved(lead, late, title="违建乙", kind="joint_enforcement")
        moved(call_of(row, late), sign_due=-timedelta(hours=1))
        browser, address = logged_in(secretary), reverse("whistles:list")
        for query, there, gone in (
            ("", ("油烟甲", "违建乙"), ()), ("?show=launched", ("油烟甲",), ("违建乙",)),
            ("?show=mine", ("油烟甲",), ("违建乙",)), ("?show=sign", ("违建乙",), ("油烟甲",)),
            ("?kind=joint_enforcement", ("违建乙",), ("油烟甲",)),
            (f"?unit={late.pk}", ("违建乙",), ("油烟甲",)),
            ("?q=油烟", ("油烟甲",), ("违建乙",)), ("?show=closed", (), ("油烟甲", "违建乙")),
        ):  # fmt: skip
            page = browser.get(address + query).content.decode()
            assert all(word in page for word in there) and not any(word in page for word in gone), query
        page = logged_in(user).get(address + "?show=unit").content.decode()
        assert "违建乙" in page and "油烟甲" not in page

    def test_as_a_workbook_a_line_a_unit(self, logged_in):
        lead, helper = a_unit("城管"), a_unit("环保")
        row = arrived(approved(lead, helper, title="=1+1"), helper)
        answer = logged_in(cast.secretary()).get(reverse("whistles:export"))
        rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
        assert [(line[0], line[1], line[8]) for line in rows[2:4]] == [
            (row.case.number, "=1+1", "城管"), (row.case.number, "=1+1", "环保"),
        ]  # fmt: skip

    def test_another_towns_are_not_there(self, logged_in):
        blown(a_unit("城管"), title="油烟甲")
        page = logged_in(cast.secretary(cast.OTHER_COMMUNITY)).get(reverse("whistles:list") + "?show=all")
        assert "油烟甲" not in page.content.decode()


class TestFigures:
    def test_departments_with_rows_and_workbook(self, logged_in):
        lead, helper = a_unit("城管"), a_unit("环保")
        row = done(approved(lead, helper), lead, helper)
        moved(call_of(row, lead), arrive_due=-timedelta(minutes=1), arrived_at=timedelta(0))
        scored(row, lead, 5, 4, 3)
        browser = logged_in(cast.officer())
        page = browser.get(reverse("whistles:departments")).content.decode()
        assert "4.00" in page and "太少，不宜比较" in page and "0.00%" in page
        rows = browser.get(reverse("whistles:departments_rows", args=[lead.pk, "late"])).content.decode()
        assert row.case.number in rows and "晚" in rows
        rows = browser.get(reverse("whistles:departments_rows", args=[0, "scores"])).content.decode()
        assert row.case.number in rows
        assert browser.get(reverse("whistles:departments_rows", args=[0, "nothing"])).status_code == 404
        book = browser.get(reverse("whistles:departments_file"))
        sheet = list(openpyxl.load_workbook(io.BytesIO(book.content)).active.values)
        assert sheet[2][0] == "合计" and {line[0] for line in sheet[3:5]} == {"城管", "环保"}

    def test_a_leader_sees_numbers_and_opens_no_rows(self, logged_in):
        lead = a_unit("城管")
        row = done(approved(lead), lead)
        browser = logged_in(cast.leader())
        for name in ("whistles:departments", "whistles:rates"):
            page = browser.get(reverse(name)).content.decode()
            assert (
                row.case.number not in page and "/departments/0/" not in page and "/rates/part/" not in page
            )
        assert browser.get(reverse("whistles:departments_rows", args=[0, "called"])).status_code == 403

    def test_rates_say_the_reason_and_that_the_bounds_are_examples(self, logged_in):
        unit = a_unit("城管")
        for _each in range(20):
            a_matter()
        for _each in range(3):
            blown(unit)
        browser = logged_in(cast.officer())
        page = browser.get(reverse("whistles:rates")).content.decode()
        assert "15.00%" in page and "偏高" in page and "20 件事吹了 3 次哨" in page and "示例" in page
        month = f"{timezone.localdate():%Y-%m}"
        rows = browser.get(reverse("whistles:rates_rows", args=["part"]) + f"?month={month}")
        assert rows.content.decode().count("油烟扰民多次反复") == 3
        book = browser.get(reverse("whistles:rates_file"))
        sheet = list(openpyxl.load_workbook(io.BytesIO(book.content)).active.values)
        assert sheet[3][:4] == ("甲街道", 3, 20, 15)

    def test_nothing_yet_is_said(self, logged_in):
        browser = logged_in(cast.officer())
        for name, words in (
            ("whistles:list", "这里没有哨"), ("whistles:departments", "没有叫过单位"),
            ("whistles:rates", "还没有事项"),
        ):  # fmt: skip
            assert words in browser.get(reverse(name)).content.decode()

    def test_an_alert_stands_on_the_board_and_the_page_of_its_street(self, logged_in):
        month = last_month().since
        given = {"month": month, "part": 0, "whole": 40, "bound": 0.5}
        Alert.objects.create(area_code=cast.TOWN, side="low", **given)
        unit = a_unit("迟到局", area_code=cast.DISTRICT)
        Alert.objects.create(area_code=cast.DISTRICT, side="late", unit=unit, **given)
        for user, seen, hidden in (
            (cast.officer(), ("吹哨率偏低",), ("迟到局",)),
            (cast.district_user(), ("吹哨率偏低", "迟到局"), ()),
            (cast.officer(cast.OTHER_TOWN), (), ("吹哨率偏低", "迟到局")),
        ):  # fmt: skip
            browser = logged_in(user)
            page = browser.get(reverse("whistles:rates")).content.decode()
            assert all(word in page for word in seen) and not any(word in page for word in hidden)
            home = browser.get(reverse("home")).content.decode()
            assert "吹哨率预警" in home
            tile = next(one for one in tiles_for(user) if one.tile.route == "whistles:rates")
            assert (tile.number, tile.level) == (str(len(seen)), "alarm" if seen else "good")

"""The console: blowing with a preview, the part of a case's page, the list, the figures."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from tests import cast
from tests.systems.whistles.whistle_cast import (
    FAR,
    a_matter,
    a_unit,
    approved,
    blown,
    call_of,
    done,
    member,
    scored,
)
from wangge.systems.whistles.models import Call, Score, Whistle

pytestmark = pytest.mark.django_db


def page_of(browser, row):
    return browser.get(reverse("cases:show", args=[row.case.number])).content.decode()


class TestBlow:
    def form(self, *units, **more):
        given = {
            "op": str(uuid4()), "kind": "key_problem", "level": "advance", "title": "油烟扰民",
            "words": "劝了五次", "units": [str(unit.pk) for unit in units], "lead": str(units[0].pk),
            "area": cast.GRID,
        }  # fmt: skip
        return given | more

    def shown(self, *units, level="advance"):
        return "-".join([*sorted(str(unit.pk) for unit in units), str(units[0].pk), level])

    def test_first_it_shows_who_would_be_told_then_it_is_sent(self, logged_in):
        lead, silent = a_unit("城管", member()), a_unit("无人队")
        browser, address = logged_in(cast.secretary()), reverse("whistles:new")
        sent = self.form(lead, silent)
        page = browser.post(address, sent).content.decode()
        assert "批准后会告知谁" in page and "无人队" in page and "没有成员" in page
        assert not Whistle._base_manager.exists()
        answer = browser.post(address, sent | {"looked": "1", "shown": self.shown(lead, silent)})
        row = Whistle._base_manager.get()
        assert answer.url == reverse("cases:show", args=[row.case.number])
        assert (
            browser.post(address, sent | {"looked": "1", "shown": self.shown(lead, silent)}).status_code
            == 302
        )
        assert Whistle._base_manager.count() == 1

    def test_what_was_changed_after_the_preview_is_shown_again(self, logged_in):
        lead, other = a_unit("城管", member()), a_unit("环保", member())
        sent = self.form(lead, other) | {"looked": "1", "shown": self.shown(lead)}
        answer = logged_in(cast.secretary()).post(reverse("whistles:new"), sent)
        assert answer.status_code == 200 and "批准后会告知谁" in answer.content.decode()
        assert not Whistle._base_manager.exists()

    def test_from_a_matter_it_has_its_place(self, logged_in):
        matter, lead = a_matter(), a_unit("城管", member())
        browser = logged_in(cast.secretary())
        address = reverse("whistles:new") + f"?case={matter.number}"
        assert matter.title in browser.get(address).content.decode()
        sent = self.form(lead) | {"looked": "1", "shown": self.shown(lead)}
        del sent["area"]
        assert browser.post(address, sent).status_code == 302
        row = Whistle._base_manager.get()
        assert (row.from_case, row.case.area_code, row.case.lon) == (matter, matter.area_code, matter.lon)
        page = browser.get(reverse("cases:show", args=[matter.number])).content.decode()
        assert row.case.number in page and "为这件事吹过哨" in page
        assert matter.number in page_of(browser, row)

    def test_a_matter_outside_ones_reach_is_not_there(self, logged_in):
        address = reverse("whistles:new") + f"?case={a_matter(area=cast.OTHER_GRID).number}"
        assert logged_in(cast.secretary()).get(address).status_code == 404

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [({"units": []}, "请选要叫到场的单位"), ({"lead": ""}, "牵头单位"), ({"words": ""}, "必填"),
         ({"area": ""}, "请选一个区域")],
        ids=["no unit", "no lead", "no reason", "nowhere"],
    )  # fmt: skip
    def test_what_is_missing_is_said(self, logged_in, wrong, said):
        lead = a_unit("城管", member())
        answer = logged_in(cast.secretary()).post(reverse("whistles:new"), self.form(lead) | wrong)
        page = answer.content.decode()
        assert answer.status_code == 422 and "油烟扰民" in page
        assert said in page or "这个字段是必填项" in page

    def test_a_unit_of_another_town_is_said(self, logged_in):
        there = a_unit("乙街道办", member(), area_code=cast.OTHER_TOWN)
        page = logged_in(cast.secretary()).post(reverse("whistles:new"), self.form(there)).content.decode()
        assert "不管这个地方" in page

    def test_the_button_stands_on_open_matters_for_whom_it_is(self, logged_in):
        address = reverse("cases:show", args=[a_matter().number])
        assert "?case=" in logged_in(cast.secretary()).get(address).content.decode()
        assert "?case=" not in logged_in(cast.worker()).get(address).content.decode()


class TestCasePage:
    def test_approving_from_the_page(self, logged_in):
        lead, helper = a_unit("城管", member()), a_unit("环保", member())
        row = blown(lead, helper, actor=cast.secretary())
        browser = logged_in(cast.officer())
        assert "批准并通知各单位" in page_of(browser, row)
        sent = {
            "about": "approve", "op": str(uuid4()), "seen": row.case.version, "level": "advance",
            "units": [str(lead.pk), str(helper.pk)], "lead": str(lead.pk),
        }  # fmt: skip
        address = reverse("whistles:approve", args=[row.case.number])
        wrong = browser.post(address, sent | {"lead": ""})
        assert wrong.status_code == 422 and not Call._base_manager.exists()
        assert browser.post(address, sent).status_code == 302 and Call._base_manager.count() == 2
        page = page_of(browser, row)
        assert "还剩" in page and "批准并通知各单位" not in page
        again = browser.post(address, sent | {"op": str(uuid4())})
        assert again.status_code in (409, 422) and "现在是" in again.content.decode()

    def test_who_blew_it_is_told_that_another_approves(self, logged_in):
        officer, lead = cast.officer(), a_unit("城管")
        row = blown(lead, actor=officer)
        browser = logged_in(officer)
        page = page_of(browser, row)
        assert "要由镇街或区中心的别人批准" in page and "批准并通知各单位" not in page
        sent = {"op": str(uuid4()), "seen": row.case.version, "level": "advance", "units": [str(lead.pk)],
                "lead": str(lead.pk)}  # fmt: skip
        assert browser.post(reverse("whistles:approve", args=[row.case.number]), sent).status_code == 403

    def test_a_helper_reports_in_from_the_page(self, logged_in):
        user = member()
        lead, helper = a_unit("城管"), a_unit("环保", user)
        row = approved(lead, helper)
        browser, call = logged_in(user), call_of(row, helper)
        page = page_of(browser, row)
        assert "环保：签收" in page and "环保：到场报到" not in page and "没有轮到您办" not in page
        address = reverse("whistles:report", args=[call.pk])
        assert browser.post(address, {"op": str(uuid4()), "what": "sign"}).status_code == 302
        nothing = browser.post(address, {"op": str(uuid4()), "what": "contact", "words": ""})
        assert nothing.status_code == 422
        assert (
            browser.post(address, {"op": str(uuid4()), "what": "contact", "words": "已致电"}).status_code
            == 302
        )
        nowhere = browser.post(address, {"op": str(uuid4()), "what": "arrive"})
        assert nowhere.status_code == 422 and "用我现在的位置" in nowhere.content.decode()
        sent = {"op": str(uuid4()), "what": "arrive", "lon": FAR[0], "lat": FAR[1]}
        far = browser.post(address, sent, follow=True).content.decode()
        assert "离现场 2.1 km" in far and "（远）" in far
        assert "已致电" in far

    def test_a_colleague_who_was_first_is_named(self, logged_in):
        one, two = member(), member()
        helper = a_unit("环保", one, two)
        row = approved(a_unit("城管"), helper)
        address = reverse("whistles:report", args=[call_of(row, helper).pk])
        assert logged_in(one).post(address, {"op": str(uuid4()), "what": "sign"}).status_code == 302
        second = logged_in(two).post(address, {"op": str(uuid4()), "what": "sign"})
        assert second.status_code == 409 and "刚才卜门已经“签收”" in second.content.decode()

    def test_nobody_reports_for_a_unit_that_is_not_hers(self, logged_in):
        row = approved(a_unit("城管"), a_unit("环保"))
        address = reverse("whistles:report", args=[row.calls.get(lead=False).pk])
        assert (
            logged_in(cast.officer()).post(address, {"op": str(uuid4()), "what": "sign"}).status_code == 403
        )
        assert logged_in(member()).post(address, {"op": str(uuid4()), "what": "sign"}).status_code == 404

    def test_judging_and_closing_from_the_page(self, logged_in):
        lead, helper = a_unit("城管"), a_unit("环保")
        row = done(approved(lead, helper), lead, helper)
        browser = logged_in(cast.secretary())
        assert "还没评价：城管、环保" in page_of(browser, row)
        for unit in (lead, helper):
            address = reverse("whistles:score", args=[call_of(row, unit).pk])
            sent = {"about": f"score-{call_of(row, unit).pk}", "op": str(uuid4()), "response": "5",
                    "attitude": "4"}  # fmt: skip
            assert browser.post(address, sent).status_code == 422
            assert browser.post(address, sent | {"result": "3", "words": "按时"}).status_code == 302
        assert Score._base_manager.count() == 2 and "响应 5 · 态度 4 · 结果 3" in page_of(browser, row)
        closing = {"step": "close", "op": str(uuid4()), "seen": _version(row)}
        assert browser.post(reverse("cases:take", args=[row.case.number]), closing).status_code == 302
        row.case.refresh_from_db()
        assert row.case.closed_at

    def test_closing_too_early_says_who_is_missing(self, logged_in):
        lead, helper = a_unit("城管"), a_unit("环保")
        row = done(approved(lead, helper), lead, helper)
        scored(row, lead)
        closing = {"step": "close", "op": str(uuid4()), "seen": _version(row)}
        answer = logged_in(cast.secretary()).post(reverse("cases:take", args=[row.case.number]), closing)
        assert answer.status_code == 422 and "还没评价：环保" in answer.content.decode()

    def test_one_more_unit_from_the_page(self, logged_in):
        row, more = approved(a_unit("城管")), a_unit("水务", member())
        sent = {"op": str(uuid4()), "unit": str(more.pk), "words": "还有污水"}
        address = reverse("whistles:call", args=[row.case.number])
        assert logged_in(cast.officer()).post(address, sent).status_code == 302
        assert call_of(row, more) and logged_in(cast.secretary()).post(address, sent).status_code == 422


def _version(row):
    row.case.refresh_from_db()
    return row.case.version

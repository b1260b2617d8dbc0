"""While an order brings fields, joining and the member's page ask them and hand the answers over."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.systems.groups.door_cast import entered, hidden, invited
from tests.systems.groups.groups_cast import BOSS, creator, group, joined, phone
from wangge.systems.groups import actions
from wangge.systems.groups.actions import demands
from wangge.systems.groups.models import Member
from wangge.systems.groups.queries import order_rules
from wangge.systems.groups.queries.terms import terms
from wangge.systems.groups.rules import Declined

NUMBER = "演示〔2026〕1号"
FIELDS = [
    order_rules.Field("tested", "检测日期", "date", (), NUMBER),
    order_rules.Field("state", "状态", "choice", ("正常", "异常"), NUMBER, required=False),
    order_rules.Field("well", "身体正常", "yes_no", (), NUMBER, note="按今天的情况填"),
]
ANSWERS = {"order_tested": "2026-11-01", "order_well": "yes"}


@pytest.fixture(autouse=True)
def kept(settings, monkeypatch):
    """What was handed to the orders: member → values."""
    settings.DEMO = True
    taken: dict[int, dict] = {}
    monkeypatch.setattr(demands, "hold_order", lambda number, area: None)
    monkeypatch.setattr(order_rules, "fields_for", lambda group: FIELDS)
    monkeypatch.setattr(actions, "keep_values", lambda *, member, values: taken.update({member.pk: values}))
    return taken


def me() -> dict[str, str]:
    said = {"name": "吴甲乙", "phone": phone(1), "relation": "staff", "consent": "on"}
    return said | {"notice": terms().notice}


def test_joining_asks_them_and_hands_the_answers_over(kept):
    made = group()
    at, browser = invited(made), Client()
    assert "按今天的情况填" in browser.get(at).content.decode()
    assert browser.post(at, me()).status_code == 422
    browser.post(f"{at}code/", hidden(browser.post(at, me() | ANSWERS)))
    member = made.members.get(role="member")
    assert kept == {member.pk: {"tested": "2026-11-01", "well": "yes"}}


def test_no_answer_is_kept_in_the_groups_own_tables(kept):
    made = group()
    at, browser = invited(made), Client()
    browser.post(f"{at}code/", hidden(browser.post(at, me() | ANSWERS)))
    assert "2026-11-01" not in str(list(Member.objects.values_list()))


def test_a_member_updates_her_answers(kept):
    member = joined(group(), 1)
    browser, at = entered(phone(1)), f"/groups/mine/{member.pk}/"
    assert "应急期间要填的" in browser.get(at).content.decode()
    browser.post(f"{at}values/", {"order_tested": "昨天"})
    assert kept == {}
    browser.post(f"{at}values/", ANSWERS | {"order_state": "正常"})
    assert kept[member.pk] == {"tested": "2026-11-01", "well": "yes", "state": "正常"}


def test_an_order_that_ended_meanwhile_keeps_nobody_out(monkeypatch):
    def over(**_args):
        raise Declined("over", "应急指令已经结束，没有登记。")

    monkeypatch.setattr(actions, "keep_values", over)
    made = group()
    at, browser = invited(made), Client()
    answer = browser.post(f"{at}code/", hidden(browser.post(at, me() | ANSWERS)))
    assert "已加入" in answer.content.decode()
    assert "应急指令已经结束" in answer.content.decode()


def test_the_manager_sets_and_removes_a_demand_and_sees_who_fails(monkeypatch):
    made = group()
    joined(made, 1)
    browser, at = entered(BOSS), f"/groups/{made.pk}/demands/"
    assert at in browser.get(f"/groups/{made.pk}/").content.decode()  # there is none to begin with
    assert browser.post(at, {"field": "tested", "test": "within", "threshold": "两天"}).status_code == 422
    browser.post(at, {"field": "well", "test": "is", "threshold": "是"})
    values = {creator(made).pk: {"well": "yes"}}
    monkeypatch.setattr(order_rules, "values_of_many", lambda members: values)
    page = browser.get(at).content.decode()
    assert "吴甲乙" in page
    assert "身体正常：是" in page
    assert phone(1) not in page
    assert "有 1 名成员没有达到" in browser.get(f"/groups/{made.pk}/").content.decode()
    assert "已提醒 1 人" in browser.post(f"/groups/{made.pk}/remind/", follow=True).content.decode()
    assert "今天已经提醒过" in browser.post(f"/groups/{made.pk}/remind/", follow=True).content.decode()
    browser.post(f"{at}{made.rules.get().pk}/remove/")
    assert made.rules.count() == 0

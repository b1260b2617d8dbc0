"""What a group demands exists under an order only; who does not meet it is abnormal and reminded."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.systems.groups.groups_cast import creator, group, joined, phone, work
from wangge.gateways.sms.outbox import folder
from wangge.systems.groups import actions
from wangge.systems.groups.actions import demands
from wangge.systems.groups.models import GroupRule
from wangge.systems.groups.queries import order_rules, roster
from wangge.systems.groups.rules import Declined

TESTED = order_rules.Field("tested_at", "检测日期", "date", (), "演示〔2026〕1号")
WELL = order_rules.Field("well", "身体正常", "yes_no", (), "演示〔2026〕1号")
HEAT = order_rules.Field("heat", "体温", "number", (), "演示〔2026〕1号")
STATUS = order_rules.Field("status", "状态", "choice", ("正常", "异常"), "演示〔2026〕1号")


@pytest.fixture
def order(monkeypatch):
    """An order in force that brings two fields; the values members gave."""
    values: dict[int, dict[str, str]] = {}
    monkeypatch.setattr(demands, "hold_order", lambda number, area: None)
    monkeypatch.setattr(order_rules, "fields_for", lambda group: [TESTED, STATUS, WELL, HEAT])
    monkeypatch.setattr(order_rules, "values_of_many", lambda members: values)
    return values


def days_ago(days: int) -> str:
    return (timezone.localdate() - timedelta(days=days)).isoformat()


def test_without_an_order_there_is_nothing_to_demand():
    made = group()
    with pytest.raises(Declined, match="应急指令"):
        actions.set_rule(actor="test", group=made, field="tested_at", test="within", threshold="48")
    assert roster.abnormal(made) == {}
    assert "abnormal" not in [one.key for one in roster.statistics(made, community=True)]


def test_who_does_not_meet_the_demand_is_abnormal(order):
    made = group()
    late, good = joined(made, 1), joined(made, 2)
    actions.set_rule(actor="test", group=made, field="tested_at", test="within", threshold="48")
    order |= {creator(made).pk: {"tested_at": days_ago(0)}, late.pk: {"tested_at": days_ago(3)}}
    order |= {good.pk: {"tested_at": days_ago(1)}}
    assert list(roster.abnormal(made)) == [late.pk]
    assert [line.member.pk for line in roster.lines(made, "abnormal")] == [late.pk]
    assert {one.key: one.count for one in roster.statistics(made, community=False)}["abnormal"] == 1


@pytest.mark.parametrize("value", ["", "昨天", "2999-01-01", "2026-13-45"])
def test_a_value_that_is_no_time_in_the_past_meets_nothing(order, value):
    made = group()
    actions.set_rule(actor="test", group=made, field="tested_at", test="within", threshold="48")
    order[creator(made).pk] = {"tested_at": value}
    assert list(roster.abnormal(made)) == [creator(made).pk]


def test_a_choice_is_compared(order):
    made = group()
    actions.set_rule(actor="test", group=made, field="status", test="is", threshold="正常")
    order[creator(made).pk] = {"status": "正常"}
    assert roster.abnormal(made) == {}
    order[creator(made).pk] = {"status": "异常"}
    assert len(roster.abnormal(made)) == 1


def test_a_yes_or_no_is_demanded_in_either_word(order):
    made = group()
    for word in ("是", "yes"):
        assert (
            actions.set_rule(actor="t", group=made, field="well", test="is", threshold=word).threshold
            == "yes"
        )
    order[creator(made).pk] = {"well": "yes"}
    assert roster.abnormal(made) == {}
    for test, threshold in (("is", "也许"), ("within", "48")):
        with pytest.raises(Declined):
            actions.set_rule(actor="t", group=made, field="well", test=test, threshold=threshold)


@pytest.mark.parametrize(
    ("test", "value", "meets"),
    [("most", "37.3", True), ("most", "37.30001", False), ("least", "37.3", True), ("least", "36", False),
     ("most", "热", False), ("most", "NaN", False), ("most", "", False)],
)  # fmt: skip
def test_a_number_is_compared(order, test, value, meets):
    made = group()
    actions.set_rule(actor="t", group=made, field="heat", test=test, threshold="37.3")
    order[creator(made).pk] = {"heat": value}
    assert (roster.abnormal(made) == {}) is meets


@pytest.mark.parametrize(("field", "test"), [("heat", "within"), ("tested_at", "most"), ("status", "least")])
def test_a_demand_of_another_kind_is_refused(order, field, test):
    with pytest.raises(Declined, match="只用于"):
        actions.set_rule(actor="t", group=group(), field=field, test=test, threshold="1")


def test_reminders_go_to_the_abnormal_only(order):
    made = group()
    joined(made, 1)
    actions.set_rule(actor="test", group=made, field="tested_at", test="within", threshold="48")
    order[creator(made).pk] = {"tested_at": days_ago(0)}
    assert actions.remind(actor="test", group=made) == 1
    assert actions.remind(actor="test", group=made) == 0  # pressed twice
    work()
    sent = next(folder().glob("*.jsonl")).read_text("utf-8").splitlines()
    assert len(sent) == 1
    assert phone(1) in sent[0]
    assert "检测日期" in sent[0]


def test_setting_it_again_changes_it(order):
    made = group()
    for hours in ("48", "24"):
        actions.set_rule(actor="test", group=made, field="tested_at", test="within", threshold=hours)
    assert [rule.threshold for rule in made.rules.all()] == ["24"]


@pytest.mark.parametrize(
    ("test", "threshold"), [("within", "两天"), ("within", ""), ("is", " "), ("like", "x")]
)
def test_a_demand_that_says_nothing_is_refused(order, test, threshold):
    with pytest.raises(Declined):
        actions.set_rule(actor="test", group=group(), field="tested_at", test=test, threshold=threshold)


def test_closing_the_order_erases_the_demands_and_nobody_is_abnormal(order, monkeypatch):
    made = group()
    rule = actions.set_rule(actor="test", group=made, field="tested_at", test="within", threshold="48")
    monkeypatch.setattr(order_rules, "fields_for", lambda group: [])
    assert roster.abnormal(made) == {}
    assert actions.count_demands(rule.order_number) == 1
    assert actions.erase_demands(rule.order_number) == 1
    assert GroupRule.objects.count() == 0

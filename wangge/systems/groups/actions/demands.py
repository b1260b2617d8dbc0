"""What a group demands of its members while an emergency order is in force."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.foundation.orders.actions import hold_order

from ..enums import RuleTest
from ..models import Group, GroupRule
from ..queries import order_rules
from ..queries.demands import as_number
from ..rules import Declined

NEEDS = {
    RuleTest.WITHIN_HOURS: ("date", gettext_lazy("按时间的要求只用于日期。")),
    RuleTest.AT_MOST: ("number", gettext_lazy("比大小的要求只用于数字。")),
    RuleTest.AT_LEAST: ("number", gettext_lazy("比大小的要求只用于数字。")),
}
YES_NO = {"是": "yes", "否": "no", "yes": "yes", "no": "no"}


@transaction.atomic
def set_rule(*, actor: Any, group: Group, field: str, test: str, threshold: str) -> GroupRule:
    """Demand something of a field that an order in force brings to this group; a second time changes it.

    Raises:
        Declined: no order brings this field here, or the demand says nothing.
    """
    brought = next((one for one in order_rules.fields_for(group) if one.key == field), None)
    if brought is None:
        raise Declined("no_order", _("没有生效的应急指令带来这一项，不能设要求。"))
    wanted = _wanted(brought, test, threshold.strip()[:60])
    try:
        hold_order(brought.order_number, group.area_code)  # not closed before this is written
    except Unacceptable as why:
        raise Declined("no_order", str(why)) from why
    rule, _made = GroupRule._base_manager.update_or_create(
        group=group, order_number=brought.order_number, field=field,
        defaults={
            "label": brought.label, "test": test, "threshold": wanted,
            "set_by": journal.account_of(actor),
        },
    )  # fmt: skip
    journal.record(
        "group.rule_set", actor=actor, area=group.area_code, subject=group,
        changes={"field": field, "test": test, "order": brought.order_number},
    )  # fmt: skip
    return rule


def _wanted(brought: order_rules.Field, test: str, threshold: str) -> str:
    """The demand in the words its values are kept in."""
    if brought.kind == "yes_no":
        threshold = YES_NO.get(threshold, "")
    kind = NEEDS.get(RuleTest(test)) if test in RuleTest.values else None
    if kind and brought.kind != kind[0]:
        raise Declined("threshold", str(kind[1]))
    if test not in RuleTest.values or not _reads(test, threshold):
        raise Declined("threshold", _("请填写要求；是否题填“是”或“否”，按时间的填小时数，数字填数。"))
    return threshold


def _reads(test: str, threshold: str) -> bool:
    if test == RuleTest.WITHIN_HOURS:
        return threshold.isdecimal()
    return bool(threshold) if test == RuleTest.IS else as_number(threshold) is not None


@transaction.atomic
def remove_rule(*, actor: Any, rule: GroupRule) -> None:
    """Demand it no longer."""
    group, changes = rule.group, {"field": rule.field, "order": rule.order_number}
    rule.delete()
    journal.record("group.rule_removed", actor=actor, area=group.area_code, subject=group, changes=changes)


def count_demands(order_number: str) -> int:
    """How many demands exist only under this order; for the orders' register of rows to erase."""
    return GroupRule._base_manager.filter(order_number=order_number).count()


def erase_demands(order_number: str) -> int:
    """Erase the demands of an order that closes; returns how many."""
    return GroupRule._base_manager.filter(order_number=order_number).delete()[0]

"""A real order: its fields are asked in its area while it holds, kept with the order, and gone with it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.cast import COMMUNITY, OTHER_COMMUNITY, OTHER_TOWN
from tests.foundation.orders.orders_cast import NUMBER, started
from tests.systems.groups.groups_cast import creator, group, joined
from wangge.foundation.orders.actions import FieldSaid
from wangge.foundation.orders.erasers import stores
from wangge.foundation.orders.models import OrderValue
from wangge.systems.groups import actions
from wangge.systems.groups.models import GroupRule
from wangge.systems.groups.queries import order_rules, roster
from wangge.systems.groups.rules import Declined

FIELDS = (
    FieldSaid("group", "检测日期", "date", key="tested_on", required=True),
    FieldSaid("group", "体温", "number", key="degrees"),
    FieldSaid("declaration", "症状说明", "text", key="told"),
)


def test_the_orders_fields_are_asked_in_its_area_only():
    started(fields=FIELDS)
    assert [field.key for field in order_rules.fields_for(group(COMMUNITY))] == ["tested_on", "degrees"]
    assert order_rules.fields_for(group(OTHER_COMMUNITY, boss="10000000200")) == []


def test_what_members_say_lies_with_the_order_and_decides_who_is_abnormal():
    started(fields=FIELDS)
    made = group()
    late = joined(made, 1)
    actions.set_rule(actor="test", group=made, field="tested_on", test="within", threshold="48")
    actions.keep_values(member=creator(made), values={"tested_on": timezone.localdate().isoformat()})
    actions.keep_values(member=late, values={"tested_on": "2020-01-01", "degrees": "36.5"})
    assert OrderValue.objects.count() == 3
    assert order_rules.values_of_many([late])[late.pk] == {"tested_on": "2020-01-01", "degrees": "36.5"}
    assert list(roster.abnormal(made)) == [late.pk]


def test_a_value_that_is_none_of_its_field_is_declined():
    started(fields=FIELDS)
    with pytest.raises(Declined):
        actions.keep_values(member=creator(group()), values={"tested_on": "昨天"})
    assert OrderValue.objects.count() == 0


def test_an_order_elsewhere_brings_no_demand():
    started(areas=(OTHER_TOWN,), fields=FIELDS)
    with pytest.raises(Declined):
        actions.set_rule(actor="test", group=group(), field="tested_on", test="within", threshold="48")


def test_demands_are_among_the_rows_that_closing_erases():
    started(fields=FIELDS)
    actions.set_rule(actor="test", group=group(), field="tested_on", test="within", threshold="48")
    store = next(one for one in stores() if one.name == "group_rules")
    assert (store.count(NUMBER), store.erase(NUMBER), store.count(NUMBER)) == (1, 1, 0)
    assert GroupRule.objects.count() == 0

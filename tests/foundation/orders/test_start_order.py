"""Between its start and its end an order's fields exist in its areas, and nowhere else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.foundation.orders import orders_cast as orders
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.orders import actions, queries
from wangge.foundation.orders.queries import orders as held
from wangge.lib.scoping import NOWHERE, Reach, within

pytestmark = pytest.mark.usefixtures("ground", "everywhere")


def keys(function: str = "declaration", area: str = cast.COMMUNITY) -> list[str]:
    return [field.key for field in queries.fields_for(function, area)]


def test_a_started_order_gives_its_fields_in_its_areas_only():
    orders.started()
    assert keys() == ["tested_on", "symptoms", "told", "risk"]
    assert keys("group") == ["degrees"]
    assert keys(area=cast.GRID) == keys()
    assert keys(area=cast.OTHER_COMMUNITY) == [] and keys(area=cast.DISTRICT) == [] and keys(area="") == []


def test_a_field_knows_its_order_without_a_query(django_assert_num_queries):
    orders.started()
    (field, *_rest) = queries.fields_for("declaration", cast.COMMUNITY)
    with django_assert_num_queries(0):
        assert field.order_number == orders.NUMBER


def test_a_citizens_page_without_any_reach_gets_them_too():
    orders.started()
    with within(NOWHERE):
        assert keys()


def test_nothing_exists_before_its_start_or_after_its_end():
    now = timezone.now()
    orders.started(starts=now + timedelta(hours=1))
    assert keys() == []
    assert queries.active_orders(cast.COMMUNITY, on=now + timedelta(hours=2))
    orders.overdue(orders.started(number="2"))
    assert keys() == []


def test_a_day_means_its_noon():
    order = orders.started()
    assert queries.active_orders(cast.COMMUNITY, on=timezone.localdate() + timedelta(days=2)) == [order]
    assert queries.active_orders(cast.COMMUNITY, on=timezone.localdate() + timedelta(days=30)) == []


def test_what_is_held_in_memory_is_forgotten_by_a_start(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(held, "HELD", 60.0)
    queries.forget()
    assert keys() == []
    orders.started()
    assert keys()
    with django_assert_num_queries(0):
        assert keys()
    queries.forget()


def test_starting_twice_or_too_late_is_refused():
    order = orders.started()
    with pytest.raises(Unacceptable):
        actions.start_order(actor="test", order=order)
    late = orders.draft(number="2", starts=timezone.now() - timedelta(days=3), ends=timezone.now())
    with pytest.raises(Unacceptable):
        actions.start_order(actor="test", order=late)


def test_only_who_may_issue_there_starts():
    order = orders.draft()
    for actor in (cast.secretary(), cast.officer(), cast.district_user(cast.OTHER_TOWN)):
        with pytest.raises(Refused):
            actions.start_order(actor=actor, order=order)
    assert actions.start_order(actor=cast.district_user(cast.TOWN), order=order).in_force


def test_extending_needs_a_reason_and_a_later_end():
    order = orders.started()
    later = order.ends + timedelta(days=5)
    for ends, reason in ((later, " "), (order.ends, "还没有结束"), (timezone.now(), "还没有结束")):
        with pytest.raises(Unacceptable):
            actions.extend_order(actor="test", order=order, ends=ends, reason=reason)
    extended = actions.extend_order(actor="test", order=order, ends=later, reason="还没有结束")
    assert extended.ends == later and extended.extensions[0][2] == "还没有结束"


def test_the_line_at_the_top_is_for_whoever_works_in_or_over_the_area():
    order = orders.started(areas=(cast.TOWN,))
    for prefix, sees in (
        ("440703", True),
        ("440703002", True),
        ("440703002001001", True),
        ("440703003", False),
    ):
        assert (queries.orders_over(Reach((prefix,))) == [order]) is sees, prefix


def test_the_order_itself_is_seen_from_inside_its_area_and_from_above():
    order = orders.started(areas=(cast.TOWN,))
    for prefix, sees in (("440703", True), ("440703002001", True), ("440703003", False)):
        with within(Reach((prefix,))):
            assert (queries.order_by_number(order.number) is not None) is sees, prefix

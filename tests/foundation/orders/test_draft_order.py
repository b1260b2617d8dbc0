"""An order is drafted and amended before it starts; it switches nothing on yet."""

from __future__ import annotations

import pytest

from tests import cast
from tests.foundation.orders import orders_cast as orders
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.foundation.orders import actions, queries
from wangge.foundation.orders.actions import FieldSaid
from wangge.foundation.orders.models import EmergencyOrder

pytestmark = pytest.mark.usefixtures("ground", "everywhere")


def test_a_draft_exists_nowhere_but_on_its_page():
    orders.draft()
    assert queries.active_orders(cast.COMMUNITY) == []
    assert queries.fields_for("declaration", cast.COMMUNITY) == []


def test_a_draft_holds_for_the_smallest_area_around_its_scope():
    assert orders.draft(areas=(cast.COMMUNITY,)).area_code == cast.COMMUNITY
    assert orders.draft(areas=(cast.TOWN, cast.OTHER_TOWN), number="2").area_code == cast.DISTRICT


def test_a_field_without_a_key_gets_one_of_its_own():
    fields = [FieldSaid("declaration", "甲"), FieldSaid("declaration", "乙", key="f1")]
    order = orders.draft(fields=fields)
    assert sorted(field.key for field in order.fields.all()) == ["f1", "f2"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"basis": " "},
        {"kind": "war"},
        {"retention_days": 4000},
        {"fields": []},
        {"fields": [FieldSaid("declaration", "几选一", "choice", ("只有一个",))]},
        {"fields": [FieldSaid("declaration", "甲", key="a"), FieldSaid("declaration", "乙", key="a")]},
        {"fields": [FieldSaid("elsewhere", "甲")]},
        {"fields": [FieldSaid("declaration", "民族")]},
        {"fields": [FieldSaid("declaration", "联系电话")]},
        {"areas": ("440799000000",)},
        {"areas": ()},
    ],
    ids=str,
)
def test_what_is_not_whole_is_refused_in_words(wrong):
    with pytest.raises(Unacceptable) as why:
        orders.draft(**wrong)
    assert str(why.value)


def test_an_end_before_the_start_is_refused():
    times = orders.about()
    with pytest.raises(Unacceptable):
        orders.draft(starts=times["ends"], ends=times["starts"])


def test_a_number_is_used_once():
    orders.draft()
    with pytest.raises(Unacceptable):
        orders.draft()


def test_only_who_may_issue_in_every_area_drafts():
    centre = cast.district_user(cast.TOWN)
    assert orders.draft(centre).pk
    for actor, areas in ((centre, (cast.TOWN, cast.OTHER_TOWN)), (cast.secretary(), (cast.COMMUNITY,))):
        with pytest.raises(Refused):
            orders.draft(actor, areas, number="other")


def test_amending_replaces_areas_and_fields_until_the_start():
    order = orders.draft()
    fields = [FieldSaid("group", "体温", "number")]
    amended = actions.amend_order(
        actor="test", order=order, areas=(cast.COMMUNITY,), fields=fields, **orders.about(title="改了")
    )
    assert amended.title == "改了" and [a.area_code for a in amended.areas.all()] == [cast.COMMUNITY]
    assert [field.label for field in amended.fields.all()] == ["体温"]
    actions.start_order(actor="test", order=amended)
    with pytest.raises(Unacceptable):
        actions.amend_order(actor="test", order=order, areas=(cast.TOWN,), fields=fields, **orders.about())


def test_a_draft_is_discarded_a_started_order_is_not():
    actions.discard_draft(actor="test", order=orders.draft())
    assert not EmergencyOrder.objects.exists()
    with pytest.raises(Unacceptable):
        actions.discard_draft(actor="test", order=orders.started())


def test_the_trail_tells_of_it():
    orders.draft()
    assert Entry.objects.filter(kind="order.drafted").count() == 1

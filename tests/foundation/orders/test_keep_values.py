"""Values are kept under an order in force, sealed with its own key, and nowhere else."""

from __future__ import annotations

import io

import pytest
from django.db import connection, transaction

from tests import cast
from tests.foundation.orders import orders_cast as orders
from wangge.foundation.journal.models import Entry
from wangge.foundation.orders import actions, queries
from wangge.foundation.orders.actions.files import read_file
from wangge.foundation.orders.models import OrderValue
from wangge.foundation.orders.rules import BadValues, NotInForce, clean
from wangge.lib.scoping import Reach, within
from wangge.lib.sealing import SealingError, unseal

pytestmark = pytest.mark.usefixtures("ground", "everywhere")
SUBJECT = orders.Subject(7, cast.COMMUNITY)


def said() -> dict[str, str]:
    return {one.key: one.value for one in queries.values_of(SUBJECT)}


def test_values_are_kept_in_one_form_and_read_back():
    order = orders.started()
    values = {
        "tested_on": "2026/07/01",
        "symptoms": "有",
        "told": orders.TOLD,
        "risk": "低风险",
        "degrees": "36.6",
    }
    assert actions.keep_values(order_number=order.number, subject=SUBJECT, values=values) == 5
    assert said() == {**values, "tested_on": "2026-07-01", "symptoms": "yes"}
    assert {one.label for one in queries.values_of(SUBJECT)} >= {"有无症状", "体温"}


def test_what_was_said_before_is_replaced():
    order = orders.started()
    for told in ("先前的说法", "后来的说法"):
        actions.keep_values(order_number=order.number, subject=SUBJECT, values={"told": told})
    assert said() == {"told": "后来的说法"} and OrderValue.objects.count() == 1


def test_the_house_key_alone_does_not_open_a_value():
    order = orders.started()
    orders.keep(order, 7, told=orders.TOLD)
    sealed = OrderValue.objects.get().value_sealed
    assert orders.TOLD not in sealed
    for purpose in ("", "told"):
        with pytest.raises(SealingError):
            unseal(sealed, purpose)


@pytest.mark.parametrize(
    "values",
    [{"risk": "很高"}, {"symptoms": "不知道"}, {"tested_on": "昨天"}, {"tested_on": "2999-01-01"},
     {"degrees": "三十七"},
     {"told": "长" * 501}, {"colour": "绿"}],
    ids=lambda values: next(iter(values)),
)  # fmt: skip
def test_a_value_of_another_kind_is_refused_by_name_and_nothing_is_kept(values):
    order = orders.started()
    with pytest.raises(BadValues) as why:
        orders.keep(order, 7, **{"symptoms": "是", **values})
    assert list(why.value.errors) == list(values)
    assert not OrderValue.objects.exists()


def test_a_whole_form_must_answer_what_is_required():
    orders.started()
    fields = queries.fields_for("declaration", cast.COMMUNITY)
    with pytest.raises(BadValues) as why:
        clean(fields, {"symptoms": True}, whole=True)
    assert list(why.value.errors) == ["tested_on"]
    assert clean(fields, {"symptoms": True, "told": ""}) == {"symptoms": "yes"}


def test_without_an_order_in_force_nothing_is_kept():
    draft, over = orders.draft(number="1"), orders.started(number="2")
    orders.overdue(over)
    for number in (draft.number, over.number, "nowhere"):
        with pytest.raises(NotInForce):
            actions.keep_values(order_number=number, subject=SUBJECT, values={"symptoms": "是"})


def test_an_order_of_another_town_keeps_nothing_here():
    order = orders.started(areas=(cast.OTHER_TOWN,))
    with pytest.raises(NotInForce):
        orders.keep(order, 7, symptoms="是")


def test_many_rows_cost_as_many_queries_as_one(django_assert_max_num_queries):
    order = orders.started()
    rows = [
        (order.number, "declarations.declaration", n, cast.COMMUNITY, {"symptoms": "是"}) for n in range(50)
    ]
    with django_assert_max_num_queries(7):
        assert actions.keep_many(rows) == 50


def test_after_the_end_values_can_be_read_until_the_closing():
    order = orders.started()
    orders.keep(order, 7, symptoms="是")
    orders.overdue(order)
    assert said() == {"symptoms": "yes"}


def test_a_value_is_seen_only_in_its_area():
    order = orders.started()
    orders.keep(order, 7, symptoms="是")
    with within(Reach(("440703003",))):
        assert said() == {}


def test_the_trail_holds_names_of_fields_only():
    order = orders.started()
    actions.keep_values(order_number=order.number, subject=SUBJECT, values={"told": orders.TOLD})
    entry = Entry.objects.get(kind="order.values_kept")
    assert entry.data == {"number": order.number, "fields": ["told"]}
    assert orders.TOLD not in str(entry.__dict__)


def test_an_uploaded_file_is_sealed_with_the_orders_key(home):
    order = orders.started()
    content = io.BytesIO(orders.TOLD.encode())
    file = actions.keep_file(order_number=order.number, area_code=cast.COMMUNITY, content=content)
    assert read_file(file) == orders.TOLD.encode()
    assert orders.TOLD.encode() not in (home / file.path).read_bytes()


def test_an_export_must_lie_below_home(tmp_path_factory):
    order = orders.started()
    outside = tmp_path_factory.mktemp("elsewhere") / "made.xlsx"
    with pytest.raises(ValueError):
        actions.note_export(order_number=order.number, area_code=cast.COMMUNITY, path=outside)


def test_an_app_holds_the_order_while_it_writes_a_row_of_its_own():
    order = orders.started()
    with transaction.atomic():
        assert actions.hold_order(order.number, cast.COMMUNITY) == order
        assert connection.in_atomic_block
    with pytest.raises(NotInForce):
        actions.hold_order(order.number, cast.OTHER_COMMUNITY)

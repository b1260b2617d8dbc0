"""12345 orders: read, shown, registered once by their number, answered in a workbook."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from tests import cast
from tests.engines.cases.case_cast import a_unit, step
from tests.systems.incidents.incident_cast import PHONE
from wangge.engines.cases.models import Case
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.systems.incidents.actions.hotline import drop_orders, plan_orders, write_orders
from wangge.systems.incidents.models import HotlineBatch, HotlineOrder
from wangge.systems.incidents.outgoing.replies import replies_book
from wangge.systems.incidents.queries.hotline import answers_of, orders_of, planned, rows_of
from wangge.systems.incidents.reading.orders import Unreadable, read_orders
from wangge.systems.incidents.retention import forget_old

pytestmark = pytest.mark.django_db
HEADS = ("工单 编号", "诉求内容", "诉求类型", "来电人", "联系电话", "所属社区", "办理时限")
FIRST = ("GD20261126001", "小区停水两天了，请尽快恢复", "投诉", "林晓月", PHONE, "甲一社区", "2026-12-01")
SECOND = ("GD20261126002", "咨询医保怎么转", "咨询", "", "", "", "")


def a_book(*rows: tuple[Any, ...], heads: tuple[str, ...] = HEADS, above: int = 1) -> bytes:
    """A workbook with a title above its heads."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("工单")
    sheet.write(0, 0, "12345 工单导出")
    for at, row in enumerate((heads, *rows), above):
        sheet.write_row(at, 0, row)
    book.close()
    return stream.getvalue()


def a_bomb() -> bytes:
    """A small zip of 210 MB of nothing."""
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as packed, packed.open("xl/worksheets/sheet1.xml", "w") as part:
        for _ in range(21):
            part.write(bytes(10 * 1024 * 1024))
    return stream.getvalue()


def planned_by(actor: Any, *rows: tuple[Any, ...]) -> HotlineBatch:
    return plan_orders(
        actor=actor, area=cast.DISTRICT, content=a_book(*(rows or (FIRST, SECOND))), title="工单.xlsx"
    )


class TestReading:
    def test_columns_are_recognised_by_their_heads(self) -> None:
        orders = read_orders(a_book(FIRST), demo=True)
        assert orders.columns["number"] == "工单 编号" and orders.columns["words"] == "诉求内容"
        (row,) = orders.rows
        assert (row.row, row.number, row.level, row.phone) == (3, "GD20261126001", "complaint", PHONE)

    def test_a_number_excel_kept_as_a_number_has_no_point(self) -> None:
        assert read_orders(a_book((20261126001, "停水"))).rows[0].number == "20261126001"

    @pytest.mark.parametrize(
        ("row", "fault"), [(("", "停水"), "没有工单编号"), (("A1", ""), "没有内容"), (FIRST, "重复")]
    )
    def test_what_cannot_be_registered_says_why(self, row: tuple[str, ...], fault: str) -> None:
        assert fault in read_orders(a_book(FIRST, row), demo=True).rows[1].fault

    @pytest.mark.parametrize(
        ("content", "said"),
        [(b"not a book", "不是能读的"), (a_book(heads=("姓名", "电话")), "没有找到"), (a_book(), "没有工单"),
         (bytes(21 * 1024 * 1024), "20 MB"), (a_bomb(), "解开后太大")],
        ids=["no book", "other heads", "no rows", "large", "bomb"],
    )  # fmt: skip
    def test_another_file_is_refused_in_words(self, content: bytes, said: str) -> None:
        with pytest.raises(Unreadable, match=said):
            read_orders(content)


def test_a_dry_run_says_what_would_come_and_registers_nothing() -> None:
    batch = planned_by(cast.district_user())
    assert batch.counts == {"new": 2, "same": 0, "changed": 0, "faulty": 0}
    assert Case.objects.count() == 0 and PHONE not in batch.rows_sealed
    plans = planned(rows_of(batch), batch.area_code)
    assert [plan.area for plan in plans] == [cast.COMMUNITY, cast.DISTRICT]


def test_written_each_order_is_a_request_of_the_hotline_and_the_rows_are_gone() -> None:
    actor = cast.district_user()
    batch = planned_by(actor)
    write_orders(actor=actor, batch=batch)
    batch.refresh_from_db()
    assert batch.state == "written" and batch.rows_sealed == ""
    case = HotlineOrder.objects.get(number="GD20261126001").case
    assert (case.system, case.source, case.level, case.area_code) == (
        "request",
        "hotline",
        "complaint",
        cast.COMMUNITY,
    )
    assert case.data == {"order": "GD20261126001", "wanted_by": "2026-12-01"} and case.reporter_sealed


def test_written_twice_and_brought_again_it_is_registered_once() -> None:
    actor = cast.district_user()
    batch = planned_by(actor)
    write_orders(actor=actor, batch=batch)
    assert write_orders(actor=actor, batch=batch)["new"] == 2
    again = planned_by(actor, FIRST, ("GD20261126002", "咨询医保怎么转，补充材料", "咨询"))
    assert again.counts == {"new": 0, "same": 1, "changed": 1, "faulty": 0}
    write_orders(actor=actor, batch=again)
    assert Case.objects.count() == 2
    assert HotlineOrder.objects.get(number="GD20261126002").case.words == "咨询医保怎么转"


def test_a_file_that_was_dropped_or_lay_a_day_is_not_written_and_keeps_no_rows() -> None:
    actor = cast.district_user()
    dropped, old = planned_by(actor), planned_by(actor)
    drop_orders(actor=actor, batch=dropped)
    HotlineBatch.objects.filter(pk=old.pk).update(at=old.at - timedelta(days=2))
    forget_old()
    for batch in (dropped, old):
        batch.refresh_from_db()
        assert batch.rows_sealed == ""
        with pytest.raises(Unacceptable, match="重新上传"):
            write_orders(actor=actor, batch=batch)


def test_whoever_may_import_nothing_there_is_refused() -> None:
    with pytest.raises(Refused):
        planned_by(cast.worker())


def test_the_trail_has_counts_and_no_phone() -> None:
    actor = cast.district_user()
    write_orders(actor=actor, batch=planned_by(actor))
    assert Entry.objects.get(kind="hotline.written").data["new"] == 2
    assert not [
        entry for entry in Entry.objects.all() if PHONE in f"{entry.data}{entry.changes}{entry.reason}"
    ]


def test_the_answers_go_back_with_number_unit_reply_and_rating() -> None:
    actor = cast.district_user()
    write_orders(actor=actor, batch=planned_by(actor))
    case = HotlineOrder.objects.get(number="GD20261126001").case
    step(case, "accept", level="complaint")
    step(case, "dispatch", unit=a_unit("水务站"))
    step(case, "take")
    step(case, "reply", words="已恢复供水")
    step(case, "close", words="回访满意")
    orders = list(orders_of())
    content = replies_book(orders, answers_of([order.case_id for order in orders]), "示例")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    found = {row[0]: row for row in rows[2:]}
    assert found["GD20261126001"][1:5] == [case.number, "已办结", "水务站", "已恢复供水"]
    assert found["GD20261126002"][4] == "" and PHONE not in str(rows)

"""Where a blank table begins and ends, and which sheets are refused in which words."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.registry.tables.blanks import WHO, drawn, found
from tests.tables.drawing import body, header, one_sheet
from wangge.registry.ledgers.guards import Unreadable


def _written(rows: list[list[object]], name: str = "表一") -> Workbook:
    book, sheet = one_sheet(name)
    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None:
                sheet.cell(at, column, value)
    return book


def _refusal(book: Workbook, folder: Path) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        found(book, folder)
    return refused.value


def test_framed_rows_are_counted_and_the_foot_is_none_of_them(tmp_path: Path) -> None:
    book = drawn(rows=4, heading="登记表")
    book.active.cell(8, 1, "填表人：")
    table = found(book, tmp_path)
    assert table is not None and (table.header, table.first, table.last) == ((2,), 3, 6)


def test_a_header_may_stand_anywhere(tmp_path: Path) -> None:
    book, sheet = one_sheet("a")
    for column, text in enumerate(WHO):
        sheet.cell(7, column + 4, text)
    table = found(book, tmp_path)
    assert table is not None and sorted(table.columns) == [3, 4, 5, 6, 7, 8] and table.room == 0


def test_groups_without_merged_cells_are_read(tmp_path: Path) -> None:
    book = _written(
        [["序号", "基本信息", None, "居住情况", None], [None, "姓名", "身份证号", "现住址", "居住方式"]]
    )
    table = found(book, tmp_path)
    assert table is not None and table.header == (1, 2)
    assert list(table.columns.values())[1:] == [
        "基本信息/姓名",
        "基本信息/身份证号",
        "居住情况/现住址",
        "居住情况/居住方式",
    ]


def test_a_finer_row_that_begins_with_a_total_is_header_when_the_header_reaches_into_it(
    tmp_path: Path,
) -> None:
    book = drawn(("网格", "人口数>合计", "人口数>男", "人口数>女", "流动人口"))
    table = found(book, tmp_path)
    assert table is not None and list(table.columns.values())[1:4] == [
        "人口数/合计",
        "人口数/男",
        "人口数/女",
    ]


def test_rows_numbered_in_advance_are_blank(tmp_path: Path) -> None:
    book = drawn(rows=5)
    for row in range(2, 7):
        book.active.cell(row, 1, row - 1)
    table = found(book, tmp_path)
    assert table is not None and table.room == 5


def test_an_example_that_names_nobody_stays(tmp_path: Path) -> None:
    book = drawn(rows=4)
    for column, text in enumerate(["1", "张三", "男", "440XXXXXXXX", "138XXXXXXXX", "XX路"], start=1):
        book.active.cell(2, column, text)
    table = found(book, tmp_path)
    assert table is not None and (table.samples, table.first, table.last) == ((2,), 3, 5)


def test_a_sheet_without_header_has_no_table(tmp_path: Path) -> None:
    assert found(_written([["说明"], ["请认真填写本表"]]), tmp_path) is None
    assert found(_written([[f"指标{n}" for n in range(8)]]), tmp_path) is None


@pytest.mark.parametrize("right", [["姓名", "电话", "住址"], ["企业名称", "统一社会信用代码", "法定代表人"]])
def test_two_tables_side_by_side_are_refused_with_their_places(right: list[str], tmp_path: Path) -> None:
    refused = _refusal(_written([["姓名", "电话", "住址", None, *right]]), tmp_path)
    assert refused.code == "side_by_side"
    for word in ("表.xlsx", "表一", "A1:C1", "E1:G1", "请"):
        assert word in refused.message


def test_the_same_list_twice_without_a_gap_is_refused(tmp_path: Path) -> None:
    assert _refusal(_written([["姓名", "电话", "姓名", "电话"]]), tmp_path).code == "side_by_side"


def test_two_tables_below_each_other_are_refused(tmp_path: Path) -> None:
    book, sheet = one_sheet("表一")
    for row in (1, 9):
        header(sheet, row, WHO)
        body(sheet, row + 1, 4, len(WHO))
    refused = _refusal(book, tmp_path)
    assert refused.code == "stacked" and "第 9 行" in refused.message


def test_a_filled_sheet_is_not_written_over(tmp_path: Path) -> None:
    book = drawn(rows=4)
    for column, text in enumerate(["1", "甲一", "男", "", "10000000001", "示范路1号"], start=1):
        book.active.cell(2, column, text or None)
    refused = _refusal(book, tmp_path)
    assert refused.code == "has_data" and "B2" in refused.message and "甲一" not in refused.message


def test_a_locked_sheet_is_refused_with_what_to_do(tmp_path: Path) -> None:
    book = drawn()
    book.active.protection.sheet = True
    refused = _refusal(book, tmp_path)
    assert refused.code == "protected" and "撤消工作表保护" in refused.message


def test_a_form_of_one_person_is_refused(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["姓名", None, "性别", None],
        ["民族", None, "联系电话", None],
        ["住址", None, "学历", None],
    ]
    assert _refusal(_written(rows), tmp_path).code == "form"


def test_more_columns_than_a_table_has_are_refused(tmp_path: Path) -> None:
    refused = _refusal(_written([list(WHO) * 10]), tmp_path)
    assert refused.code == "too_many_columns" and "50" in refused.message


def test_what_every_prepared_row_says_is_no_data(tmp_path: Path) -> None:
    book = drawn(("序号", "所属社区", "姓名", "联系电话"), rows=4)
    for row in range(2, 6):
        book.active.cell(row, 2, "甲社区")
    table = found(book, tmp_path)
    assert table is not None and (table.first, table.last) == (2, 5)

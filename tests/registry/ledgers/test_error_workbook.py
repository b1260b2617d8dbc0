"""The error workbook keeps the layout, says what is wrong, and can be imported again."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.ledgers.build import BOOKS
from wangge.registry.ledgers import error_workbook
from wangge.registry.ledgers.error_workbook import CellError, write_error_workbook
from wangge.registry.ledgers.outgoing.neutral import neutral
from wangge.registry.ledgers.reading import open_ledger


def _rows(path: Path) -> list:
    return [
        (
            sheet.columns,
            [
                (number, [column[k] for column in chunk.columns])
                for chunk in sheet.chunks()
                for k, number in enumerate(chunk.row_numbers)
            ],
        )
        for sheet in open_ledger(path).sheets
    ]


def _error(sheet: str, row: int, column: int | None, message: str = "身份证号最后一位不对") -> CellError:
    return CellError(sheet, row, column, "check_digit", message)


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.parametrize("styled_rows", [20_000, 0], ids=["styled", "streamed"])
def test_every_workbook_can_be_imported_again(name, styled_rows, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(error_workbook, "STYLED_ROWS", styled_rows)
    source, target = BOOKS[name][0](tmp_path), tmp_path / "错误.xlsx"
    before = open_ledger(source)
    sheet = before.sheets[0]

    write_error_workbook(source, [_error(sheet.name, sheet.first_row, sheet.source_columns[-1] or 0)], target)

    assert _rows(target) == _rows(source)


def test_the_red_column_says_what_is_wrong_and_the_cell_carries_a_comment(tmp_path) -> None:
    source, target = BOOKS["rental_two_row_header"][0](tmp_path), tmp_path / "错误.xlsx"
    write_error_workbook(source, [_error("出租屋", 6, 6), _error("出租屋", 6, None, "与第 5 行重复")], target)

    sheet = openpyxl.load_workbook(target)["出租屋"]
    assert sheet.cell(4, 9).value == "错误说明"
    assert sheet.cell(6, 9).value == "身份证号最后一位不对；与第 5 行重复"
    assert sheet.cell(6, 9).fill.fgColor.rgb.endswith("FFC7CE")
    assert sheet.cell(7, 9).value is None
    assert "最后一位" in sheet.cell(6, 7).comment.text
    assert "B3:C3" in [str(merged) for merged in sheet.merged_cells.ranges]


def test_a_second_error_workbook_replaces_the_first_column(tmp_path) -> None:
    source, first, second = BOOKS["shops"][0](tmp_path), tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    write_error_workbook(source, [_error("商铺", 2, 4), _error("商铺", 3, 4)], first)
    write_error_workbook(first, [_error("商铺", 3, 4, "电话位数不对")], second)

    sheet = openpyxl.load_workbook(second)["商铺"]
    assert [sheet.cell(row, 9).value for row in (1, 2, 3)] == ["错误说明", None, "电话位数不对"]
    assert sheet.max_column == 9


def test_a_text_file_comes_back_as_a_workbook(tmp_path) -> None:
    source, target = BOOKS["gb18030_csv"][0](tmp_path), tmp_path / "错误.xlsx"
    write_error_workbook(source, [_error("CSV", 3, 2)], target)
    assert openpyxl.load_workbook(target)["CSV"].cell(3, 6).value == "身份证号最后一位不对"


@pytest.mark.parametrize("styled_rows", [20_000, 0])
def test_nothing_in_it_runs_as_a_formula(styled_rows, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(error_workbook, "STYLED_ROWS", styled_rows)
    source, target = tmp_path / "公式.csv", tmp_path / "错误.xlsx"
    source.write_text(
        '姓名,电话,备注\n赵试甲,+86 100 0000 0001,"=HYPERLINK(""http://x"")"\n@SUM(A1),-,\t=1+1\n',
        encoding="utf-8",
    )
    again = tmp_path / "再来.xlsx"
    write_error_workbook(source, [_error("CSV", 2, 1)], target)
    write_error_workbook(target, [_error("CSV", 2, 1)], again)

    for path in (target, again):
        sheet = openpyxl.load_workbook(path)["CSV"]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "inlineStr", "n"}
        assert sheet["C2"].value.startswith("'=")
        assert sheet["A3"].value == "'@SUM(A1)"
        assert [sheet["B2"].value, sheet["B3"].value] == ["+86 100 0000 0001", "-"]


@pytest.mark.parametrize(("value", "wanted"), [
    ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\tx", "'\tx"), ("\rx", "'\rx"),
    ("＝1", "'＝1"), ("赵试甲", "赵试甲"), ("a=b", "a=b"), (-1.5, -1.5), (None, None), ("", ""),
])  # fmt: skip
def test_a_cell_that_begins_like_a_formula_is_neutralised(value, wanted) -> None:
    assert neutral(value) == wanted

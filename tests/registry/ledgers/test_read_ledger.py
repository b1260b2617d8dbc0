"""Every workbook of tests/ledgers is read as its expected report says."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from tests.ledgers.build import BOOKS
from wangge.registry.ledgers.guards import Unreadable
from wangge.registry.ledgers.reading import Ledger, open_ledger, package, workbook


@pytest.fixture
def read(tmp_path: Path):
    """Build a workbook by name and open it."""

    def opened(name: str) -> Ledger:
        return open_ledger(BOOKS[name][0](tmp_path))

    return opened


@pytest.mark.parametrize("name", BOOKS)
def test_the_tables_of_a_workbook_are_found(name, read) -> None:
    expected, ledger = BOOKS[name][1], read(name)

    assert ledger.format == expected.format
    assert {sheet.name: sheet.code for sheet in ledger.skipped} == expected.left_out
    found = [(s.name, s.header_rows, sum(len(c) for c in s.chunks(7))) for s in ledger.sheets]
    assert found == [(t.name, t.header_rows, t.rows) for t in expected.tables]
    for sheet, table in zip(ledger.sheets, expected.tables, strict=True):
        if table.skipped:
            assert sheet.skipped_rows == table.skipped
        assert len(sheet.columns) == len(table.facts) + len(table.dropped)


def _rows(ledger: Ledger, size: int = 20_000) -> list[tuple[str, int, list]]:
    return [
        (sheet.name, number, [column[k] for column in chunk.columns])
        for sheet in ledger.sheets
        for chunk in sheet.chunks(size)
        for k, number in enumerate(chunk.row_numbers)
    ]


@pytest.mark.parametrize("name", [name for name, (_b, e) in BOOKS.items() if e.format in ("xlsx", "xlsm")])
def test_a_long_sheet_read_in_pieces_gives_the_same_rows(name, read, monkeypatch) -> None:
    whole = _rows(read(name))

    monkeypatch.setattr(workbook, "_WHOLE", 0)
    for limit in ("_PIECE", "_HEAD"):
        monkeypatch.setattr(workbook, limit, 400)
    monkeypatch.setattr(package, "_STEP", 300)

    assert _rows(read(name), 3) == whole


def test_rows_keep_the_number_they_have_in_the_source(read) -> None:
    assert [number for _s, number, _r in _rows(read("rental_two_row_header"))] == list(range(5, 17))
    assert [number for _s, number, _r in _rows(read("printed_xls"))] == [3, 4, 5, 6, 11, 12, 13, 14]


def test_a_table_off_the_corner_knows_its_source_columns(read) -> None:
    [sheet] = read("template_off_corner").sheets
    assert sheet.source_columns == [2, 3, 4, 5, 6]
    assert sheet.source_column(1) == 3


def test_merged_household_cells_are_filled_down(read) -> None:
    rows = [row for _s, _n, row in _rows(read("merged_households"))]
    assert [row[0] for row in rows] == [rows[0][0]] * 3 + [rows[3][0]] * 3 + [rows[6][0]] * 3
    assert [row[3] for row in rows] == ["户主", "配偶", "子"] * 3


def test_a_merge_that_runs_over_a_blank_row_makes_no_person(tmp_path) -> None:
    path = tmp_path / "空行.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["户主", "姓名", "电话"])
        sheet.merge_range(1, 0, 3, 0, "赵试甲")
        sheet.write_row(1, 1, ["赵试甲", "10000000001"])
        sheet.write_row(3, 1, ["赵试乙", "10000000002"])

    assert [row for _s, _n, row in _rows(open_ledger(path))] == [
        ["赵试甲", "赵试甲", "10000000001"],
        ["赵试甲", "赵试乙", "10000000002"],
    ]


def test_members_side_by_side_become_one_row_each(read) -> None:
    [sheet] = read("members_side_by_side").sheets
    [chunk] = sheet.chunks()
    relation = sheet.columns.index("与户主关系")

    assert chunk.row_numbers == [2, 2, 2, 2, 3, 3, 4, 4]
    assert chunk.parts == [0, 1, 2, 3, 0, 1, 0, 1]
    assert chunk.columns[relation] == ["户主", "子", "子", "子", "户主", "子", "户主", "子"]
    assert len(set(chunk.columns[0][:4])) == 1
    ids = sheet.columns.index("身份证号")
    assert [sheet.source_column(ids, part) for part in (0, 1, 2)] == [2, 6, 9]


def test_a_head_repeated_as_first_member_counts_once(tmp_path) -> None:
    header = ["户主姓名", "户主身份证", *(f"家庭成员{n}/{leaf}" for n in "一二" for leaf in ("姓名", "关系"))]
    path = tmp_path / "重复.csv"
    path.write_text("\n".join([",".join(header), "赵试甲,1,赵试甲,本人,钱试乙,配偶"]), encoding="utf-8")
    assert [row[0] for _s, _n, row in _rows(open_ledger(path))] == ["赵试甲", "钱试乙"]


def test_a_hidden_sheet_is_read_when_asked_for(tmp_path) -> None:
    path = tmp_path / "隐藏.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("说明").write(0, 0, "见隐藏表")
        sheet = book.add_worksheet("旧")
        sheet.write_row(0, 0, ["姓名", "电话"])
        sheet.write_row(1, 0, ["赵试甲", "10000000001"])
        sheet.hide()

    assert [s.name for s in open_ledger(path, include_hidden=True).sheets] == ["旧"]
    with pytest.raises(Unreadable, match="隐藏"):
        open_ledger(path)


def test_a_person_called_like_a_total_stays(tmp_path) -> None:
    path = tmp_path / "姓名.csv"
    names = ["共试甲", "总试乙", "第五试丙", "单试丁", "合试戊"]
    path.write_text(
        "姓名,电话\n" + "".join(f"{n},1000000000{i}\n" for i, n in enumerate(names)), encoding="utf-8"
    )
    assert [row[0] for _s, _n, row in _rows(open_ledger(path))] == names


def test_a_row_with_only_a_name_is_still_a_row(tmp_path) -> None:
    path = tmp_path / "只有姓名.csv"
    path.write_text("姓名,电话,住址\n赵试甲,,\n", encoding="utf-8")
    assert [row for _s, _n, row in _rows(open_ledger(path))] == [["赵试甲", "", ""]]


def _written(path: Path, lines: list[list[object]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("户1")
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    return path


def _card(folder: Path, *members: list[object]) -> Path:
    head = ["户主姓名", "赵试甲", "身份证号", "A1", "联系电话", "10000000001"]
    lines = [["家庭情况登记表"], head, ["家庭住址", "虚构路7号"],
             ["家庭成员", "姓名", "与户主关系", "身份证号", "电话"], *members, ["说明：如实"]]  # fmt: skip
    return _written(folder / "一户一表.xlsx", lines)


def test_the_head_above_the_list_of_members_is_a_person_and_the_address_is_everybodys(tmp_path) -> None:
    path = _card(tmp_path, ["", "钱试乙", "配偶", "A2", ""], ["", "赵试丙", "子", "A3", ""])
    [sheet] = open_ledger(path).sheets
    assert sheet.columns[-1] == "家庭住址"
    assert list(sheet.rows()) == [
        (2, ["", "赵试甲", "户主", "A1", "10000000001", "虚构路7号"]),
        (5, ["", "钱试乙", "配偶", "A2", "", "虚构路7号"]),
        (6, ["", "赵试丙", "子", "A3", "", "虚构路7号"]),
    ]


def test_a_head_who_stands_in_the_list_counts_once(tmp_path) -> None:
    path = _card(tmp_path, ["", "赵试甲", "户主", "A1", ""], ["", "钱试乙", "配偶", "A2", ""])
    [sheet] = open_ledger(path).sheets
    assert [row[1] for _number, row in sheet.rows()] == ["赵试甲", "钱试乙"]


def test_who_filled_in_a_ledger_is_not_of_the_household(tmp_path) -> None:
    lines = [["填报单位", "虚构社区", "填表人", "孙试丁", "联系电话", "10000000002"],
             ["姓名", "与户主关系", "身份证号"], ["赵试甲", "户主", "A1"]]  # fmt: skip
    [sheet] = open_ledger(_written(tmp_path / "名册.xlsx", lines)).sheets
    assert [row for _number, row in sheet.rows()] == [["赵试甲", "户主", "A1"]]

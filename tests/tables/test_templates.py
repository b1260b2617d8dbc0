"""Fourteen blank tables after real habits come back filled, and are otherwise what they were."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.cast import TOWN
from tests.tables.filling import Result, fill
from tests.tables.templates import TEMPLATES, VBA, Template
from wangge.registry.ledgers.dictionary import code_lists, facts
from wangge.registry.tables.meanings import parse
from wangge.registry.tables.workbook import number_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("settled")]
each = pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.draw.__name__)
BY_NAME = {template.draw.__name__: template for template in TEMPLATES}


def _moved(result: Result, row: int) -> int:
    """Where a row of the blank stands in the filled sheet."""
    last = result.first + int(result.described["room"]) - 1
    return row if row <= last else row + result.grown


def _texts(sheet: Worksheet) -> dict[tuple[int, int], Any]:
    return {(c.row, c.column): c.value for row in sheet.iter_rows() for c in row if c.value is not None}


def _look(cell: Any) -> tuple[str, ...]:
    return repr(cell.border), repr(cell.font), repr(cell.fill), repr(cell.alignment)


@each
def test_a_table_is_understood_without_a_question(template: Template) -> None:
    result = fill(template)
    request = result.request
    assert (request.unit, request.asked_columns) == (template.unit, 0)
    assert result.described["header_rows"][-1] == template.head
    filled = [c for c in result.described["columns"] if c["meaning"] and not parse(c["meaning"]).by_hand]
    own = sum(c["meaning"] == "formula" for c in result.described["columns"])
    assert len(filled) + own == template.must
    assert request.columns == template.must + template.hand


@each
def test_every_person_household_or_place_has_its_row(template: Template) -> None:
    result = fill(template)
    assert result.made.tally.rows == template.rows == len(result.rows())
    tally = result.made.tally
    cells = tally.total("filled") + tally.total("masked") + tally.total("empty")
    assert cells == template.rows * result.request.columns
    texts = [cell for row in result.rows() for cell in row if cell not in ("", None)]
    own = sum(column.filled + column.masked for column in tally.columns)
    assert len(texts) <= own + template.rows * 2  # a box left open is an answer; a formula is the sheet's own


@each
def test_what_stood_in_the_blank_still_stands_there(template: Template) -> None:
    result = fill(template)
    after = _texts(result.after)
    room = range(result.first, result.first + int(result.described["room"]))
    for (row, column), value in _texts(result.before).items():
        if row in room:
            continue
        held = after[_moved(result, row), column]
        assert held == value or str(value).startswith("=")


@each
def test_formats_heights_and_widths_stay(template: Template) -> None:
    result = fill(template)
    for row in result.before.iter_rows():
        for cell in row:
            there = result.after.cell(_moved(result, cell.row), cell.column)
            assert _look(there) == _look(cell)
    for row, size in result.before.row_dimensions.items():
        assert result.after.row_dimensions[_moved(result, row)].height == size.height
    for letter, size in result.before.column_dimensions.items():
        assert result.after.column_dimensions[letter].width == size.width


@each
def test_rows_put_in_look_like_those_prepared(template: Template) -> None:
    result = fill(template)
    if not result.described["room"]:
        pytest.skip("none were prepared")
    model = result.before[result.first]
    for number in range(result.first, result.first + template.rows):
        for cell in model:
            there = result.after.cell(number, cell.column)
            assert _look(there) == _look(cell)


@each
def test_merged_cells_move_with_their_rows(template: Template) -> None:
    result = fill(template)
    expected = {
        re.sub(r"\d+", lambda hit: str(_moved(result, int(hit[0]))), str(area))
        for area in result.before.merged_cells.ranges
    }
    assert {str(area) for area in result.after.merged_cells.ranges} == expected


@each
def test_all_other_parts_keep_their_bytes(template: Template) -> None:
    result = fill(template)
    may_change = re.compile(
        r"worksheets/sheet|styles\.xml|workbook\.xml|Content_Types|calcChain|drawings/|comments"
    )
    with (
        zipfile.ZipFile(io.BytesIO(result.blank)) as before,
        zipfile.ZipFile(io.BytesIO(result.filled)) as after,
    ):
        assert set(before.namelist()) - set(after.namelist()) <= {"xl/calcChain.xml"}
        for name in before.namelist():
            if not may_change.search(name):
                assert after.read(name) == before.read(name), name


def test_at_least_eight_of_ten_cells_are_filled_without_a_question() -> None:
    """Over the whole set. Masked is filled: the register has it. Members a household does not have, and
    columns left to the hand (备注, 签名) or computed by the sheet, are no cells to be filled."""
    done, wanted = 0, 0
    for template in TEMPLATES:
        tally = fill(template).made.tally
        for column in tally.columns:
            if column.meaning and parse(column.meaning).by_hand:
                continue
            done += column.filled + column.masked
            wanted += column.filled + column.masked + column.empty - column.absent
    assert wanted > 3_000
    assert done / wanted >= 0.8


def _plain(meaning: str, value: Any) -> str:
    """One fact in whatever word a sheet has for it."""
    fact = facts().get(meaning)
    if fact and fact.codes in code_lists():
        return code_lists()[fact.codes].find(value) or str(value)
    if meaning == "birth":
        return str(value)[:7]  # one sheet shows the month, another the day
    return str(value).rstrip("☑□ ").removesuffix(".0")


def test_no_two_tables_disagree_about_anybody() -> None:
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    tables: dict[tuple[str, str], set[str]] = defaultdict(set)
    for template in TEMPLATES:
        if template.unit in ("organisation", "building", "room"):
            continue
        result = fill(template)
        columns = {c["column"]: c["meaning"] for c in result.described["columns"] if c["meaning"]}
        who = next(number_of(letter) for letter, meaning in columns.items() if meaning == "name")
        for row in result.rows():
            for letter, meaning in columns.items():
                value = row[number_of(letter)]
                if meaning in ("serial", "formula", "remark") or value == "" or "□" in str(value):
                    continue
                if parse(meaning).kind == "mark":
                    value = str(value).replace("√", "是").replace("×", "否")
                said[row[who], meaning].add(_plain(meaning, value))
                tables[row[who], meaning].add(template.file)
    assert sum(len(names) > 1 for names in tables.values()) > 300
    assert {key: values for key, values in said.items() if len(values) > 1} == {}


def test_totals_take_the_new_rows_in_and_are_computed_at_once() -> None:
    result = fill(BY_NAME["counts"])
    total = result.first + 18
    assert result.after.cell(total, 4).value == f"=SUM(D4:D{total - 1})"
    assert result.values[total - 1][3] == 42.0 == sum(row[3] for row in result.rows())
    alone = fill(BY_NAME["alone"])
    foot = alone.first + 6
    assert alone.after.cell(foot, 3).value == f'=COUNTIF(C5:C{foot - 1},"女")'
    assert alone.values[foot - 1][2] == 6.0
    assert "完全" not in str(alone.values)


def test_a_list_chooses_its_own_words() -> None:
    result = fill(BY_NAME["residents"])
    allowed = {2: {"男性", "女性"}, 3: {"本科", "初中"}, 11: {"未婚", "已婚", "丧偶"}, 12: {"是", "否"}}
    for column, words in allowed.items():
        assert {row[column] for row in result.rows()} == words
    rules = {str(rule.sqref) for rule in result.after.data_validations.dataValidation}
    assert rules == {"C5:C46", "D5:D46", "L5:L46", "M5:M46"}
    assert str(result.after.print_area).endswith("$N$46") and result.after.print_title_rows == "$2:$4"


def test_members_stand_in_their_blocks_and_the_head_in_front() -> None:
    result = fill(BY_NAME["families"])
    family = next(row for row in result.rows() if row[5] == 4)
    assert [family[column] for column in (7, 11, 15)] == ["配偶", "子", "孙子、孙女或外孙子、外孙女"]
    alone = next(row for row in result.rows() if row[5] == 1)
    assert set(alone[6:]) == {""}


def test_boxes_are_ticked_and_not_crossed() -> None:
    rows = fill(BY_NAME["boxes"]).rows()
    assert all((row[2] == "√") != (row[3] == "√") for row in rows)
    assert all([row[4], row[5], row[6]].count("√") == 1 for row in rows)
    assert {row[9] for row in rows} == {"√", "×"}
    inline = fill(BY_NAME["inline_boxes"])
    assert {row[2] for row in inline.rows()} == {"男☑ 女□", "男□ 女☑"}
    assert {row[5] for row in inline.rows()} == {"☑是 □否", "□是 ☑否"}
    assert inline.after.cell(44, 7).value == "=LEN(D44)"


def test_each_community_has_its_own_sheet_and_no_other_area_appears() -> None:
    result = fill(BY_NAME["by_community"], area=TOWN)
    assert result.made.tally.rows == 42 + 12
    sheets = {sheet["name"]: (sheet["skipped"], sheet.get("area")) for sheet in result.request.sheets}
    assert sheets["甲社区"] == ("", "440703002001") and sheets["丙社区"] == ("", "440703002002")
    assert "不是所选区域" in sheets["乙社区"][0]
    formulas = {cell.value for row in result.after.parent["汇总"].iter_rows() for cell in row}
    assert {"=COUNTA(甲社区!B3:B44)", "=COUNTA(丙社区!B3:B14)"} <= formulas


def test_the_cover_the_example_and_the_numbers_under_the_header_stay() -> None:
    result = fill(BY_NAME["covered"])
    assert result.values[4][:3] == [1.0, 2.0, 3.0] and result.values[5][:2] == ["示例", "张三"]
    assert result.values[6][0] == 1.0 and str(result.values[48][0]).startswith("注：")


def test_a_signature_right_below_the_header_moves_down() -> None:
    result = fill(BY_NAME["let_rooms"])
    assert [row[0] for row in result.values[3:9]] == [1, 2, 3, 4, 5, 6]
    assert result.values[9][0] == "填表人："
    assert {row[2] for row in result.rows()} != {""} and all(row[4] for row in result.rows())


def test_macros_and_conditional_formats_stay() -> None:
    result = fill(BY_NAME["floating"])
    assert result.part("xl/vbaProject.bin") == VBA
    assert [str(one.sqref) for one in result.after.conditional_formatting] == ["C3:C14"]
    assert b"macroEnabled" in result.part("[Content_Types].xml")


def test_dates_are_dates_in_the_format_of_the_cell() -> None:
    result = fill(BY_NAME["floating"])
    birth, arrived = result.after["D3"], result.after["H3"]
    assert (birth.is_date, birth.number_format) == (True, "yyyy-mm-dd")
    assert (arrived.is_date, arrived.number_format) == (True, "yyyy\\年m\\月d\\日")
    month = fill(BY_NAME["alone"]).after["D5"]
    assert month.is_date and month.number_format == "yyyy.mm"


def test_pictures_comments_and_names_follow_the_rows() -> None:
    result = fill(BY_NAME["talent"])
    drawing = result.part("xl/drawings/drawing1.xml").decode()
    rows = [int(row) for row in re.findall(r"<xdr:from>.*?<xdr:row>(\d+)<", drawing)]
    assert rows == [0, 7 + 21]
    assert b'ref="B27"' in result.part("xl/comments1.xml") and b'ref="B2"' in result.part("xl/comments1.xml")
    assert b"<x:Row>26<" in result.part("xl/drawings/vmlDrawing1.vml")
    assert result.after.parent.defined_names["人才名单"].attr_text == "人才!$D$3:$D$26"


def test_no_text_runs_as_a_formula() -> None:
    names = [row[1] for row in fill(BY_NAME["firms"]).rows()]
    assert "'=示范店" in names and not any(str(name).startswith("=") for name in names)

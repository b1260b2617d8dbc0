"""However a blank is drawn, rows stand below their own headers and everything else where it belongs."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.registry.tables.blanks import opened
from tests.tables.drawing import body, header, letter, one_sheet
from wangge.registry.ledgers.guards import Limits
from wangge.registry.tables.filling import Spec, fill_sheet
from wangge.registry.tables.meanings import parse
from wangge.registry.tables.recognition import find

HEADS = (
    "姓名",
    "基本信息>性别",
    "基本信息>身份证号",
    "居住情况>现住址>详细",
    "居住情况>现住址>房号",
    "联系电话",
)


@st.composite
def drawings(draw: st.DrawFn) -> tuple[Workbook, dict[str, int]]:
    """A blank table: a title or none, one to three header rows, some prepared rows, a foot or none."""
    heads = draw(st.permutations(HEADS[:1] + HEADS[5:]))  # what stands outside groups
    columns = [*heads, *HEADS[1 : draw(st.sampled_from((1, 3, 5)))]]
    top, left = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    prepared, rows = draw(st.integers(0, 6)), draw(st.integers(0, 12))
    book, sheet = one_sheet("登记 表")
    if top > 1:
        sheet.cell(1, left, "居民登记表")
    last = header(sheet, top, columns, left)
    body(sheet, last + 1, prepared, left + len(columns) - 1)
    foot = last + prepared + 1
    if draw(st.booleans()):
        end = max(foot - 1, last + 1)
        sheet.cell(foot, left, "合计")
        sheet.cell(foot, left + 1, f"=COUNTA({letter(left)}{last + 1}:{letter(left)}{end})")
        foot += 1
    if draw(st.booleans()):
        sheet.cell(foot + draw(st.integers(0, 2 if prepared else 1)), left, "填表人：")
    shape = {"left": left, "first": last + 1, "prepared": prepared, "rows": rows, "width": len(columns)}
    return book, shape


def _texts(book: Workbook) -> dict[tuple[int, int], Any]:
    cells = (cell for row in book.worksheets[0].iter_rows() for cell in row)
    return {(cell.row, cell.column): cell.value for cell in cells if cell.value is not None}


@pytest.mark.usefixtures("db")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawings())
def test_rows_stand_below_their_headers_and_the_rest_moves_along(
    tmp_path: Path, drawn: tuple[Workbook, dict[str, int]]
) -> None:
    blank, shape = drawn
    book = opened(blank, tmp_path)
    table = find(book.pages[0], Limits())
    assert table is not None and (table.first, table.room) == (shape["first"], shape["prepared"])
    assert table.columns_in_order == list(range(shape["left"] - 1, shape["left"] - 1 + shape["width"]))
    specs = [Spec(column, table.columns[column], parse("name")) for column in table.columns_in_order]
    rows = [
        tuple(f"{number}-{column}" for column in table.columns_in_order) for number in range(shape["rows"])
    ]
    fill_sheet(table, specs, rows)
    out = io.BytesIO()
    book.save(out)
    after = _texts(load_workbook(out))
    for number, row in enumerate(rows):
        for column, value in zip(table.columns_in_order, row, strict=True):
            assert after.pop((shape["first"] + number, column + 1)) == value
    grown = max(0, shape["rows"] - shape["prepared"])
    last = shape["first"] + shape["prepared"] - 1
    for (place, column), value in _texts(blank).items():
        moved = after.pop((place if place <= last else place + grown, column))
        if not str(value).startswith("="):
            assert moved == value
        elif shape["prepared"]:
            assert moved.endswith(f"{shape['first']}:{letter(shape['left'])}{last + grown})")
    assert after == {}

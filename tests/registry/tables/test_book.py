"""Workbooks as other programs write them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils.datetime import MAC_EPOCH
from openpyxl.worksheet.table import Table

from tests.cast import COMMUNITY, GRID
from tests.registry.ledgers.ledger_cast import a_person, a_room, ago, lives
from tests.registry.tables.blanks import WHO, drawn, received
from tests.tables.drawing import saved
from wangge.registry.tables import actions
from wangge.registry.tables.workbook.cells import MAIN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("areas")]
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture(autouse=True)
def _settled(areas: None) -> None:
    for number in range(5):
        lives(
            a_person(f"甲{number}", birth=date(1980, 1, 1)),
            GRID,
            since=ago(400),
            room=a_room(door=f"10{number}"),
        )


def _changed(content: bytes, change: Callable[[str], str], part: str = SHEET) -> bytes:
    """The same workbook with one part written otherwise."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as held, zipfile.ZipFile(out, "w") as made:
        for name in held.namelist():
            text = held.read(name)
            made.writestr(name, change(text.decode()).encode() if name == part else text)
    return out.getvalue()


def _filled(content: bytes, name: str = "登记表.xlsx", **asked: object) -> io.BytesIO:
    out = io.BytesIO()
    actions.fill_table(actor="cli", request=received(COMMUNITY, io.BytesIO(content), name, **asked), out=out)
    return out


def _part(file: io.BytesIO, name: str = SHEET) -> str:
    with zipfile.ZipFile(file) as archive:
        return archive.read(name).decode()


def _names(file: io.BytesIO, column: str = "B") -> list[str]:
    sheet = load_workbook(file).worksheets[0]
    return [str(cell.value) for cell in sheet[column] if str(cell.value).startswith("甲")]


def test_what_newer_programs_wrote_stays_readable() -> None:
    spaces = (
        f'<worksheet xmlns="{MAIN}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
        'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" mc:Ignorable="x14ac xr" '
        'xr:uid="{00000000-0001-0000-0000-000000000000}">'
    )
    list_14 = (
        '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" uri="{C}">'
        '<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1">'
        '<x14:dataValidation type="list"><x14:formula1><xm:f>"男性,女性"</xm:f></x14:formula1>'
        "<xm:sqref>C2:C4</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
    )
    content = _changed(
        saved(drawn()),
        lambda text: re.sub(r"<worksheet[^>]*>", spaces, text).replace("</worksheet>", list_14)
        .replace('<row r="2"', '<row r="2" x14ac:dyDescent="0.25"'),
    )  # fmt: skip
    file = _filled(content)
    text = _part(file)
    root = etree.fromstring(text.encode())
    assert {"x14ac", "xr", "mc"} <= set(root.nsmap) and "<xm:sqref>C2:C6</xm:sqref>" in text
    assert len(_names(file)) == 5
    assert {cell.value for cell in load_workbook(file).worksheets[0]["C"][1:6]} == {"男性"}


def test_elements_with_a_prefix_are_written_with_it() -> None:
    def prefixed(text: str) -> str:
        text = text.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
        return re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", text)

    file = _filled(_changed(saved(drawn()), prefixed))
    assert "<x:row " in _part(file) and "<row" not in _part(file)
    assert len(_names(file)) == 5


def test_shared_formulas_and_total_of_a_single_row_grow() -> None:
    book = drawn((*WHO, "位数"), rows=1)
    sheet = book.active
    sheet["G2"], sheet["A3"], sheet["G3"] = "=LEN(D2)", "合计", "=SUM(G2:G2)"
    content = _changed(
        saved(book),
        lambda text: text.replace("<f>LEN(D2)</f>", '<f t="shared" ref="G2:G2" si="0">LEN(D2)</f>'),
    )
    after = load_workbook(_filled(content)).worksheets[0]
    assert [after[f"G{row}"].value for row in range(2, 8)] == [
        "=LEN(D2)", "=LEN(D3)", "=LEN(D4)", "=LEN(D5)", "=LEN(D6)", "=SUM(G2:G6)",
    ]  # fmt: skip


def test_the_order_of_calculation_is_forgotten_and_all_is_computed_anew() -> None:
    book = drawn(rows=1)
    book.active["A3"], book.active["C3"] = "合计", "=COUNTA(B2:B2)"
    content = saved(book)
    with_chain = io.BytesIO(content)
    with zipfile.ZipFile(with_chain, "a") as archive:
        archive.writestr("xl/calcChain.xml", f'<calcChain xmlns="{MAIN}"><c r="C3" i="1"/></calcChain>')
    file = _filled(with_chain.getvalue())
    assert "xl/calcChain.xml" not in zipfile.ZipFile(file).namelist()
    assert 'fullCalcOnLoad="1"' in _part(file, "xl/workbook.xml")
    assert load_workbook(file, data_only=True).worksheets[0]["C7"].value == 5


def test_a_table_of_excel_grows_with_its_rows() -> None:
    book = drawn(rows=2)
    book.active.add_table(Table(displayName="T1", ref="A1:F3"))
    after = load_workbook(_filled(saved(book))).worksheets[0]
    assert after.tables["T1"].ref == "A1:F6" and after.tables["T1"].autoFilter.ref == "A1:F6"


def test_rows_merged_across_stay_so() -> None:
    book = drawn((*WHO, ""), rows=3)
    for row in range(1, 5):
        book.active.merge_cells(start_row=row, start_column=6, end_row=row, end_column=7)
    after = load_workbook(_filled(saved(book))).worksheets[0]
    assert {str(area) for area in after.merged_cells.ranges} == {f"F{row}:G{row}" for row in range(1, 7)}


def test_days_count_from_1904_where_the_workbook_says_so() -> None:
    book = drawn(("姓名", "身份证号", "出生日期"), rows=5)
    book.epoch = MAC_EPOCH
    file = _filled(saved(book))
    assert load_workbook(file).worksheets[0]["C2"].value.date() == date(1980, 1, 1)  # type: ignore[union-attr]


def test_fewer_rows_than_prepared_leave_the_rest_as_it_was() -> None:
    file = _filled(saved(drawn(rows=9)), filters=["is:sex=2"])
    after = load_workbook(file).worksheets[0]
    assert after.max_row == 10 and not _names(file) and after["A10"].border.left.style == "thin"


def test_nothing_of_the_blank_is_read_from_outside_the_file() -> None:
    evil = _changed(
        saved(drawn()), lambda text: '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>' + text
    )
    with pytest.raises(Exception, match="为安全起见"):
        _filled(evil)

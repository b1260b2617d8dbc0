"""A small workbook with a cell far away is not given to a reader that makes room for all between."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import ValidationError

from wangge.engines.forms.checking.book import NotABook, read_book
from wangge.lib.sheets import cells_in, is_scattered
from wangge.systems.declarations.forms.residence import ListForm
from wangge.systems.groups.reading import guards, staff
from wangge.systems.incidents.reading import orders


def workbook(row: int, column: int, cell: str = "远") -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_column(0, 0, ["证件号码", "姓名"])
    sheet.write(row, column, cell, book.add_format({"bg_color": "yellow"}))
    book.close()
    return stream.getvalue()


FAR = workbook(1_048_575, 100)


@pytest.mark.parametrize(
    "sheet",
    [
        b"<row r='1048576'><c><v>1</v></c><c r='XFD1'><v>1</v></c></row>",
        b'<x:row r="9"><x:c s="1" r="XFD1048576" t="s"><x:v>1</x:v></x:c></x:row>',
    ],
    ids=["no_address", "prefixed"],
)
def test_where_the_last_cell_lies_is_found_however_it_is_written(sheet):
    assert cells_in(sheet) == 1_048_576 * 16_384


def test_cells_that_are_only_coloured_do_not_count():
    assert (
        is_scattered(FAR)
        and not is_scattered(workbook(1_048_575, 100, ""))
        and not is_scattered(workbook(9, 9))
    )


def test_no_reader_takes_it(monkeypatch):
    for module in ("groups.reading.staff", "incidents.reading.orders", "declarations.forms.residence"):
        monkeypatch.setattr(f"wangge.systems.{module}.CalamineWorkbook", None)
    with pytest.raises(guards.Unreadable, match="scattered"):
        staff.read_staff(FAR)
    with pytest.raises(orders.Unreadable, match="很远的格子"):
        orders.read_orders(FAR)
    with pytest.raises(NotABook):
        read_book(FAR)
    form = ListForm({"purpose": "比对"}, {"file": SimpleUploadedFile("a.xlsx", FAR)})
    assert form.is_valid()
    with pytest.raises(ValidationError, match="很远的格子"):
        form.rows()

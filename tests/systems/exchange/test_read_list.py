"""A list as offices send it; what is none is refused in words."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from tests.systems.exchange.share_cast import a_list, an_id, workbook
from wangge.lib import sheets
from wangge.systems.exchange.reading import Unreadable, guards, lists, read_list


def test_the_column_is_found_by_its_name_below_titles():
    listed = read_list("a.xlsx", workbook([(1, "甲某", an_id(1), "")], above=3))
    assert [(line.row, line.id_no, line.told["name"]) for line in listed.lines] == [(5, an_id(1), "甲某")]
    assert listed.columns == ("name", "phone")


@pytest.mark.parametrize("head", ["证件号码", "身份证号", "公民身份号码*", "ID_No"])
def test_the_usual_names_of_the_column(head):
    assert read_list("a.csv", f"{head}\n{an_id(3)}\n".encode()).lines[0].id_no == an_id(3)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_of_any_machine_and_text_forced_by_a_formula(encoding):
    listed = read_list("a.CSV", f'证件号码,姓名\n="{an_id(5)}",甲某\n,\n'.encode(encoding))
    assert [(line.row, line.id_no) for line in listed.lines] == [(2, an_id(5))]


def test_a_cell_with_a_formula_is_read_as_what_it_shows_and_never_run():
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["证件号码"])
    sheet.write_formula(1, 0, '=HYPERLINK("http://invalid.invalid")', None, an_id(7))
    sheet.write_formula(2, 0, '=CONCATENATE("99","97")', None, "")
    sheet.write_string(3, 0, "=1+1")
    book.close()
    listed = read_list("a.xlsx", stream.getvalue())
    assert [(line.row, line.id_no) for line in listed.lines] == [(2, an_id(7)), (4, "=1+1")]


def test_nothing_of_a_line_stands_in_what_is_printed_of_it():
    listed = read_list("a.csv", a_list(an_id(9)))
    assert an_id(9) not in repr(listed) and an_id(9) not in repr(listed.lines[0])


def _rows(many: int) -> bytes:
    return ("身份证号\n" + "1\n" * many).encode()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"", "空的"),
        ("a.xlsx", workbook([("甲某",)], heads=("姓名",)), "没有找到“证件号码”列"),
        ("a.xlsx", workbook([(1,)], heads=("证件类型",)), "没有找到“证件号码”列"),
        ("a.xlsx", workbook([]), "下面没有名单"),
        ("a.xlsx", b"PK\x03\x04broken", "打不开"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "只收 xlsx 或 csv"),
        ("a.png", b"\x89PNG", "只收 xlsx 或 csv"),
        ("a.csv", b"\0\1\2", "只收 xlsx 或 csv"),
        ("a.csv", _rows(100_001), "超过 100,000 行"),
    ],
    ids=["empty", "no_column", "kind_of_id", "no_rows", "broken", "old_xls", "picture", "binary", "long"],
)
def test_what_is_no_list_is_refused_with_what_to_do(name, content, said):
    with pytest.raises(Unreadable, match=said):
        read_list(name, content)


def test_a_hundred_thousand_rows_are_a_list():
    assert len(read_list("a.csv", _rows(100_000)).lines) == 100_000


def test_a_file_over_twenty_megabytes_is_refused():
    with pytest.raises(Unreadable, match="20 MB"):
        read_list("a.csv", b"x" * (guards.FILE_BYTES + 1))


@pytest.mark.parametrize(("row", "column"), [(1_048_575, 100), (300, 16_383)], ids=["down", "right"])
def test_a_small_file_with_a_cell_far_away_is_not_given_to_the_reader(monkeypatch, row, column):
    monkeypatch.setattr(lists, "CalamineWorkbook", None)
    monkeypatch.setattr(sheets, "CELLS", 4_000_000)
    with pytest.raises(Unreadable, match="很远的格子"):
        read_list("a.xlsx", _far(row, column))


def _far(row: int, column: int, **more) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_column(0, 0, ["证件号码", an_id(1)])
    sheet.write(row, column, more.get("cell", "远"), book.add_format({"bg_color": "yellow"}))
    book.close()
    return stream.getvalue()


def test_a_sheet_that_is_only_coloured_to_its_end_is_read():
    assert len(read_list("a.xlsx", _far(1_048_575, 100, cell="")).lines) == 1


def test_a_workbook_that_unpacks_without_end_is_not_opened(monkeypatch):
    monkeypatch.setattr(guards, "UNPACKED_BYTES", 100)
    monkeypatch.setattr(lists, "CalamineWorkbook", None)
    with pytest.raises(Unreadable, match="解开后太大"):
        read_list("a.xlsx", workbook([(1, "甲某", an_id(1), "")]))

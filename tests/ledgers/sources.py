"""Workbooks whose difficulty is where they come from: encodings, old programs, exports, several sheets."""

from __future__ import annotations

import zipfile
from pathlib import Path

import xlsxwriter
import xlwt

from tests.ledgers.expected import Expected, Table
from tests.ledgers.people import people
from tests.ledgers.registered import book, line, write, write_csv

# The expected reports read as tables.
# ruff: noqa: E501
# fmt: off


_CSV_FACTS = {"姓名": "name", "性别": "sex", "身份证号码": "id_no", "手机号码": "phone", "现居住地址": "residence"}


def _csv_rows(count: int) -> list[list[object]]:
    return [list(_CSV_FACTS), *([o.name, o.sex, o.id_no, o.phone, o.home] for o in people(count))]


@book(Expected("csv", (Table("CSV", (1,), 2, 20, _CSV_FACTS, "residents"),)))
def gb18030_csv(folder: Path) -> Path:
    """What Excel on a Chinese Windows saves as csv."""
    return write_csv(folder / "台账.csv", _csv_rows(20), "gb18030")


@book(Expected("csv", (Table("CSV", (1,), 2, 20, _CSV_FACTS, "residents"),)))
def bom_semicolon_csv(folder: Path) -> Path:
    """UTF-8 with a mark, semicolons, full-width commas inside the text."""
    rows = _csv_rows(20)
    rows[1][4] = "虚构路1号，2栋，301"
    return write_csv(folder / "台账.csv", rows, "utf-8-sig", ";")


@book(Expected("csv", (Table("CSV", (1,), 2, 20, _CSV_FACTS, "residents"),)))
def unicode_text(folder: Path) -> Path:
    """Excel's "Unicode 文本": UTF-16 with tabs, named .txt."""
    return write_csv(folder / "台账.txt", _csv_rows(20), "utf-16", "\t")


@book(Expected("csv", (Table(
    "CSV", (2, 3), 4, 6, {"序号": "serial", "姓名": "name", "户籍/地址": "hukou_address", "现居住/地址": "residence",
                          "现居住/房号": "room_no"}, "residents"),)))
def grouped_csv(folder: Path) -> Path:
    """A two-row header that lost its merges on the way to csv."""
    rows = [["某社区名册", "", "", "", ""], ["序号", "姓名", "户籍", "现居住", ""], ["", "", "地址", "地址", "房号"]]
    rows += [[str(i), one.name, "某省某市1号", one.home, "301"] for i, one in enumerate(people(6), 1)]
    return write_csv(folder / "名册.csv", rows, "utf-8")


@book(Expected("xls", (Table(
    "第一网格", (2,), 3, 8, {"序号": "serial", "姓名": "name", "性别": "sex", "身份证号": "id_no", "电话": "phone",
                         "住址": "residence"}, "residents", skipped={"repeated_header": 1, "note": 1, "section": 1,
                                                                   "blank": 1}),)))
def printed_xls(folder: Path) -> Path:
    """An old xls made for printing: title and header again in the middle, a section line, a blank row."""
    header = ["序号", "姓名", "性别", "身份证号", "电话", "住址"]
    rows: list[list[object]] = [["第一网格人员名册"], header]
    rows += [line(i, one) for i, one in enumerate(people(4), 1)]
    rows += [[], ["第一网格人员名册"], header, ["二、外来人员"]]
    rows += [line(i, one) for i, one in enumerate(people(4, 20), 5)]
    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet("第一网格")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    path = folder / "名册.xls"
    workbook.save(str(path))
    return path


@book(Expected("xlsx", (
    Table("一村", (1,), 2, 3, {"序号": "serial", "姓名": "name", "性别": "sex", "身份证号": "id_no", "电话": "phone",
                             "住址": "residence"}, "residents"),
    Table("二村", (2,), 3, 4, {"姓名": "name", "出生年月": "birth", "村(社区)": "community", "所属网格": "grid"},
          "residents")),
    {"封面": "no_table", "旧数据": "hidden", "Sheet5": "empty"}))
def several_sheets(folder: Path) -> Path:
    """A cover, two ledgers of different shape, a hidden sheet, an empty one."""
    path = folder / "汇总.xlsx"
    header = ["序号", "姓名", "性别", "身份证号", "电话", "住址"]
    with xlsxwriter.Workbook(str(path)) as workbook:
        cover = workbook.add_worksheet("封面")
        cover.write_column(0, 0, ["人口台账汇总", "填表说明：", "一、姓名须与身份证一致。", "二、每月 5 日前报送。"])
        for number, row in enumerate([header, *(line(i, o) for i, o in enumerate(people(3), 1))]):
            if number == 0:
                first = workbook.add_worksheet("一村")
            first.write_row(number, 0, row)
        second = workbook.add_worksheet("二村")
        second.merge_range(0, 0, 0, 3, "二村花名册")
        second.write_row(1, 0, ["姓名", "出生年月", "村(社区)", "所属网格"])
        for i, one in enumerate(people(4, 30)):
            second.write_row(2 + i, 0, [one.name, f"{one.birth:%Y.%m}", "虚构村", "第一网格"])
        old = workbook.add_worksheet("旧数据")
        old.write_row(0, 0, header)
        old.hide()
        workbook.add_worksheet("Sheet5")
    return path


@book(Expected("xlsx", (Table(
    "data", (1,), 2, 10, {"ID": "serial", "XM": "name", "XB": "sex", "SFZH": "id_no", "CSRQ": "birth", "LXDH": "phone",
                        "HJDZ": "hukou_address", "XZZ": "residence"}, "residents", {"MZ": "ethnic"}),)))
def database_export(folder: Path) -> Path:
    """Column names as a database has them: first letters of pinyin."""
    header = ["ID", "XM", "XB", "SFZH", "CSRQ", "LXDH", "HJDZ", "XZZ", "MZ"]
    rows = [[i, o.name, o.sex, o.id_no, f"{o.birth:%Y%m%d}", o.phone, "某省某市1号", o.home, "汉"]
            for i, o in enumerate(people(10), 1)]
    return write(folder / "export.xlsx", {"data": [header, *rows]})


@book(Expected("html", (Table(
    "表1", (1,), 2, 5, {"姓名": "name", "性别": "sex", "身份证号码": "id_no", "手机号码": "phone", "现居住地址": "residence"},
    "residents"),)))
def page_named_xls(folder: Path) -> Path:
    """A web page named .xls, as office systems export it."""
    lines = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in _csv_rows(5)]
    path = folder / "导出.xls"
    path.write_text("<html><body><table border=1>" + "".join(lines) + "</table></body></html>", encoding="gb18030")
    return path


@book(Expected("xlsm", (Table(
    "Sheet1", (1,), 2, 3, {"姓名": "name", "身份证号": "id_no"}, "residents"),)))
def macro_workbook(folder: Path) -> Path:
    """A workbook with macros: read, the macros ignored."""
    path = write(folder / "宏.xlsm", {"Sheet1": [["姓名", "身份证号"], *([o.name, o.id_no] for o in people(3))]})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 not a real macro")
    return path

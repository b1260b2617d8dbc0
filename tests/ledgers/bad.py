"""Files that must be refused, one function each, with the code of the refusal."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import msoffcrypto.format.ooxml
import xlsxwriter

BAD: dict[str, tuple[Callable[[Path], Path], str]] = {}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def bad(code: str) -> Callable[[Callable[[Path], Path]], Callable[[Path], Path]]:
    """Register a builder with the code it must be refused with."""

    def keep(builder: Callable[[Path], Path]) -> Callable[[Path], Path]:
        BAD[builder.__name__] = (builder, code)
        return builder

    return keep


def _small(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("台账")
        sheet.write_row(0, 0, ["姓名", "电话"])
        sheet.write_row(1, 0, ["赵试甲", "10000000001"])
    return path


def _with_sheet(path: Path, xml: str | bytes, note: bytes = b"") -> Path:
    """A workbook whose only sheet is the given XML."""
    source = _small(path.with_name("source.xlsx"))
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return path


@bad("empty")
def nothing(folder: Path) -> Path:
    """Zero bytes."""
    path = folder / "空.xlsx"
    path.write_bytes(b"")
    return path


@bad("empty")
def blank_sheets(folder: Path) -> Path:
    """A workbook nobody wrote in."""
    path = folder / "空白.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        workbook.add_worksheet()
    return path


@bad("no_table")
def a_letter(folder: Path) -> Path:
    """Text in cells, but no ledger."""
    path = folder / "通知.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        workbook.add_worksheet("通知").write_column(
            0, 0, ["关于报送的通知", "各村（社区）：", "请于月底前报送。"]
        )
    return path


@bad("wrong_type")
def pdf_renamed(folder: Path) -> Path:
    """A PDF called .xlsx."""
    path = folder / "台账.xlsx"
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    return path


@bad("wrong_type")
def photo_renamed(folder: Path) -> Path:
    """A photo called .xls."""
    path = folder / "台账.xls"
    path.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 20)
    return path


@bad("wrong_type")
def word_renamed(folder: Path) -> Path:
    """A Word document called .xlsx."""
    path = folder / "台账.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return path


@bad("wrong_type")
def archive_of_ledgers(folder: Path) -> Path:
    """A zip with workbooks inside."""
    path = folder / "台账.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(_small(folder / "a.xlsx"), "一村.xlsx")
    return path


@bad("wrong_type")
def binary_text(folder: Path) -> Path:
    """Random bytes called .csv."""
    path = folder / "台账.csv"
    path.write_bytes(bytes([0, 1, 2, 3, 250, 0, 0, 7]) * 500)
    return path


@bad("corrupt")
def cut_short(folder: Path) -> Path:
    """An upload that stopped half way."""
    whole = _small(folder / "whole.xlsx").read_bytes()
    path = folder / "半截.xlsx"
    path.write_bytes(whole[: len(whole) // 2])
    return path


@bad("corrupt")
def broken_sheet(folder: Path) -> Path:
    """A sheet whose XML ends in the middle of a row."""
    return _with_sheet(
        folder / "坏.xlsx",
        f'{_HEAD}<worksheet {_MAIN}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>姓',
    )


@bad("corrupt")
def open_quote(folder: Path) -> Path:
    """A quote that is never closed swallows the rest of the file."""
    path = folder / "引号.csv"
    path.write_text(
        '姓名,电话,住址\n赵试甲,10000000001,"虚构路\n' + "钱试乙,10000000002,虚构路1号\n" * 8_000,
        encoding="utf-8",
    )
    return path


@bad("encrypted")
def with_password(folder: Path) -> Path:
    """Protected by an opening password."""
    path = folder / "加密.xlsx"
    with _small(folder / "open.xlsx").open("rb") as source, path.open("wb") as target:
        msoffcrypto.format.ooxml.OOXMLFile(source).encrypt("secret", target)
    return path


@bad("zip_bomb")
def bomb(folder: Path) -> Path:
    """Forty million bytes of nothing in forty thousand."""
    return _with_sheet(folder / "炸弹.xlsx", b"<worksheet><sheetData>" + b" " * 40_000_000)


@bad("zip_bomb")
def lying_bomb(folder: Path) -> Path:
    """The same, with a directory that claims a hundred bytes."""
    path = bomb(folder)
    content = bytearray(path.read_bytes())
    size = (22 + 40_000_000).to_bytes(4, "little")
    assert size in content
    path.write_bytes(bytes(content).replace(size, (100).to_bytes(4, "little")))
    return path


@bad("unsafe")
def entities(folder: Path) -> Path:
    """Billion laughs."""
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    return _with_sheet(folder / "实体.xlsx", f"{_HEAD}{laughs}<worksheet {_MAIN}><sheetData/></worksheet>")


@bad("too_many_columns")
def five_hundred_columns(folder: Path) -> Path:
    """No ledger has 500 columns."""
    path = folder / "宽.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("宽")
        sheet.write_row(0, 0, ["姓名", "电话", *(f"第{i}次" for i in range(498))])
    return path


@bad("too_many_columns")
def wide_text(folder: Path) -> Path:
    """The same as csv."""
    path = folder / "宽.csv"
    path.write_text(",".join(["姓名", "电话", *map(str, range(498))]) + "\n", encoding="utf-8")
    return path


@bad("sparse")
def stray_cell(folder: Path) -> Path:
    """One forgotten cell in the last row would make a table of a million rows."""
    path = folder / "零散.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("台账")
        sheet.write_row(0, 0, ["姓名", "电话"])
        sheet.write(1_048_575, 0, "x")
    return path


@bad("wrong_encoding")
def unknown_encoding(folder: Path) -> Path:
    """Bytes that neither UTF-8 nor GB18030 knows."""
    path = folder / "乱码.csv"
    path.write_bytes("姓名,电话\n".encode() + b"\xff\xfe\xff\x81,1\n" * 3)
    return path

"""Wrong cells of a ledger are named by code, right ones in strange writing are not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import xlsxwriter

from tests.ledgers.people import people
from wangge.registry.ledgers.mapping import propose
from wangge.registry.ledgers.pipeline.clean import CleaningContext, clean_chunk
from wangge.registry.ledgers.reading import open_ledger

HEADER = ["姓名", "身份证号", "性别", "联系电话", "出生日期", "文化程度"]


def _problems(path: Path) -> list[tuple[int, str, str]]:
    """(source row, header, code) of everything wrong, read, mapped and cleaned as an import would."""
    [sheet] = open_ledger(path).sheets
    facts = {p.index: p.fact for p in propose(sheet.columns, sheet.sample()) if p.fact}
    headers = {fact: sheet.columns[index] for index, fact in facts.items()}
    context = CleaningContext(demo=True, today=date(2026, 11, 23), home="440703")
    found = []
    for chunk in sheet.chunks():
        cleaned = clean_chunk({fact: chunk.columns[index] for index, fact in facts.items()}, context)
        found += [(chunk.row_numbers[row], headers[fact], code) for row, fact, code in cleaned.problems]
    return found


def _book(path: Path, rows: list[list[object]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("台账")
        for number, row in enumerate([HEADER, *rows]):
            sheet.write_row(number, 0, row)
    return path


def test_strange_writing_is_understood(tmp_path: Path) -> None:
    one, two, three = people(3)
    rows: list[list[object]] = [
        [f" {one.name} ", f"{one.id_no[:6]} {one.id_no[6:14]} {one.id_no[14:]}",
         "M" if one.sex == "男" else "F",
         f"+86 {one.phone[:3]}-{one.phone[3:7]}-{one.phone[7:]}", f"{one.birth:%Y%m%d}", "大专"],
        [two.name, two.id_no.lower(), two.sex, float(two.phone),
         f"{two.birth:%Y.}{two.birth.month}.{two.birth.day}",
         "本科"],
        [three.name, "'" + three.id_no, f"{three.sex}性", three.phone, f"{three.birth:%Y/%m/%d}", ""],
    ]  # fmt: skip
    assert _problems(_book(tmp_path / "写法.xlsx", rows)) == []


def test_wrong_cells_are_named(tmp_path: Path) -> None:
    one, two, three, four, five = people(5)
    wrong_check = one.id_no[:17] + ("0" if one.id_no[17] != "0" else "1")
    rows: list[list[object]] = [
        [one.name, wrong_check, one.sex, one.phone, "", ""],
        [two.name, float(two.id_no[:15] + "000"), two.sex, two.phone, "", ""],
        [three.name, three.id_no, three.sex, "12345", "", ""],
        [four.name, four.id_no, four.sex, four.phone, "", "大师"],
        ["", five.id_no, five.sex, five.phone, "", ""],
    ]
    assert _problems(_book(tmp_path / "错误.xlsx", rows)) == [
        (2, "身份证号", "id_checksum"),
        (3, "身份证号", "id_precision_lost"),
        (4, "联系电话", "phone_length"),
        (5, "文化程度", "code_unknown"),
        (6, "姓名", "name_missing"),
    ]

"""The blank standard ledger: heads with comments, drop-down lists, one sample row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

import xlsxwriter

from ..dictionary import Fact, code_lists, facts

ROWS = 2_000  # rows with drop-down lists
LONGEST_LIST = 250  # characters Excel takes in a list written out; longer ones stand on the sheet 代码
# A sample nobody is: the region 999703 does not exist, phones beginning 100 are not issued.
SAMPLE = {
    "name": "示例一（填写前请删除本行）",
    "sex": "男",
    "birth": "1980-05-06",
    "id_type": "居民身份证",
    "phone": "10000000000",
    "hukou_address": "示例省示例市示例区示例路1号",
    "residence": "示例路1号甲栋2单元501",
    "community": "示例社区",
    "grid": "第1网格",
    "household_no": "0001",
    "relation": "户主",
    "employer": "示例公司",
    "arrive_date": "2022-03-01",
    "residence_since": "2022-03-01",
    "planned_until": "2023-03-01",
}
HINTS = {
    "date": "写成 2022-11-28；2022.11.28、2022年11月28日也认得。",
    "id_no": "请先把单元格设成“文本”再填，否则后三位会变成 000。",
    "phone": "手机号 11 位；固定电话写成 0750-3123456。",
    "address": "写到栋、单元、房号，例如 胜利路1号2栋3单元501。",
    "mark": "是 或 否。",
    "number": "只写数字。",
}


def write_blank(stream: BinaryIO, title: str, version: str, columns: Sequence[str]) -> None:
    """Write the blank workbook of a standard version to ``stream``."""
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet(title)
    chosen = [facts()[code] for code in columns if code in facts()]
    _heads(book, sheet, f"{title}标准台账 v{version}", chosen)
    lists = _code_sheet(book, chosen)
    for column, fact in enumerate(chosen):
        if fact.codes in lists:
            sheet.data_validation(
                2,
                column,
                ROWS,
                column,
                {
                    "validate": "list",
                    "source": lists[fact.codes],
                    "error_type": "warning",
                    "error_title": fact.name,
                    "error_message": "请从下拉列表中选择；确有需要也可以照实填写。",
                },
            )
    book.close()


def _heads(book: Any, sheet: Any, title: str, chosen: Sequence[Fact]) -> None:
    bold = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bg_color": "#DCEBEE", "border": 1})
    must = book.add_format({"bold": True, "bg_color": "#FFE3B0", "border": 1})
    text = book.add_format({"num_format": "@"})
    sample = book.add_format({"num_format": "@", "font_color": "#8A8A8A", "italic": True})
    sheet.write_string(0, 0, title, bold)
    sheet.freeze_panes(2, 1)
    for column, fact in enumerate(chosen):
        sheet.set_column(
            column, column, 30 if fact.kind == "address" else 20 if fact.kind == "id_no" else 14, text
        )
        sheet.write_string(
            1, column, fact.name + ("*" if fact.mandatory else ""), must if fact.mandatory else head
        )
        sheet.write_comment(1, column, _comment(fact), {"x_scale": 2})
        sheet.write_string(2, column, SAMPLE.get(fact.code, ""), sample)


def _comment(fact: Fact) -> str:
    parts = [
        "必填。" if fact.mandatory else "",
        HINTS.get(fact.kind, ""),
        f"用途：{fact.purpose.zh}。",
        f"保存：{fact.retention.zh}。",
    ]
    return "\n".join(part for part in parts if part)


def _code_sheet(book: Any, chosen: Sequence[Fact]) -> dict[str, Any]:
    """Lists in use: written out where Excel takes them, else as a range on the sheet 代码."""
    sources: dict[str, Any] = {}
    sheet = None
    for name in dict.fromkeys(fact.codes for fact in chosen if fact.codes in code_lists()):
        labels = [code.label for code in code_lists()[name].codes]
        if len(",".join(labels)) <= LONGEST_LIST:
            sources[name] = labels
            continue
        sheet = sheet or book.add_worksheet("代码")
        column = len([1 for source in sources.values() if isinstance(source, str)])
        sheet.write_column(0, column, labels)
        letter = xlsxwriter.utility.xl_col_to_name(column)
        sources[name] = f"=代码!${letter}$1:${letter}${len(labels)}"
    if sheet is not None:
        sheet.hide()
    return sources

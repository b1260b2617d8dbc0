"""Ledgers made in memory for the import's tests. The people in them are invented."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from tests.cast import COMMUNITY
from wangge.lib.identifiers import make_demo_id
from wangge.registry.ledgers import actions
from wangge.registry.ledgers.models import Batch

HEADERS = ("姓名", "身份证号", "性别", "出生日期", "联系电话", "现住址", "与户主关系", "户籍地址", "文化程度")
ZHANG = make_demo_id("999703", date(1980, 1, 2), 3)
XIAO = make_demo_id("999703", date(2010, 5, 6), 4)
FLAT = "丰雅花园3栋2单元501"


def row(name: str = "张三", **facts: str) -> list[str]:
    """A line of a ledger; facts by header, such as ``联系电话="10012345678"``."""
    facts.setdefault("现住址", FLAT)
    return [name, *[facts.get(header, "") for header in HEADERS[1:]]]


def workbook(
    rows: Sequence[Sequence[Any]], sheet: str = "常住人口", headers: Sequence[str] = HEADERS
) -> io.BytesIO:
    """An xlsx of one sheet."""
    return books({sheet: [list(headers), *rows]})


def books(sheets: dict[str, Sequence[Sequence[Any]]]) -> io.BytesIO:
    """An xlsx of several sheets, header included."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"created": datetime(2022, 11, 28)})  # the same rows are the same bytes
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for number, cells in enumerate(rows):
            page.write_row(number, 0, cells)
    book.close()
    content.seek(0)
    return content


def received(rows: Sequence[Sequence[Any]], area: str = COMMUNITY, **more: Any) -> Batch:
    """A batch that was taken in, not yet planned."""
    return actions.receive_file(
        actor="test", area_code=area, name="台账.xlsx", content=workbook(rows, **more)
    )


def imported(rows: Sequence[Sequence[Any]], area: str = COMMUNITY, **more: Any) -> Batch:
    """A batch that was written to the register."""
    return actions.commit_batch(actor="test", batch=received(rows, area, **more))


def planned(rows: Sequence[Sequence[Any]], area: str = COMMUNITY, **more: Any) -> Batch:
    """A batch that was run dry."""
    return actions.plan_batch(actor="test", batch=received(rows, area, **more))


def counts(batch: Batch) -> dict[str, int]:
    """Outcomes that occur, by name."""
    return {str(outcome): count for outcome, count in batch.counts.items() if count}

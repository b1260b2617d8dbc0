"""Small blank tables for the tests of single rooms."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from tests.tables.drawing import body, header, one_sheet, saved, title
from wangge.registry.ledgers.guards import Limits
from wangge.registry.tables import actions
from wangge.registry.tables.models import TableRequest
from wangge.registry.tables.recognition import Found, find
from wangge.registry.tables.workbook import Book

WHO = ("序号", "姓名", "性别", "身份证号码", "联系电话", "住址")


def drawn(columns: Sequence[str] = WHO, rows: int = 3, name: str = "登记表", heading: str = "") -> Workbook:
    """A table with a title, a framed header and some framed rows."""
    book, sheet = one_sheet(name)
    if heading:
        title(sheet, heading, len(columns))
    last = header(sheet, 2 if heading else 1, columns)
    body(sheet, last + 1, rows, len(columns))
    return book


def blank(*args: object, **kwargs: object) -> io.BytesIO:
    """The same as a file."""
    return io.BytesIO(saved(drawn(*args, **kwargs)))  # type: ignore[arg-type]


def opened(book: Workbook, folder: Path, name: str = "表.xlsx") -> Book:
    """A drawn workbook as the product opens it."""
    path = folder / "drawn.xlsx"
    path.write_bytes(saved(book))
    return Book(path, name)


def found(book: Workbook, folder: Path) -> Found | None:
    """The table of its first sheet."""
    return find(opened(book, folder).pages[0], Limits(columns=50))


def received(
    area: str, content: io.BytesIO | None = None, name: str = "登记表.xlsx", **asked: object
) -> TableRequest:
    """A request of the command line."""
    held = content or blank()
    return actions.receive_table(actor="cli", area_code=area, name=name, content=held, **asked)  # type: ignore[arg-type]

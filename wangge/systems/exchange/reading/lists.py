"""The lines of a list: its row as Excel counts it, and the cells that are compared. Formulas are not run."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from .guards import ROWS, Unreadable, check_package, check_size, damaged, no_table, too_long

HEADS_WITHIN = 10  # rows of titles above the heads
SHEETS = 10
HEADS = {
    "id_no": re.compile(r"身份证|证件号|公民身份号码|^id(?:no|number|card)?$", re.IGNORECASE),
    "name": re.compile(r"^(?:人员|中文|当事人)?(?:姓名|名字)$|^name$", re.IGNORECASE),
    "phone": re.compile(r"手机|电话|联系方式|^mobile|^phone", re.IGNORECASE),
    "residence_code_status": re.compile(r"粤居码"),
}
NOT_HEADS = re.compile(r"类型|类别|有效|照片|地址|紧急|家长|监护|亲属|日期|时间")
_SPACE = re.compile(r"[\s\u3000*＊:：（）()_]+")
_AS_TEXT = re.compile(r'^="([^"]*)"$')  # how text is forced into a csv

Rows = list[list[Any]]


@dataclass(frozen=True)
class Line:
    """One line that has something in it."""

    row: int
    id_no: Any = field(repr=False)
    told: dict[str, str] = field(repr=False)


@dataclass(frozen=True)
class Listed:
    """A list that was read: the digest of its file, its lines, and what besides the id number it says."""

    digest: str
    lines: list[Line] = field(repr=False)
    columns: tuple[str, ...] = ()


def read_list(name: str, content: bytes) -> Listed:
    """Read the first sheet with a column of id numbers.

    Raises:
        Unreadable: no table, too big, too long, or no such column; says what to do.
    """
    check_size(len(content))
    for rows in _sheets(name, content):
        for at, heads in enumerate(rows[:HEADS_WITHIN]):
            found = _columns(heads)
            if "id_no" in found:
                return _listed(content, rows, at + 1, found)
    raise Unreadable(_("没有找到“证件号码”列。请在表头写明“证件号码”或“身份证号”，再重新上传。"))


def _sheets(name: str, content: bytes) -> list[Rows]:
    if content.startswith(b"PK"):
        check_package(content)
        return _workbook(content)
    if not name.lower().endswith(".csv") or b"\x00" in content:
        raise no_table()
    return [_text(content)]


def _workbook(content: bytes) -> list[Rows]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        names = book.sheet_names[:SHEETS]
        return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names]
    except (CalamineError, ValueError, OSError) as broken:
        raise damaged() from broken


def _text(content: bytes) -> Rows:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    try:
        return list(islice(csv.reader(StringIO(text)), ROWS + HEADS_WITHIN + 1))
    except csv.Error as broken:
        raise damaged() from broken


def _columns(heads: Sequence[Any]) -> dict[str, int]:
    words = [_SPACE.sub("", head) if isinstance(head, str) else "" for head in heads]
    found: dict[str, int] = {}
    for at, word in enumerate(words):
        for fact, meant in HEADS.items():
            if fact not in found and meant.search(word) and not NOT_HEADS.search(word):
                found[fact] = at
    return found


def _listed(content: bytes, rows: Rows, first: int, columns: dict[str, int]) -> Listed:
    lines = [
        _line(number, row, columns)
        for number, row in enumerate(rows[first:], first + 1)
        if any(cell not in ("", None) for cell in row)
    ]
    if len(lines) > ROWS:
        raise too_long()
    if not lines:
        raise Unreadable(_("表头下面没有名单。请确认表格已保存，再重新上传。"))
    others = tuple(fact for fact in columns if fact != "id_no")
    return Listed(hashlib.sha256(content).hexdigest(), lines, others)


def _line(number: int, row: Sequence[Any], columns: dict[str, int]) -> Line:
    cells = {fact: _cell(row[at]) if at < len(row) else "" for fact, at in columns.items()}
    id_no = cells.pop("id_no")
    return Line(number, id_no, {fact: _plain(cell) for fact, cell in cells.items()})


def _cell(cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    return _AS_TEXT.sub(r"\1", cell.strip())


def _plain(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)

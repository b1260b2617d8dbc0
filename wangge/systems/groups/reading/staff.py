"""The lines of a staff list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from django.conf import settings
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from wangge.lib.cells import clean_id, clean_name, clean_phone

from .columns import Columns, find_columns
from .guards import COLUMNS, ROWS, Unreadable, check_file, damaged

HEADS_WITHIN = 20  # rows of titles and notes above the heads


@dataclass(frozen=True)
class StaffLine:
    """One line: its row as Excel counts it, and what it says, canonical; "" where nothing can be read."""

    row: int
    name: str
    phone: str = field(default="", repr=False)
    id_no: str = field(default="", repr=False)


@dataclass(frozen=True)
class StaffList:
    """The lines that name somebody, and how many do not."""

    lines: list[StaffLine]
    unreadable: int


def read_staff(content: bytes) -> StaffList:
    """Read the first sheet that has a name column with a phone or id number beside it.

    Raises:
        Unreadable: no workbook, too big, or no such columns; says what to do.
    """
    check_file(content)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = [
            book.get_sheet_by_name(name).to_python(nrows=ROWS + HEADS_WITHIN)
            for name in book.sheet_names[:10]
        ]
    except (CalamineError, ValueError, OSError) as error:
        raise damaged() from error
    for rows in sheets:
        at, columns = _heads(rows)
        if columns is not None:
            return _lines(rows[at + 1 :], at + 2, columns)
    raise Unreadable(
        "no_columns", _("没有找到“姓名”列和“手机”或“证件号码”列。请确认表头写明这些列名，再重新上传。")
    )


def _heads(rows: Sequence[Sequence[object]]) -> tuple[int, Columns | None]:
    for at, row in enumerate(rows[:HEADS_WITHIN]):
        columns = find_columns(row[:COLUMNS])
        if columns is not None:
            return at, columns
    return 0, None


def _lines(rows: Iterable[Sequence[object]], first: int, columns: Columns) -> StaffList:
    lines, unreadable = [], 0
    for number, row in enumerate(rows, first):
        if not any(str(cell).strip() for cell in row):
            continue
        line = _line(number, row, columns)
        if line is None:
            unreadable += 1
        else:
            lines.append(line)
    if len(lines) > ROWS:
        raise Unreadable("too_many", _("名单超过 5000 人，不像一个团体的花名册。请按单位拆开再上传。"))
    if not lines:
        raise Unreadable("no_lines", _("表头下面没有人员。请确认名单在这个文件里。"))
    return StaffList(lines, unreadable)


def _line(number: int, row: Sequence[object], columns: Columns) -> StaffLine | None:
    demo = settings.DEMO or settings.TEST
    name = clean_name(_cell(row, columns.name))
    if name.error or not name.value:
        return None
    phone, id_no = (
        clean_phone(_cell(row, columns.phone), demo=demo),
        clean_id(_cell(row, columns.id_no), demo=demo),
    )
    return StaffLine(
        number, str(name.value), "" if phone.error else str(phone.value or ""),
        "" if id_no.error else str(id_no.value or ""),
    )  # fmt: skip


def _cell(row: Sequence[object], at: int) -> object:
    return row[at] if 0 <= at < len(row) else ""

"""Where the table of a blank sheet begins and ends, and why a sheet cannot be filled."""

from __future__ import annotations

from dataclasses import dataclass

from wangge.registry.ledgers.guards import Limits, Unreadable, too_many_columns

from ..workbook import Page, letters
from . import shape as told
from .header import header_rows, looks_like_data, names, score
from .shape import Shape
from .words import known


@dataclass(frozen=True)
class Found:
    """A blank table. header: its rows; columns: names by column; first, last: rows to fill (first > last:
    none is prepared); titles: what stands above; foot: rows below that say something; samples: rows kept."""

    page: Page
    header: tuple[int, ...]
    columns: dict[int, str]
    first: int
    last: int
    titles: tuple[str, ...] = ()
    samples: tuple[int, ...] = ()

    @property
    def columns_in_order(self) -> list[int]:
        """Its columns from left to right."""
        return sorted(self.columns)

    @property
    def room(self) -> int:
        """How many rows are prepared."""
        return max(0, self.last - self.first + 1)


def find(page: Page, limits: Limits) -> Found | None:
    """The table of a sheet, None when it has none.

    Raises Unreadable: side_by_side, stacked, has_data, form, protected, too_many_columns.
    """
    shape = Shape(page)
    rows = header_rows(shape)
    if not rows:
        return None
    columns = names(shape, rows)
    if len(columns) > limits.columns:
        raise too_many_columns(page.book.file_name, page.name, limits)
    if page.protected:
        raise _protected(page)
    _refuse_form(shape, rows)
    _refuse_beside(page, shape, rows, columns)
    first, last, samples = _body(shape, rows[-1], columns)
    titles = tuple(text for row in range(1, rows[0]) for text in shape.texts(row).values())
    return Found(page, tuple(rows), columns, first, last, titles, samples)


def _protected(page: Page) -> Unreadable:
    return Unreadable(
        "protected",
        f"文件“{page.book.file_name}”的工作表“{page.name}”被锁定（保护工作表），不能填写。"
        "请在 Excel 的“审阅 → 撤消工作表保护”里解除，保存后再上传。",
    )


def _refuse_form(shape: Shape, rows: list[int]) -> None:
    """姓名 [ ] 性别 [ ] / 民族 [ ] 电话 [ ]: labels beside their blanks, one person a sheet."""
    near = [row for row in range(rows[0] - 2, rows[-1] + 4) if row > 0 and _labels(shape, row)]
    if len(near) >= 2 and any(row in rows for row in near) and len(rows) <= 2:
        page = shape.page
        raise Unreadable(
            "form",
            f"文件“{page.book.file_name}”的工作表“{page.name}”是一人一张的登记表（第 {near[0]} 行起，"
            "栏目名在左、空格在右），不是一行一条的表，暂时不能成批填写。请改用一行一人的表格。",
        )


def _labels(shape: Shape, row: int) -> bool:
    texts = shape.texts(row)
    if len(texts) < 2 or sum(known(text) >= 1 for text in texts.values()) < 0.5 * len(texts):
        return False
    return all(not shape.text(row, shape.reaches(row, column)[3] + 1) for column in texts)


def _refuse_beside(page: Page, shape: Shape, rows: list[int], columns: dict[int, str]) -> None:
    """Two headers in one row with a blank column between, or the same header twice."""
    runs: list[list[int]] = []
    for column in sorted(columns):
        end = shape.reaches(rows[-1], runs[-1][-1])[3] if runs else -2
        if runs and column <= end + 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    whole = [run for run in runs if sum(known(columns[c].split("/")[-1]) >= 1 for c in run) >= 2]
    if len(whole) >= 2:
        raise _beside(page, rows[-1], whole[0], whole[1])
    listed = sorted(columns)
    half = len(listed) // 2
    left, right = listed[:half], listed[half:]
    if (
        len(listed) >= 4
        and len(listed) % 2 == 0
        and [columns[c] for c in left] == [columns[c] for c in right]
    ):
        raise _beside(page, rows[-1], left, right)


def _beside(page: Page, row: int, left: list[int], right: list[int]) -> Unreadable:
    where = [f"{letters(run[0])}{row}:{letters(run[-1])}{row}" for run in (left, right)]
    return Unreadable(
        "side_by_side",
        f"文件“{page.book.file_name}”的工作表“{page.name}”里并排放着两张表（表头 {where[0]} 和 {where[1]}），"
        "不知道该填哪一张。请把它们分到两张工作表，保存后再上传。",
    )


def _body(shape: Shape, header: int, columns: dict[int, str]) -> tuple[int, int, tuple[int, ...]]:
    """First and last row to fill, and the example rows before them."""
    row, samples = header + 1, list[int]()
    while texts := _words(shape, row, columns):
        listed = list(texts.values())
        if told.is_numbering(listed) or (
            told.is_hint(listed) and not told.is_total(listed) and not _foot(listed)
        ):
            row += 1
        elif told.is_sample(listed) and len(listed) >= 2:
            samples.append(row)
            row += 1
        else:
            break
    first, last = row, row - 1
    framed = bool(shape.bordered.get(first, set()) & set(columns))
    end = shape.page.last_row
    while row <= end:
        if _words(shape, row, columns) or _totals(shape, row, columns):
            break
        if framed and not shape.bordered.get(row, set()) & set(columns):
            break
        last, row = row, row + 1
    _refuse_below(shape, last + 1, columns, framed)
    if not framed and row <= end:
        last = _without_gap(first, last)
    return first, last, tuple(samples)


def _without_gap(first: int, last: int) -> int:
    """Unframed, the blank line before what stands below is no row of the table."""
    return max(first - 1, last - 1)


def _foot(texts: list[str]) -> bool:
    return any(told.is_foot(text) for text in texts[:1])


def _words(shape: Shape, row: int, columns: dict[int, str]) -> dict[int, str]:
    """What stands in a row besides its running number, boxes to tick, its own formulas, and what all prepared
    rows say (the name of the community)."""
    found = {}
    for column, text in shape.texts(row).items():
        cell = shape.page.at(row, column)
        number = text.isdigit() and column == min(columns, default=0)
        if not (cell.formula or number or told.has_boxes(text) or _given(shape, row, column, text)):
            found[column] = text
    return found


def _given(shape: Shape, row: int, column: int, text: str) -> bool:
    """Said once for several rows by a cell merged downwards, or again in the row above or below."""
    r0, c0, r1, c1 = shape.reaches(row, column)
    if (r0, c0) != (r1, c1):
        return r0 < r1 and c0 == c1
    return text in (shape.text(row - 1, column), shape.text(row + 1, column))


def _totals(shape: Shape, row: int, columns: dict[int, str]) -> bool:
    cells = shape.page.cells.get(row, {})
    return any(
        told.sums(shape.page.formula_at(row, column)) for column, cell in cells.items() if cell.formula
    )


def _refuse_below(shape: Shape, start: int, columns: dict[int, str], framed: bool) -> None:
    """Data of an earlier filling, or a second table, below the first."""
    page = shape.page
    for row in range(start, page.last_row + 1):
        texts = {c: t for c, t in _words(shape, row, columns).items() if c in columns}
        listed = list(texts.values())
        if len(listed) < 2 or told.is_total(listed) or _foot(listed) or told.is_numbering(listed):
            continue
        if (
            sum(known(text) >= 1 for text in listed if not looks_like_data(text)) >= 3
            and score(shape, row) >= 3
        ):
            raise Unreadable(
                "stacked",
                f"文件“{page.book.file_name}”的工作表“{page.name}”里上下放着两张表"
                f"（第 {row} 行又是一个表头）。"
                "请把它们分到两张工作表，保存后再上传。",
            )
        if any("：" in text or ":" in text for text in listed):
            continue
        filled = [c for c, text in texts.items() if not told.is_foot(text)]
        if len(filled) >= max(2, len(columns) // 4):
            raise _has_data(page, row, filled[0])


def _has_data(page: Page, row: int, column: int) -> Unreadable:
    return Unreadable(
        "has_data",
        f"文件“{page.book.file_name}”的工作表“{page.name}”已经填有内容（从 {letters(column)}{row} 起）。"
        "为了不覆盖别人填的内容，请上传空白表；要重填，请先清空表头下面的行。",
    )

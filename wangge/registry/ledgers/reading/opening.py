"""One door for every file: what it really is, which of its sheets are ledgers, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from wangge.registry.ledgers.guards import DEFAULT_LIMITS, Limits, Unreadable, kind_of, too_many_columns

from .body import data_rows, headings
from .card import household_card
from .grid import Grid, is_blank
from .header import find_header
from .markup import open_markup
from .package import Package, inspect
from .tables import Ledger, Sheet, SkippedSheet
from .text import ENCODINGS, open_text
from .unfold import unfolded
from .workbook import open_grids


def open_ledger(
    path: str | Path,
    file_name: str = "",
    *,
    limits: Limits = DEFAULT_LIMITS,
    include_hidden: bool = False,
    package: Mapping[str, Any] | None = None,
) -> Ledger:
    """Find the tables in a file.

    Args: path of the stored file; file_name as the user knows it (for messages); limits in bytes and counts;
    include_hidden reads hidden sheets too; package is ``Ledger.package`` of an earlier look at these bytes,
    which need not be inspected again. Raises Unreadable, also when no sheet holds a ledger (no_table).
    """
    path = Path(path)
    file_name = file_name or path.name
    kind, grids, notes, found_package = raw_grids(path, file_name, limits, package)
    sheets: list[Sheet] = []
    skipped: list[SkippedSheet] = []
    for grid in grids:
        found = _table(grid, file_name, limits, include_hidden)
        if isinstance(found, Sheet):
            sheets.append(found)
        else:
            skipped.append(found)
    if not sheets:
        raise _nothing(file_name, skipped)
    return Ledger(file_name, kind, sheets, skipped, notes, found_package)


class Raw(NamedTuple):
    """What a file really is, its sheets as they stand, remarks, and the workbook's parts as inspected."""

    kind: str
    grids: list[Grid]
    notes: list[str]
    package: dict[str, Any] | None = None


def raw_grids(
    path: Path, file_name: str, limits: Limits = DEFAULT_LIMITS, known: Mapping[str, Any] | None = None
) -> Raw:
    """Look at a file as it stands. Raises Unreadable."""
    kind = kind_of(path, file_name, limits)
    if kind == "zip":
        package = Package.of(known) if known else inspect(path, file_name, limits)
        notes = ["表格带有宏：只读取单元格里的数据，宏不会运行，也不会保存。"] if package.macros else []
        grids = open_grids(path, file_name, limits, package)
        return Raw("xlsm" if package.macros else "xlsx", grids, notes, package.told())
    if kind == "xls":
        return Raw("xls", open_grids(path, file_name, limits, None), [])
    if kind == "html":
        return Raw("html", open_markup(path, file_name, limits), ["这是网页格式的“假 Excel”，已按表格读取。"])
    grid, encoding = open_text(path, file_name, limits)
    grid.name = "CSV"
    return Raw("csv", [grid], [f"文字编码识别为 {ENCODINGS[encoding]}。"])


def _table(grid: Grid, file_name: str, limits: Limits, include_hidden: bool) -> Sheet | SkippedSheet:
    if grid.hidden and not include_hidden:
        return SkippedSheet(
            grid.name, "hidden", "隐藏的工作表，默认不导入。需要导入请先在 Excel 里取消隐藏。"
        )
    if all(is_blank(cell) for row in grid.head for cell in row):
        return SkippedSheet(grid.name, "empty", "空白工作表。")
    header = find_header(grid)
    if header is None:
        return _no_ledger(grid)
    if len(header.columns) > limits.columns:
        raise too_many_columns(file_name, grid.name, limits)
    skipped: dict[str, int] = {}
    said = headings(grid, header)
    card = household_card(grid, header) if not said else None
    above = list(card.shared) if card else []
    sheet = Sheet(
        name=grid.name,
        hidden=grid.hidden,
        header_rows=tuple(row + 1 for row in header.rows),
        columns=[*header.columns, *(f"{name}（分组行）" for name in said), *above],
        first_row=header.first + 1,
        source_columns=[
            *(grid.first_column + column for column in header.keep),
            *[None for _ in (*said, *above)],
        ],
        row_count=max(0, grid.height - header.first) + bool(card),
        rows=lambda: (
            card.rows(data_rows(grid, header, skipped)) if card else data_rows(grid, header, skipped, said)
        ),
        skipped_rows=skipped,
        titles=tuple(
            cell
            for row in grid.head[: header.rows[0] if header.rows else 0]
            for cell in row
            if isinstance(cell, str)
        ),
    )
    return unfolded(sheet)


def _no_ledger(grid: Grid) -> SkippedSheet:
    widest = max(sum(not is_blank(cell) for cell in row) for row in grid.head)
    if widest <= 2:
        return SkippedSheet(grid.name, "no_table", "只有说明文字，没有台账的表头，不导入。")
    return SkippedSheet(
        grid.name, "no_table", "没有找到能识别的表头（如姓名、身份证号、电话、地址），不像台账，不导入。"
    )


def _nothing(file_name: str, skipped: list[SkippedSheet]) -> Unreadable:
    if all(sheet.code == "empty" for sheet in skipped):
        return Unreadable("empty", f"文件“{file_name}”里没有任何内容。请确认表格已保存，再重新上传。")
    listed = "；".join(f"工作表“{sheet.name}”：{sheet.why}" for sheet in skipped[:10])
    return Unreadable(
        "no_table",
        f"文件“{file_name}”里没有找到台账。{listed} 请确认表头（姓名、身份证号等）在前几行，再重新上传。",
    )

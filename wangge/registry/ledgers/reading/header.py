"""Where the table of a sheet begins: its header rows and the names of its columns."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wangge.registry.ledgers.dictionary import normal_header, recognised

from .grid import Grid, is_blank
from .tables import Row

ERROR_COLUMN = "错误说明"
_ID = re.compile(r"^\d{17}[\dXx]$|^\d{15}$")
_PHONE = re.compile(r"^1\d{10}$")
_DATUM = re.compile(r"\d{4,}|\d[号栋室]|^\d+(?:\.\d+)?$|@")
_LEADER = re.compile(r"[:：]")


@dataclass(frozen=True)
class Header:
    """rows: 0-based header rows; columns: names; keep: their grid columns; first: 0-based first data row."""

    rows: tuple[int, ...]
    columns: list[str]
    keep: list[int]
    first: int


def find_header(grid: Grid) -> Header | None:
    """Find the header of a sheet, or None when no ledger stands on it."""
    scores = [_score(row) for row in grid.head]
    best = max(scores, default=0.0)
    if best >= 2:
        leaf = next(i for i, score in enumerate(scores) if score >= 0.8 * best)
        return _named(grid, _block(grid, leaf))
    return _by_values(grid)


def _score(row: Row) -> float:
    """How much a row looks like a header: recognised cells, less what looks like data or a letterhead."""
    filled = _texts(row)
    texts = [cell for cell in filled if isinstance(cell, str)]
    numbers = len(filled) - len(texts)
    if len(texts) < (3 if numbers else 2):
        return 0.0
    known = sum((recognised(text) for text in set(texts) if not _looks_like_data(text)), 0.0)
    strange = numbers + sum(_looks_like_data(text) for text in texts)
    return known - strange if known >= 0.3 * len(texts) else 0.0


def _looks_like_data(text: str) -> bool:
    text = text.strip()
    lead = _LEADER.search(text)
    return bool(_DATUM.search(text) or len(text) > 40 or (lead and 0 < lead.start() < len(text) - 1))


def _block(grid: Grid, leaf: int) -> list[int]:
    """The header row found, with the group rows above and the finer row below."""
    rows = [leaf]
    while len(rows) < 3 and rows[0] > 0 and _is_group_row(grid, rows[0] - 1, rows[0]):
        rows.insert(0, rows[0] - 1)
    while len(rows) < 3 and rows[-1] + 1 < len(grid.head) and _is_finer_row(grid, rows[-1], rows[-1] + 1):
        rows.append(rows[-1] + 1)
    return rows


def _is_group_row(grid: Grid, above: int, below: int) -> bool:
    texts = _texts(grid.head[above])
    if len(texts) < 2 or any(
        not isinstance(t, str) or _looks_like_data(t) or _LEADER.search(t) for t in texts
    ):
        return False
    return _interlocked(grid, above, below)


def _is_finer_row(grid: Grid, above: int, below: int) -> bool:
    texts = _texts(grid.head[below])
    if not texts or any(not isinstance(t, str) or _looks_like_data(t) for t in texts):
        return False
    if any(r0 <= above and r1 >= below for r0, _c0, r1, _c1 in grid.merges):
        return True
    known = sum(recognised(text) >= 0.6 for text in texts)
    return (
        known >= 0.5 * len(texts)
        and _interlocked(grid, above, below)
        and any(
            (is_blank(a) and not is_blank(b)) or _covering(grid, above, c)
            for c, (a, b) in enumerate(zip(grid.head[above], grid.head[below], strict=True))
        )
    )


def _interlocked(grid: Grid, above: int, below: int) -> bool:
    """Two rows are one header when groups span columns above, or single columns leave blanks below."""
    if any(r0 <= above and r1 >= below for r0, _c0, r1, _c1 in grid.merges):
        return True
    width = len(_texts(grid.head[below])) + 1
    if any(r0 == r1 == above and 0 < c1 - c0 < max(width - 1, 2) for r0, c0, r1, c1 in grid.merges):
        return True
    if _merged_rows(grid, above, below):
        return False
    pairs = list(zip(grid.head[above], grid.head[below], strict=True))
    single = sum(not is_blank(a) and is_blank(b) for a, b in pairs)
    spread = sum(is_blank(a) and not is_blank(b) for a, b in pairs)
    return single >= 1 and spread >= 1


def _merged_rows(grid: Grid, above: int, below: int) -> bool:
    return any(r0 in (above, below) for r0, _c0, _r1, _c1 in grid.merges)


def _covering(grid: Grid, row: int, column: int) -> bool:
    return any(r0 <= row <= r1 and c0 <= column <= c1 and c1 > c0 for r0, c0, r1, c1 in grid.merges)


def _texts(row: Row) -> list:
    return [cell for cell in row if not is_blank(cell)]


def _named(grid: Grid, rows: list[int]) -> Header:
    width = max(len(row) for row in grid.head)
    filled = [_filled(grid, row, below, width) for row, below in zip(rows, [*rows[1:], None], strict=True)]
    names = ["/".join(_parts([line[column] for line in filled])) for column in range(width)]
    data = grid.head[rows[-1] + 1 :]
    keep = [
        c
        for c in range(width)
        if normal_header(names[c].split("/")[-1]) != ERROR_COLUMN
        and (names[c] or any(c < len(row) and not is_blank(row[c]) for row in data))
    ]
    return Header(tuple(rows), [names[c] for c in keep], keep, rows[-1] + 1)


def _filled(grid: Grid, row: int, below: int | None, width: int) -> list[str]:
    """One header row with its groups written into every column they span; a title over all is left out."""
    cells = [" ".join(str(cell).split()) for cell in grid.head[row]] + [""] * width
    line = cells[:width]
    for r0, c0, r1, c1 in grid.merges:
        if r0 <= row <= r1 and c0 < width:
            text = " ".join(str(grid.head[r0][c0]).split())
            for column in range(c0, min(c1, width - 1) + 1):
                line[column] = "" if c1 - c0 + 1 >= max(width, 3) else text
    if below is not None and not _merged_rows(grid, row, below):
        _spread(line, grid.head[below])
    return line


def _spread(line: list[str], below: Row) -> None:
    """Without merges (csv) a group reaches over the blanks to its right that are named below."""
    for column in range(1, min(len(line), len(below))):
        if (
            not line[column]
            and line[column - 1]
            and not is_blank(below[column])
            and not is_blank(below[column - 1])
        ):
            line[column] = line[column - 1]


def _parts(texts: list[str]) -> list[str]:
    parts: list[str] = []
    for text in texts:
        if text and (not parts or parts[-1] != text):
            parts.append(text)
    return parts


def _by_values(grid: Grid) -> Header | None:
    """A header nobody knows, or none: where ids or phones stand below each other is a ledger."""
    rows = [i for i, row in enumerate(grid.head) if any(_telling(cell) for cell in row)]
    if not rows or not _has_telling_column(grid, rows):
        return None
    first = rows[0]
    if first > 0 and len(_texts(grid.head[first - 1])) >= 2 and not any(map(_number, grid.head[first - 1])):
        return _named(grid, [first - 1])
    width = max(len(row) for row in grid.head)
    keep = [c for c in range(width) if not _says_errors([row[c] for row in grid.head if c < len(row)])]
    return Header((), [f"第{c + 1}列" for c in keep], keep, first)


def _says_errors(cells: list) -> bool:
    """Whether a column without a header is the red one of an error workbook."""
    texts = [cell for cell in cells if not is_blank(cell)]
    return bool(texts) and all(str(text).startswith(ERROR_COLUMN) for text in texts)


def _has_telling_column(grid: Grid, rows: list[int]) -> bool:
    width = max(len(grid.head[i]) for i in rows)
    best = max(sum(c < len(grid.head[i]) and _telling(grid.head[i][c]) for i in rows) for c in range(width))
    return width >= 2 and best >= max(1, 0.5 * len(rows)) and (best >= 2 or len(grid.head) <= 3)


def _telling(cell: object) -> bool:
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
    return bool(_ID.match(text) or _PHONE.match(text))


def _number(cell: object) -> bool:
    return isinstance(cell, int | float)

"""The header of a blank table: one to four rows, groups above, merged or not."""

from __future__ import annotations

import re

from .shape import DEEP, Shape, is_foot, is_sample, is_total
from .words import known

_DATUM = re.compile(r"\d{4,}|\d[号栋室]|^\d+(?:\.\d+)?$|@")
_LEADER = re.compile(r"[:：]")
DEEPEST = 4


def looks_like_data(text: str) -> bool:
    """Whether a text is rather a value, a sentence or 审核人：某某 than a header."""
    lead = _LEADER.search(text)
    return bool(_DATUM.search(text) or len(text) > 40 or (lead and lead.start() > 0))


def score(shape: Shape, row: int) -> float:
    """How much a row looks like a header."""
    texts = list(shape.texts(row).values())
    if len(texts) < 2:
        return 0.0
    sure = sum(known(text) for text in texts if not looks_like_data(text))
    strange = sum(looks_like_data(text) for text in texts)
    return sure - strange if sure >= 0.25 * len(texts) else 0.0


def header_rows(shape: Shape) -> list[int]:
    """The rows of the header, [] when the sheet has none."""
    scores = {row: score(shape, row) for row in range(1, min(shape.page.last_row, DEEP) + 1)}
    best = max(scores.values(), default=0.0)
    if best < 2:
        return []
    rows = [next(row for row, value in scores.items() if value >= 0.8 * best)]
    while len(rows) < DEEPEST and _is_group(shape, rows[0] - 1, rows[0]):
        rows.insert(0, rows[0] - 1)
    while len(rows) < DEEPEST and _is_finer(shape, rows[-1], rows[-1] + 1):
        rows.append(rows[-1] + 1)
    return rows


def _plain_texts(shape: Shape, row: int) -> list[str]:
    texts = list(shape.texts(row).values())
    return [] if any(looks_like_data(text) for text in texts) else texts


def _is_group(shape: Shape, above: int, below: int) -> bool:
    """A row above belongs to the header when cells of it reach down, or span some columns but not all."""
    if above < 1 or not _plain_texts(shape, above):
        return False
    if shape.joined(above, below):
        return not _title(shape, above, below)
    width = len(shape.texts(below))
    spans = [c1 - c0 + 1 for r0, c0, r1, c1 in shape.merges if r0 <= above <= r1 and c1 > c0]
    if len(shape.texts(above)) >= 2 and any(1 < one < max(width, 3) for one in spans):
        return True
    return len(shape.texts(above)) >= 2 and not spans and _interlocked(shape, above, below)


def _title(shape: Shape, above: int, below: int) -> bool:
    """A title that takes two rows of the sheet."""
    return len(shape.texts(above)) == 1 and not any(known(text) for text in shape.texts(above).values())


def _is_finer(shape: Shape, above: int, below: int) -> bool:
    texts = _plain_texts(shape, below)
    if texts and shape.joined(above, below):
        return True  # a header that reaches down into it: then 合计 | 男 | 女 is no line of totals
    if not texts or is_total(texts) or is_foot(texts[0]) or is_sample(texts):
        return False
    covered = [
        column
        for column in shape.texts(below)
        if (reach := shape.reaches(above, column))[3] > reach[1] and shape.text(above, column)
    ]
    if covered and len(covered) >= 0.5 * len(texts):
        return True
    sure = sum(known(text) >= 0.6 for text in texts)
    return sure >= 0.5 * len(texts) and _interlocked(shape, above, below)


def _interlocked(shape: Shape, above: int, below: int) -> bool:
    """Without merged cells: groups leave blanks above, single columns leave blanks below."""
    columns = {*shape.texts(above), *shape.texts(below)}
    upper = {column for column in columns if shape.text(above, column)}
    lower = {column for column in columns if shape.text(below, column)}
    return bool(upper - lower) and bool(lower - upper)


def names(shape: Shape, rows: list[int]) -> dict[int, str]:
    """The name of every column, its groups joined with /; columns under one merged header are named once."""
    width = max((max(shape.texts(row), default=-1) for row in rows), default=-1)
    width = max([width, *(c1 for r0, _c0, r1, c1 in shape.merges if r1 >= rows[0] and r0 <= rows[-1])])
    lines = [
        _filled(shape, row, rows[at + 1] if at + 1 < len(rows) else 0, width) for at, row in enumerate(rows)
    ]
    found = {}
    for column in range(width + 1):
        reach = shape.reaches(rows[-1], column)
        if reach[1] < column and reach[3] >= column:
            continue  # covered by the header to its left
        parts: list[str] = []
        for line in lines:
            if line[column] and (not parts or parts[-1] != line[column]):
                parts.append(line[column])
        if parts:
            found[column] = "/".join(parts)
    return found


def _filled(shape: Shape, row: int, below: int, width: int) -> list[str]:
    whole = max(width + 1, 3)
    line = []
    for column in range(width + 1):
        reach = shape.reaches(row, column)
        wide = reach[3] - reach[1] + 1 >= whole
        line.append("" if wide else " ".join(shape.text(row, column).split()).replace("/", "／"))
    if below and not any(r0 <= row <= r1 and c1 > c0 for r0, c0, r1, c1 in shape.merges):
        under = shape.texts(below)
        for column in range(1, width + 1):
            if not line[column] and line[column - 1] and column in under and column - 1 in under:
                line[column] = line[column - 1]
    return line

"""One sheet filled: rows put in, what stands below moved, totals still right."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from ..recognition import Found
from ..workbook import Growth, Page
from ..workbook.cells import tag
from ..workbook.spread import spread
from .column import Spec, Value
from .rows import RowWriter, model_for, models
from .totals import settle_totals


def fill_sheet(found: Found, specs: Sequence[Spec], rows: Sequence[Sequence[Value]]) -> None:
    """Put rows into a blank table; they are written when the book is saved.

    Args:
        rows: the values of each row in the order of ``specs``; "" leaves a cell empty.
    """
    page, book = found.page, found.page.book
    prepared = models(found)
    merges = _row_merges(found)
    added = max(0, len(rows) - found.room)
    if added:
        spread(book, page, Growth(page.name, found.first, found.last, added))
    if book.has_formulas:
        book.recalculate()
    _clear(page, found, min(len(rows), found.room))
    _merge(page, found, merges, len(rows))
    _hole(page, found.first)
    settle_totals(found, specs, rows)
    writer = RowWriter(found, specs)
    # Formats for dates are made before the styles are written.
    lines = [
        writer.row(found.first + at, model_for(at, len(rows), prepared), row) for at, row in enumerate(rows)
    ]
    book.stream(page, lambda: iter(lines))


def _clear(page: Page, found: Found, used: int) -> None:
    """Take prepared rows out that are written anew; those not needed stay as they are."""
    last = found.first + used - 1 if used < found.room else found.last
    for number in [n for n in page.rows if found.first <= n <= last]:
        page.data.remove(page.rows[number])


def _hole(page: Page, first: int) -> None:
    place = 0
    for at, row in enumerate(page.data):
        if int(row.get("r", 0)) < first:
            place = at + 1
    page.data.insert(place, etree.Comment("rows"))


def _row_merges(found: Found) -> dict[int, list[tuple[int, int]]]:
    """Cells merged across, by prepared row; without prepared rows those of the header's last row."""
    rows = range(found.first, found.last + 1) if found.room else [found.header[-1]]
    held: dict[int, list[tuple[int, int]]] = {row: [] for row in rows}
    for r0, c0, r1, c1 in found.page.merges:
        if r0 == r1 and r0 in held:
            held[r0].append((c0, c1))
    return held


def _merge(page: Page, found: Found, held: dict[int, list[tuple[int, int]]], rows: int) -> None:
    """Every row of the table is merged across like the prepared one it looks like."""
    if not any(held.values()):
        return
    if found.room:
        _unmerge(page, found.first, found.last)
    numbers = list(held)
    for at in range(max(rows, found.room)):
        for first, last in held[numbers[_like(at, max(rows, found.room), len(numbers))]]:
            page.merge(found.first + at, first, last)


def _like(at: int, rows: int, many: int) -> int:
    if at < many - 1:
        return at
    return many - 1 if at == rows - 1 else max(0, many - 2)


def _unmerge(page: Page, first: int, last: int) -> None:
    from ..workbook.cells import span

    held = page.root.find(tag("mergeCells"))
    for merge in list(held) if held is not None else []:
        r0, _c0, r1, _c1 = span(merge.get("ref", ""))
        if r0 == r1 and first <= r0 <= last:
            held.remove(merge)  # type: ignore[union-attr]
    if held is not None:
        held.set("count", str(len(held)))

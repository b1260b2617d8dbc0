"""The drop-down lists of a blank table, as words."""

from __future__ import annotations

import re

from ..recognition import Found
from ..workbook import Book, Page
from ..workbook.cells import span

_RANGE = re.compile(
    r"^(?:(?P<sheet>'(?:[^']|'')+'|[^'!]+)!)?(?P<ref>\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)$"
)
LONGEST = 2_000


def choices_of(found: Found) -> dict[int, tuple[str, ...]]:
    """The allowed words of each column that has a list; lists that depend on other cells are left out."""
    made: dict[int, tuple[str, ...]] = {}
    first, last = found.first, max(found.first, found.last)
    for ranges, source in found.page.lists():
        words = _words(found.page, source)
        for r0, c0, r1, c1 in ranges if words else ():
            if r0 <= last and r1 >= first:
                made |= {
                    column: words for column in range(c0, min(c1, c0 + 50) + 1) if column in found.columns
                }
    return made


def _words(page: Page, source: str) -> tuple[str, ...]:
    source = source.removeprefix("=")
    if source.startswith('"'):
        return tuple(word.strip() for word in source.strip('"').replace("，", ",").split(",") if word.strip())
    found = _RANGE.match(page.book.defined().get(source, source).removeprefix("="))
    if not found:
        return ()
    name = (found["sheet"] or page.name).strip("'").replace("''", "'")
    return _cells(page.book, name, found["ref"].replace("$", ""))


def _cells(book: Book, name: str, ref: str) -> tuple[str, ...]:
    page = next((one for one in book.pages if one.name == name), None)
    if page is None:
        return ()
    r0, c0, r1, c1 = span(ref)
    places = [(row, column) for row in range(r0, min(r1, r0 + LONGEST) + 1) for column in range(c0, c1 + 1)]
    return tuple(text for row, column in places if (text := page.at(row, column).text.strip()))

"""A table of one sheet has grown: what speaks of it elsewhere in the workbook follows."""

from __future__ import annotations

import re

from lxml import etree

from .book import Book
from .cells import tag
from .growth import Growth
from .page import Page

_WORKBOOK = "xl/workbook.xml"
_BOX = re.compile(rb"(<x:Row>)(\d+)<")  # the cell that a comment's box belongs to; rows count from 0
_FORMULA = re.compile(rb"(<(?:\w+:)?f(?: [^>]*)?>)([^<]+)(</)")


def spread(book: Book, page: Page, growth: Growth) -> None:
    """Grow one sheet, and let names, other sheets, pictures, comments and tables follow."""
    page.settle_shared()
    page.grow(growth)
    _names(book, growth)
    for other in book.pages:
        if other is not page and _FORMULA.search(book.content(other.part)):
            other.settle_shared()
            _formulas(other.root, growth, other.name)
    for part in book.linked(page.part):
        _beside(book, part, growth)
    for name in book.names:
        if "/charts/" in name and name.endswith(".xml") and growth.sheet.encode() in book.content(name):
            _formulas(book.touch(name), growth, "")


def _names(book: Book, growth: Growth) -> None:
    named = list(book.look(_WORKBOOK).iterfind(f".//{tag('definedName')}"))
    if not any(growth.sheet.replace("'", "''") in (one.text or "") for one in named):
        return
    for one in book.touch(_WORKBOOK).iterfind(f".//{tag('definedName')}"):
        one.text = growth.formula(one.text or "", "")


def _formulas(root: etree._Element, growth: Growth, home: str) -> None:
    for element in root.iter("{*}f", "{*}formula", "{*}formula1", "{*}formula2"):
        if element.text:
            element.text = growth.formula(element.text, home)


def _beside(book: Book, part: str, growth: Growth) -> None:
    """What lies on the sheet or beside it: pictures, comments, tables."""
    if part.endswith(".vml"):
        book.replace(
            part,
            _BOX.sub(lambda row: b"%s%d<" % (row[1], growth.row(int(row[2]) + 1) - 1), book.content(part)),
        )
        return
    if "/drawings/" in part:
        _anchors(book.touch(part), growth)
    elif "comments" in part.lower():
        for comment in book.touch(part).iter("{*}comment"):
            comment.set("ref", growth.ref(comment.get("ref", "")))
    elif "/tables/" in part:
        for element in book.touch(part).iter("{*}table", "{*}autoFilter", "{*}sortState"):
            if element.get("ref"):
                element.set("ref", growth.ref(element.get("ref", "")))


def _anchors(root: etree._Element, growth: Growth) -> None:
    """A picture below the table moves with the rows it lies on; its rows count from 0."""
    for row in root.iter("{*}row"):
        if row.text and row.text.isdigit():
            row.text = str(growth.row(int(row.text) + 1) - 1)

"""One sheet of a workbook: what stands in its cells, and its rows written anew."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from lxml import etree

from .cells import RELS, Cell, letters, place, span, tag
from .growth import Growth, moved

if TYPE_CHECKING:
    from .book import Book

Merge = tuple[int, int, int, int]  # first row, first column, last row, last column; rows 1-based
_REFS = ("ref", "sqref", "topLeftCell", "activeCell")
_FORMULAS = ("f", "formula", "formula1", "formula2", "calculatedColumnFormula")


class Page:
    """A sheet's XML. ``rows``: its row elements by number (1-based)."""

    def __init__(self, book: Book, name: str, part: str, hidden: bool) -> None:
        self.book, self.name, self.part, self.hidden = book, name, part, hidden

    @cached_property
    def root(self) -> etree._Element:
        return self.book.parsed(self.part)

    @cached_property
    def data(self) -> etree._Element:
        found = self.root.find(tag("sheetData"))
        return etree.SubElement(self.root, tag("sheetData")) if found is None else found

    @cached_property
    def rows(self) -> dict[int, etree._Element]:
        """Row and cell numbers are optional in the file; here every one has its own."""
        found: dict[int, etree._Element] = {}
        number = 0
        for row in self.data.iterfind(tag("row")):
            number = int(row.get("r") or number + 1)
            row.set("r", str(number))
            column = -1
            for cell in row.iterfind(tag("c")):
                column = place(cell.get("r") or "")[1] if cell.get("r") else column + 1
                cell.set("r", f"{letters(column)}{number}")
            found[number] = row
        return found

    @cached_property
    def cells(self) -> dict[int, dict[int, Cell]]:
        """Cells by row (1-based) and column (0-based), blank but formatted ones too."""
        return {
            number: {place(cell.get("r", ""))[1]: self._read(cell) for cell in row.iterfind(tag("c"))}
            for number, row in self.rows.items()
        }

    def _read(self, cell: etree._Element) -> Cell:
        kind, style = cell.get("t", "n"), int(cell.get("s", 0))
        formula = cell.find(tag("f"))
        if kind == "inlineStr":
            text = "".join(t.text or "" for t in cell.iter(tag("t")))
        else:
            value = cell.findtext(tag("v"), "")
            text = self.book.string(value) if kind == "s" else value
        return Cell(text, style, "" if formula is None else formula.text or "=")

    def at(self, row: int, column: int) -> Cell:
        """What stands in one cell."""
        return self.cells.get(row, {}).get(column, Cell())

    @cached_property
    def merges(self) -> list[Merge]:
        return [span(merge.get("ref", "")) for merge in self.root.iter(tag("mergeCell"))]

    @property
    def last_row(self) -> int:
        """The last row that stands in the file, blank ones too."""
        return max(self.rows, default=0)

    @property
    def protected(self) -> bool:
        """Whether the sheet is locked."""
        lock = self.root.find(tag("sheetProtection"))
        return lock is not None and lock.get("sheet") in ("1", "true")

    def lists(self) -> Iterator[tuple[list[Merge], str]]:
        """Drop-down lists: the ranges they hold for, and their source as written."""
        for rule in self.root.iter("{*}dataValidation"):
            if rule.get("type") == "list":
                where = rule.get("sqref") or rule.findtext("{*}sqref", "") or ""
                source = next((f.text or "" for f in rule.iter("{*}formula1", "{*}f") if f.text), "")
                yield [span(part) for part in where.split()], source.strip()

    def formula_at(self, row: int, column: int) -> str:
        """The formula of a cell; one that shares another's is written out."""
        cell = self._element(row, column)
        formula = cell.find(tag("f")) if cell is not None else None
        if formula is None:
            return ""
        if formula.text or formula.get("t") != "shared":
            return formula.text or ""
        for other in self.root.iter(tag("f")):
            if other.get("si") == formula.get("si") and other.text:
                origin = place(other.getparent().get("r", ""))[0]  # type: ignore[union-attr]
                return moved(other.text, row - origin)
        return ""

    def _element(self, row: int, column: int) -> etree._Element | None:
        found = self.rows.get(row)
        wanted = f"{letters(column)}{row}"
        cells = found.iterfind(tag("c")) if found is not None else ()
        return next((cell for cell in cells if cell.get("r") == wanted), None)

    def settle_shared(self) -> None:
        """Write every shared formula out, so that rows can move apart."""
        shared = [f for f in self.data.iter(tag("f")) if f.get("t") == "shared"]
        texts = []
        for formula in shared:
            row, column = place(formula.getparent().get("r", ""))  # type: ignore[union-attr]
            texts.append(self.formula_at(row, column))
        for formula, text in zip(shared, texts, strict=True):
            formula.attrib.clear()
            formula.text = text

    def put(self, row: int, column: int, text: str) -> None:
        """Write a text into a cell that is there, in its own format."""
        cell = self._element(row, column)
        if cell is None:
            return
        style = cell.get("s")
        for child in list(cell):
            cell.remove(child)
        cell.set("t", "inlineStr")
        if style:
            cell.set("s", style)
        held = etree.SubElement(etree.SubElement(cell, tag("is")), tag("t"))
        held.text = text

    def grow(self, growth: Growth) -> None:
        """Move what stands below a table of this sheet, and everything that speaks of it here."""
        for number in sorted((n for n in self.rows if n > growth.last), reverse=True):
            self._renumber(self.rows[number], growth.row(number))
        for element in self.root.iter():
            if not isinstance(element.tag, str) or element.tag in (tag("row"), tag("c"), tag("mergeCell")):
                continue
            self._follow(element, growth)
        self._grow_merges(growth)
        for brk in self.root.iterfind(f"{tag('rowBreaks')}/{tag('brk')}"):
            brk.set("id", str(growth.row(int(brk.get("id", 0)))))
        size = self.root.find(tag("dimension"))
        if size is not None:
            self.root.remove(size)  # optional; what it said is no longer so

    def _follow(self, element: etree._Element, growth: Growth) -> None:
        for name in _REFS:
            if name in element.attrib:
                element.set(name, growth.ref(element.get(name, "")))
        local = etree.QName(element).localname
        if local in _FORMULAS and element.text:
            element.text = growth.formula(element.text, self.name)
        elif local == "sqref" and element.text:
            element.text = growth.ref(element.text)

    def _grow_merges(self, growth: Growth) -> None:
        for merge in self.root.iter(tag("mergeCell")):
            r0, c0, r1, c1 = span(merge.get("ref", ""))
            if r0 > growth.last:
                r0, r1 = r0 + growth.by, r1 + growth.by
            elif r0 >= growth.first and r1 >= growth.last and r0 < r1:
                r1 += growth.by
            merge.set("ref", f"{letters(c0)}{r0}:{letters(c1)}{r1}")

    def _renumber(self, row: etree._Element, number: int) -> None:
        row.set("r", str(number))
        for cell in row.iterfind(tag("c")):
            cell.set("r", f"{letters(place(cell.get('r', ''))[1])}{number}")

    def merge(self, row: int, first: int, last: int) -> None:
        """Merge cells of one row, as the rows beside it do."""
        held = self.root.find(tag("mergeCells"))
        if held is not None:
            etree.SubElement(held, tag("mergeCell"), ref=f"{letters(first)}{row}:{letters(last)}{row}")
            held.set("count", str(len(held)))

    def part_of(self, element: str) -> str:
        """The part that ``drawing``, ``legacyDrawing`` … of this sheet points to, "" without one."""
        found = self.root.find(tag(element))
        return self.book.target(self.part, found.get(f"{{{RELS}}}id", "")) if found is not None else ""

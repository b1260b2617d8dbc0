"""Formats of cells: which show dates, and formats like another with one thing changed."""

from __future__ import annotations

import copy
import re

from lxml import etree

from .cells import tag

_DATES = frozenset([*range(14, 18), 22, *range(27, 32), *range(34, 37), *range(50, 59)])
_TEXT = 49
_QUIET = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


class Styles:
    """xl/styles.xml: formats may be added behind those there are; none is changed."""

    def __init__(self, content: bytes, parse: etree.XMLParser) -> None:
        self.root = etree.fromstring(content, parse)
        self.changed = False
        self._formats = self.root.find(tag("cellXfs"))
        codes = self.root.findall(f"{tag('numFmts')}/{tag('numFmt')}")
        self._codes = {int(code.get("numFmtId", 0)): code.get("formatCode", "") for code in codes}
        self._made: dict[tuple[int, str], int] = {}

    def _format(self, style: int) -> etree._Element | None:
        if self._formats is None or not 0 <= style < len(self._formats):
            return None
        return self._formats[style]

    def number_format(self, style: int) -> int:
        """The number of a format's number format; 0 is General."""
        found = self._format(style)
        return int(found.get("numFmtId", 0)) if found is not None else 0

    def is_date(self, style: int) -> bool:
        """Whether a number in this format shows as a date."""
        number = self.number_format(style)
        code = _QUIET.sub("", self._codes.get(number, "")).lower()
        return number in _DATES or bool(re.search(r"[yd]|m{2,}|年|月", code))

    def is_text(self, style: int) -> bool:
        """Whether the format is Text (@)."""
        number = self.number_format(style)
        return number == _TEXT or self._codes.get(number, "") == "@"

    def bordered(self, style: int) -> bool:
        """Whether the format draws a border."""
        found, borders = self._format(style), self.root.find(tag("borders"))
        at = int(found.get("borderId", 0)) if found is not None else 0
        if borders is None or not 0 < at < len(borders):
            return False
        return any(side.get("style") not in (None, "none") for side in borders[at])

    def dated(self, style: int, code: str) -> int:
        """The format like this one that shows a date as ``code``, such as yyyy-mm-dd."""
        if (style, code) not in self._made:
            number = next((n for n, known in self._codes.items() if known == code), None)
            number = self._new_code(code) if number is None else number
            changed = {"numFmtId": str(number), "applyNumberFormat": "1"}
            self._made[style, code] = self._like(style, changed)
        return self._made[style, code]

    def plain(self, style: int) -> int:
        """The format like this one without its fill and font: a row of data below a header."""
        if (style, "") not in self._made:
            self._made[style, ""] = self._like(style, {"fontId": "0", "fillId": "0", "numFmtId": "0"})
        return self._made[style, ""]

    def _like(self, style: int, changed: dict[str, str]) -> int:
        formats = self._formats
        if formats is None:
            return style
        model = self._format(style)
        made = copy.deepcopy(model if model is not None else formats[0])
        for name, value in changed.items():
            made.set(name, value)
        formats.append(made)
        formats.set("count", str(len(formats)))
        self.changed = True
        return len(formats) - 1

    def _new_code(self, code: str) -> int:
        number = max([163, *self._codes]) + 1
        held = self.root.find(tag("numFmts"))
        if held is None:
            held = etree.Element(tag("numFmts"))
            self.root.insert(0, held)
        etree.SubElement(held, tag("numFmt"), numFmtId=str(number), formatCode=code)
        held.set("count", str(len(held)))
        self._codes[number] = code
        self.changed = True
        return number

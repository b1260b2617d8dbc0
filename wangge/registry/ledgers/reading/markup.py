"""Tables of an HTML page: many office systems "export Excel" by naming one .xls."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from wangge.registry.ledgers.guards import Limits, too_many_columns

from .grid import Grid, Merge
from .tables import Row
from .text import encoding_of


def open_markup(path: Path, file_name: str, limits: Limits) -> list[Grid]:
    """Return one grid per outermost table of the page. Raises Unreadable."""
    parser = _Tables()
    parser.feed(path.read_text(encoding=encoding_of(path, file_name)))
    parser.close()
    grids = []
    for number, table in enumerate(parser.tables, start=1):
        name = f"表{number}"
        if table.width > limits.columns:
            raise too_many_columns(file_name, name, limits)
        grids.append(_grid(name, table))
    return grids


def _grid(name: str, table: _Table) -> Grid:
    rows = [row + [""] * (table.width - len(row)) for row in table.rows]
    return Grid(name, False, len(rows), lambda: iter(rows), table.merges)


class _Table:
    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.merges: list[Merge] = []
        self._taken: set[tuple[int, int]] = set()

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def add(self, text: str, down: int, across: int) -> None:
        """Place a cell after those above that reach into this row."""
        if not self.rows:
            self.rows.append([])
        row, line = self.rows[-1], len(self.rows) - 1
        while (line, len(row)) in self._taken:
            row.append("")
        column = len(row)
        row.extend([text] + [""] * (across - 1))
        if down > 1 or across > 1:
            self.merges.append((line, column, line + down - 1, column + across - 1))
            self._taken |= {(line + i, column + j) for i in range(1, down) for j in range(across)}


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[_Table] = []
        self._depth, self._span = 0, (1, 1)
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(_Table())
        elif self._depth == 1 and tag == "tr":
            self._flush()
            self.tables[-1].rows.append([])
        elif self._depth == 1 and tag in ("td", "th"):
            self._flush()
            given = dict(attrs)
            self._span, self._text = (_span(given.get("rowspan")), _span(given.get("colspan"))), []
        elif tag == "br" and self._text is not None:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr") and self._depth == 1:
            self._flush()
        elif tag == "table" and self._depth:
            self._flush()
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def _flush(self) -> None:
        if self._text is not None and self.tables:
            self.tables[-1].add("".join(self._text).replace("\xa0", " ").strip(), *self._span)
        self._text = None


def _span(value: str | None) -> int:
    return min(max(int(value), 1), 1000) if value and value.strip().isdigit() else 1

"""A table grows: where its neighbours move, and what their formulas then say."""

from __future__ import annotations

import re
from dataclasses import dataclass

_QUOTED = r"'(?:[^']|'')+'"
_PLAIN = r"[A-Za-z_\u4e00-\u9fff][\w.\u4e00-\u9fff]*"
_CELL = r"\$?[A-Z]{1,3}\$?\d{1,7}"
_TOKEN = re.compile(
    rf'(?P<text>"(?:[^"]|"")*")'
    rf"|(?P<sheet>(?:{_QUOTED}|{_PLAIN})!)?"
    rf"(?:(?<![\w.$])(?P<a>{_CELL})(?::(?P<b>{_CELL}))?(?![\w(.!])"
    rf"|(?<![\w.$:])(?P<r0>\$?\d{{1,7}}):(?P<r1>\$?\d{{1,7}})(?![\w.:]))"
)
_ROW = re.compile(r"(\$?[A-Z]{1,3})(\$?)(\d+)$")


@dataclass(frozen=True)
class Growth:
    """``by`` rows are put into a table before its last row, so that totals over its rows take them in.

    sheet: its name; first, last: the table's rows before, 1-based (first > last: it had none, the new ones
    follow ``last``).
    """

    sheet: str
    first: int
    last: int
    by: int

    def row(self, row: int) -> int:
        """Where a single row goes."""
        return row if row <= self.last else row + self.by

    def rows(self, start: int, end: int) -> tuple[int, int]:
        """Where a range of rows goes; one that reaches over the table's last row grows with it."""
        if end == self.last and start == end and self.first < self.last:
            return start, end
        if end == self.last and self.first > self.last and start == end:
            return start, end
        return self.row(start), (end if end < self.last else end + self.by)

    def ref(self, ref: str) -> str:
        """Where A1:B7 goes, or several separated by blanks."""
        return " ".join(self._one(part) for part in ref.split())

    def _one(self, ref: str) -> str:
        first, colon, last = ref.partition(":")
        if not _ROW.match(first):
            return ref
        start, end = self.rows(_row(first), _row(last or first))
        if not colon and start == end:
            return _with_row(first, start)
        return f"{_with_row(first, start)}:{_with_row(last or first, end)}"

    def formula(self, text: str, home: str) -> str:
        """A formula that stands on the sheet ``home``, after the growth."""
        return _TOKEN.sub(lambda token: self._token(token, home), text)

    def _token(self, token: re.Match[str], home: str) -> str:
        if token["text"] is not None or _name(token["sheet"], home) != self.sheet:
            return token[0]
        sheet = token["sheet"] or ""
        if token["r0"] is not None:
            start, end = self.rows(_digits(token["r0"]), _digits(token["r1"]))
            return f"{sheet}{_dollar(token['r0'])}{start}:{_dollar(token['r1'])}{end}"
        if token["b"] is None:
            return sheet + _with_row(token["a"], self.row(_row(token["a"])))
        start, end = self.rows(_row(token["a"]), _row(token["b"]))
        return f"{sheet}{_with_row(token['a'], start)}:{_with_row(token['b'], end)}"


def moved(formula: str, rows: int) -> str:
    """A formula filled down by ``rows``: what is not fixed with $ moves along."""

    def token(found: re.Match[str]) -> str:
        if found["text"] is not None or found["r0"] is not None:
            return found[0]
        ends = [_relative(found[side], rows) for side in ("a", "b") if found[side] is not None]
        return (found["sheet"] or "") + ":".join(ends)

    return _TOKEN.sub(token, formula)


def _relative(ref: str, rows: int) -> str:
    column, dollar, row = _ROW.match(ref).groups()  # type: ignore[union-attr]
    return ref if dollar else f"{column}{max(1, int(row) + rows)}"


def _name(sheet: str | None, home: str) -> str:
    if not sheet:
        return home
    plain = sheet[:-1]
    return plain[1:-1].replace("''", "'") if plain.startswith("'") else plain


def _row(ref: str) -> int:
    found = _ROW.match(ref)
    return int(found[3]) if found else 0


def _with_row(ref: str, row: int) -> str:
    found = _ROW.match(ref)
    return f"{found[1]}{found[2]}{row}" if found else ref


def _digits(row: str) -> int:
    return int(row.lstrip("$"))


def _dollar(row: str) -> str:
    return "$" if row.startswith("$") else ""

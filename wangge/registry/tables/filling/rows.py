"""Rows as XML, each like a prepared row of the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lxml import etree

from wangge.registry.ledgers.outgoing.neutral import neutral
from wangge.registry.ledgers.outgoing.sheets import xml_text

from ..recognition import Found
from ..workbook import Page, letters
from ..workbook.cells import tag
from ..workbook.growth import moved
from .column import Spec, Value

_DAY, _MONTH = "yyyy-mm-dd", "yyyy-mm"


@dataclass(frozen=True)
class Model:
    """A prepared row: its attributes, and by column the style, the formula and the text of its cells."""

    number: int
    attributes: str
    styles: dict[int, int]
    formulas: dict[int, str]
    texts: dict[int, str]


def models(found: Found) -> list[Model]:
    """The prepared rows; without any, one made after the header."""
    if found.room:
        return [_model(found.page, number) for number in range(found.first, found.last + 1)]
    return [_after_header(found)]


def _model(page: Page, number: int) -> Model:
    row = page.rows.get(number)
    attributes = "" if row is None else _attributes(row)
    cells = page.cells.get(number, {})
    formulas = {c: page.formula_at(number, c) for c, cell in cells.items() if cell.formula}
    texts = {c: cell.text for c, cell in cells.items() if cell.text and not cell.formula}
    return Model(number, attributes, {c: cell.style for c, cell in cells.items()}, formulas, texts)


def _attributes(row: etree._Element) -> str:
    """Height, visibility and the like; what needs a namespace of its own is only a hint."""
    kept = {str(name): str(value) for name, value in row.attrib.items()}
    return "".join(
        f' {name}="{xml_text(value)}"' for name, value in kept.items() if name != "r" and "{" not in name
    )


def _after_header(found: Found) -> Model:
    page, row = found.page, found.header[-1]
    given = column_styles(page)
    made = {}
    for column in found.columns:
        own = page.at(*_anchor(page, row, column)).style
        made[column] = given.get(column) or (page.book.styles.plain(own) if own else 0)
    return Model(row + 1, "", made, {}, {})


def _anchor(page: Page, row: int, column: int) -> tuple[int, int]:
    """The cell that a merged one looks like."""
    return next(
        ((r0, c0) for r0, c0, r1, c1 in page.merges if r0 <= row <= r1 and c0 <= column <= c1), (row, column)
    )


def column_styles(page: Page) -> dict[int, int]:
    """The formats that whole columns have."""
    styles: dict[int, int] = {}
    for col in page.root.iterfind(f"{tag('cols')}/{tag('col')}"):
        first, last = int(col.get("min", 1)), min(int(col.get("max", 1)), 400)
        if col.get("style"):
            styles |= {column: int(col.get("style", 0)) for column in range(first - 1, last)}
    return styles


def model_for(at: int, rows: int, prepared: Sequence[Model]) -> Model:
    """Which prepared row the row ``at`` (from 0) of ``rows`` looks like: its own; rows put in come before the
    last and go on with the stripes of those before."""
    many = len(prepared)
    if rows <= many or at < many - 1:
        return prepared[at] if at < many else prepared[-1]
    if at == rows - 1 or many == 1:
        return prepared[-1]
    back = (at - (many - 2)) % 2 if many >= 4 else 0
    return prepared[many - 2 - back]


class RowWriter:
    """Writes rows of one table."""

    def __init__(self, found: Found, specs: Sequence[Spec]) -> None:
        self.found, self.page = found, found.page
        self.book = found.page.book
        self.specs = {spec.column: at for at, spec in enumerate(specs)}
        self._specs = specs
        self._given = column_styles(found.page)
        self._dates = {at: self._dated(spec) for at, spec in enumerate(specs)}

    def _dated(self, spec: Spec) -> str:
        return _MONTH if spec.month else _DAY

    def row(self, number: int, model: Model, values: Sequence[Value]) -> str:
        """One row of the sheet."""
        columns = sorted({*model.styles, *self.specs})
        cells = "".join([self._cell(number, column, model, values) for column in columns])
        return f'<row r="{number}"{model.attributes}>{cells}</row>'

    def _cell(self, number: int, column: int, model: Model, values: Sequence[Value]) -> str:
        style = model.styles.get(column, self._given.get(column, 0))
        head = f'<c r="{letters(column)}{number}"'
        at = self.specs.get(column)
        if formula := model.formulas.get(column):
            return f"{head}{_s(style)}><f>{xml_text(moved(formula, number - model.number))}</f></c>"
        if at is None:
            text = model.texts.get(column, "")
            keeps = text and (number == model.number or not text.isdigit())
            return _text(head, style, text) if keeps else f"{head}{_s(style)}/>"
        return self._valued(head, style, values[at], self._dates[at])

    def _valued(self, head: str, style: int, value: Value, shown: str) -> str:
        if value == "" or value is None:
            return f"{head}{_s(style)}/>"
        if isinstance(value, date):
            return self._day(head, style, value, shown)
        if isinstance(value, int | float):
            return f"{head}{_s(style)}><v>{value}</v></c>"
        return _text(head, style, str(neutral(value)))

    def _day(self, head: str, style: int, day: date, shown: str) -> str:
        styles = self.book.styles
        if styles.is_text(style):
            return _text(head, style, f"{day:%Y-%m}" if shown == _MONTH else day.isoformat())
        if not styles.is_date(style):
            style = styles.dated(style, shown)
        return f"{head}{_s(style)}><v>{self.book.serial(day)}</v></c>"


def _s(style: int) -> str:
    return f' s="{style}"' if style else ""


def _text(head: str, style: int, text: str) -> str:
    return f'{head}{_s(style)} t="inlineStr"><is><t xml:space="preserve">{xml_text(text)}</t></is></c>'

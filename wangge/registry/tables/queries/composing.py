"""A request and its blank become rows of cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from wangge.registry.ledgers.outgoing.lines import Line

from ..enums import Unit
from ..filling import ColumnTally, Filled, Spec, Tally
from ..filling.column import Value
from ..meanings import Meaning, Subject, parse
from ..models import TableRequest
from ..recognition import Found, find
from ..recognition.words import asks
from ..workbook import Book, number_of
from .asking import Asking
from .choices import choices_of
from .describing import LIMITS
from .subjects import subjects

_EMPTY_TALK = ("serial", "table_date")
NOTHING = "登记册里没有这张表要的任何一列，没有填行。"
_WHY = {
    "withheld": "涉及敏感个人信息，按规定不提供。",
    "blank": "留给填表人手写。",
    "remark": "留空，由填表人补充。",
    "formula": "表里自带公式。",
}


@dataclass
class Sheet:
    """One table to be filled: where it is, how its columns are read, what is asked, and what came of it."""

    found: Found
    specs: list[Spec]
    asking: Asking
    tally: list[ColumnTally]
    members: int = 0  # blocks for members in a row of a household

    @property
    def tells(self) -> bool:
        """Whether any column says something of a row besides its number."""
        return any(spec.meaning.code not in _EMPTY_TALK for spec in self.specs)

    def rows(self) -> Iterator[tuple[Subject, list[Filled]]]:
        """Every row with its cells."""
        for subject in subjects(self.asking) if self.tells else ():
            yield subject, [spec.cell(subject) for spec in self.specs]


def sheets_of(request: TableRequest, book: Book, *, unmasked: bool) -> list[Sheet]:
    """The tables of a request as they are going to be filled.

    Args:
        unmasked: numbers and phones in clear; the caller has made sure that this may be.
    """
    tables = [sheet for sheet in request.sheets if not sheet["skipped"]]
    made = []
    for described in tables:
        found = find(book.page(described["name"]), LIMITS)
        if found is not None:
            made.append(_sheet(request, described, found, unmasked, len(tables) > 1))
    return made


def _sheet(
    request: TableRequest, described: Mapping[str, Any], found: Found, unmasked: bool, several: bool
) -> Sheet:
    decided = request.mapping.get(described["name"], {})
    choices = choices_of(found)
    specs, tally, meanings = [], [], []
    for column in described["columns"]:
        text = decided.get(column["column"], "")
        meaning = parse(text) if text else None
        name = described["name"] if several else ""
        tally.append(ColumnTally(name, column["header"], text, _why(meaning, column)))
        if meaning is None or meaning.by_hand:
            continue
        at = number_of(column["column"])
        specs.append(_spec(found, at, column["header"], meaning, choices.get(at, ()), unmasked))
        meanings.append(meaning)
    asking = Asking(
        described["unit"], request.ledger, described["area"] or request.area_code, day_of(request),
        tuple(request.filters), tuple(meanings),
    )  # fmt: skip
    blocks = max((meaning.member for meaning in meanings), default=0)
    return Sheet(found, specs, asking, tally, blocks)


def day_of(request: TableRequest) -> date:
    """The day the table speaks of: as asked, else today."""
    return request.as_of or timezone.localdate()


def _spec(
    found: Found, at: int, header: str, meaning: Meaning, choices: tuple[str, ...], unmasked: bool
) -> Spec:
    template = found.page.at(found.first, at).text if found.room else ""
    boxes = template if any(box in template for box in "□☐○◯") else ""
    leaf = header.rpartition("/")[2].replace("／", "/")
    return Spec(
        at, header, meaning, choices=choices, template=boxes, asks=asks(leaf) or "是/否" in leaf,
        unmasked=unmasked,
    )  # fmt: skip


def _why(meaning: Meaning | None, column: Mapping[str, Any]) -> str:
    if meaning is None:
        return column["why"] if column["state"] != "asked" else "列的含义还没有确认，没有填。"
    if meaning.withheld:
        return _WHY["withheld"]
    return _WHY[meaning.code] if meaning.by_hand else ""


def people_in(sheet: Sheet, subject: Subject) -> list[Line]:
    """Whose data a row holds."""
    if sheet.asking.unit == Unit.ORGANISATION or sheet.asking.unit == Unit.BUILDING:
        return []
    lines = [subject.line] if subject.line else []
    lines += [member.line for member in subject.members[: sheet.members] if member.line]
    return list({line.person.pk: line for line in lines}.values())


def note(sheet: Sheet, tally: Tally, subject: Subject, cells: list[Filled]) -> None:
    """Count the cells of one row."""
    tally.rows += 1
    own = {spec.column: cell for spec, cell in zip(sheet.specs, cells, strict=True)}
    for column, counted in zip(sheet.found.columns_in_order, sheet.tally, strict=True):
        cell = own.get(column)
        how = "empty" if cell is None or counted.why else cell.how
        counted.unlisted += how == "unlisted"
        counted.absent += how == "absent"
        name = "empty" if how in ("unlisted", "absent") else how
        setattr(counted, name, getattr(counted, name) + 1)
    if sheet.members and len(subject.members) > sheet.members:
        tally.left_out += len(subject.members) - sheet.members


def values(cells: list[Filled]) -> tuple[Value, ...]:
    """What goes into the sheet."""
    return tuple(cell.value for cell in cells)

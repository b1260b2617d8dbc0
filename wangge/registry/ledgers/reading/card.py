"""One household a sheet: its head and address stand above the list of its members, labels beside values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wangge.registry.ledgers.dictionary import exact, normal_header

from .grid import Grid, is_blank
from .header import Header
from .tables import Cell, Row

_TALLEST = 60  # rows; what is longer is a ledger, and the names above it are those of who filled it in
_HEADS = {"head_name": "name", "head_id_no": "id_no"}
_OF_ALL = ("residence", "household_no")


@dataclass(frozen=True)
class Card:
    """row: 1-based, where the head stands; head: fact → cell; shared: header → cell of what holds for all."""

    row: int
    head: dict[str, Cell]
    shared: dict[str, Cell]
    facts: tuple[str, ...]  # of the list's own columns

    def rows(self, members: Iterator[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
        """The head, unless the list has it, then the members; each with what holds for all."""
        listed = list(members)
        name, shared = self.facts.index("name"), list(self.shared.values())
        if self.head["name"] not in [row[name] for _number, row in listed]:
            yield self.row, [*(self.head.get(fact, "") for fact in self.facts), *shared]
        for number, row in listed:
            yield number, [*row, *shared]


def household_card(grid: Grid, header: Header) -> Card | None:
    """What stands above a short list of members, None where nothing names their head."""
    facts = _facts(grid, header)
    if grid.height > _TALLEST or not header.rows or not {"name", "relation"} <= set(facts):
        return None
    told = [(n, *pair) for n, row in enumerate(grid.head[: header.rows[0]], 1) for pair in _pairs(row)]
    head = {_HEADS.get(fact, fact): cell for _row, _label, fact, cell in reversed(told)}
    if "name" not in head:
        return None
    shared = {label: cell for _row, label, fact, cell in told if fact in _OF_ALL and fact not in facts}
    at = next(row for row, _label, fact, _cell in told if _HEADS.get(fact, fact) == "name")
    return Card(at, head | {"relation": "户主"}, shared, facts)


def _facts(grid: Grid, header: Header) -> tuple[str, ...]:
    """The fact of each column; of two for one fact (家庭成员 down the side, 姓名) the one with cells."""
    named = [_fact(name.split("/")[-1]) for name in header.columns]
    lines = [row for row in grid.head[header.first :] if sum(not is_blank(cell) for cell in row) > 1]
    holds = [any(c < len(row) and not is_blank(row[c]) for row in lines) for c in header.keep]
    return tuple(
        fact if held or named.count(fact) == 1 else "" for fact, held in zip(named, holds, strict=True)
    )


def _pairs(row: Row) -> Iterator[tuple[str, str, Cell]]:
    """户主姓名 | 赵试甲 | 联系电话 | 100…: (label, fact, value)."""
    cells = [cell for cell in row if not is_blank(cell)]
    at = 0
    while at + 1 < len(cells):
        label, fact = str(cells[at]), _fact(str(cells[at]))
        if fact and not _fact(str(cells[at + 1])):
            yield label, fact, cells[at + 1]
            at += 1
        at += 1


def _fact(text: str) -> str:
    return next(iter(exact(normal_header(text))), "")

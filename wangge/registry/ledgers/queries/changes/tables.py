"""The difference as tables for the page, the file and the command line; every number knows its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from wangge.foundation.territory import queries as territory
from wangge.registry.people import queries as people
from wangge.registry.people.enums import Source, TieKind

from .difference import Difference
from .imports import WHOLE
from .period import FACTS, NAMES, PEOPLE, TIES

Where = Mapping[str, object]


@dataclass(frozen=True)
class Cell:
    """A number, and which rows it counts (``what``, ``field``, ``source``, ``part``)."""

    number: int
    where: Where


@dataclass
class Table:
    """A table: what it is of, the heads of its columns of numbers, its lines (label and cells)."""

    title: str
    first: str
    heads: list[str]
    lines: list[tuple[str, list[Cell]]] = field(default_factory=list)


def field_name(what: str, name: str) -> str:
    """How a fact or a kind of tie is called."""
    if name == WHOLE:
        return _("整行相符（未分项）")
    labels: dict[str, object] = dict(TieKind.choices)
    labels |= {"relation": _("与户主关系"), "household_head": _("户主"), "status": _("状态")}
    return str(labels[name]) if name in labels else people.label_of(name)


def source_name(source: int) -> str:
    """Who said so; 0 where nobody is written down."""
    return str(Source(source).label) if source in Source.values else _("未注明")


def tables_of(difference: Difference) -> list[Table]:
    """People and ties by source, facts by field and source, and all of it by the areas below."""
    return [_by_source(difference), _by_field(difference), _by_area(difference)]


def _cells(counts: Iterable[tuple[int, Where]]) -> list[Cell]:
    return [Cell(number, where) for number, where in counts]


def _by_source(difference: Difference) -> Table:
    sums, sources = difference.by(0, 2), difference.sources
    heads = [*map(source_name, sources), _("合计")]
    table = Table(_("人和关系"), _("变化"), heads)
    for what in (*PEOPLE, *TIES):
        numbers: list[tuple[int, Where]] = [
            (sums[what, source], {"what": what, "source": source}) for source in sources
        ]
        total: tuple[int, Where] = (sum(number for number, _where in numbers), {"what": what})
        table.lines.append((str(NAMES[what]), _cells([*numbers, total])))
    return table


def _by_field(difference: Difference) -> Table:
    sums, sources = difference.by(0, 1, 2), difference.sources
    heads = [*map(source_name, sources), _("合计")]
    table = Table(_("事实，按项目和来源"), _("项目"), heads)
    pairs = {(key[0], key[1]) for key in difference.cells if key[0] in FACTS}
    for what, name in sorted(pairs, key=lambda pair: (FACTS.index(pair[0]), pair[1])):
        where: dict[str, object] = {"what": what, "field": name}
        numbers: list[tuple[int, Where]] = [
            (sums[what, name, source], where | {"source": source}) for source in sources
        ]
        total: tuple[int, Where] = (sum(number for number, _where in numbers), where)
        label = f"{NAMES[what]} · {field_name(what, name)}"
        table.lines.append((label, _cells([*numbers, total])))
    return table


def _by_area(difference: Difference) -> Table:
    sums = difference.by_area()
    names = territory.names_of(sums)
    shown = (*PEOPLE, *TIES[:3], *FACTS)
    table = Table(_("按区域"), _("区域"), [str(NAMES[what]) for what in shown])
    for code, counts in sums.items():
        own = code == difference.period.area
        label = (
            _("没有下级区域的部分") if own and len(code) < 15 else territory.short_name(names.get(code, code))
        )
        numbers: list[tuple[int, Where]] = [(counts[what], {"what": what, "part": code}) for what in shown]
        table.lines.append((label, _cells(numbers)))
    return table

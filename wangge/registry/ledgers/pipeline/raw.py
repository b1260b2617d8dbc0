"""Raw cells as people type them, made one fact a cell: 张三/4407…, 同上, an address once a household."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Columns = dict[str, Sequence[Any]]

WHO = ("", "owner_", "renter_", "head_")
DITTO = frozenset(
    {"同上", "同 上", "同左", "〃", "″", '"', "”", "“", "〞", "''", "..", "··", "ditto", "〃〃"}
)
NEVER_DITTO = ("name", "id_no", "serial", "birth", "age")
DWELLING = ("household_no", "head_name", "residence", "estate", "building", "unit", "floor", "room_no")
GROUPED = ("estate", "building", "unit")  # written once over a run of rooms
HEADS = frozenset({"户主", "本人", "户主本人", "主", "户代表"})
_NUMBER = re.compile(r"(?<![\dA-Za-z])(?:\d[\d\s-]{5,20}[\dXx]|[HMhm]\d{8,10})(?![\dA-Za-z])")
_LABELS = re.compile(
    r"(?:居民|公民)?(?:身份证|身份|证件)(?:号码|号)?|联系(?:电话|方式)|电话(?:号码)?|手机(?:号码|号)?|姓名|[:：]"
)
_MARKS = re.compile(r"[\s/、,，;；()（）|\-—_.。]+")
_NAME = re.compile(r"[\u3400-\u9fff]{2,8}(?:·[\u3400-\u9fff]+)*")
_SAMPLE = 300


@dataclass
class Typist:
    """One sheet's rows in their order; remembers what stood above from one chunk to the next."""

    _split: dict[str, str] | None = None
    _above: dict[str, Any] = field(default_factory=dict)
    _dwelling: dict[str, Any] = field(default_factory=dict)

    def readied(self, columns: Mapping[str, Sequence[Any]]) -> Columns:
        """Return fact → cells, with more columns where one held two facts."""
        made = dict(columns)
        if self._split is None:
            self._split = {fact: who for who in WHO for fact in _compound(made, who)}
        for fact, who in self._split.items():
            made |= _parted(made[fact], fact, who, made)
        self._repeat(made)
        self._house(made)
        return made

    def _repeat(self, columns: Columns) -> None:
        for fact, cells in columns.items():
            if fact.removeprefix("owner_").removeprefix("renter_") in NEVER_DITTO:
                continue
            if not _texts(cells).isdisjoint(DITTO):
                above, told = self._above.get(fact, ""), []
                for cell in cells:
                    above = above if isinstance(cell, str) and cell.strip() in DITTO else cell
                    told.append(above)
                columns[fact] = told
            if len(cells):
                self._above[fact] = columns[fact][-1]

    def _house(self, columns: Columns) -> None:
        """Members typed under their head: the row that gives no dwelling has the one above. What every row
        says alike (the building in the title of the sheet) is no dwelling of a row's own."""
        given = [fact for fact in DWELLING if fact in columns]
        told = [fact for fact in given if not _alike(columns[fact])]
        if not any(map(_has_blanks, (columns[fact] for fact in told))):
            return
        cells = {fact: list(columns[fact]) for fact in told}
        sparse = _sparse(cells) if "residence" not in given else []
        relations = columns.get("relation")
        for row in range(len(cells[told[0]])):
            here = {fact: cells[fact][row] for fact in told}
            if all(map(_blank, here.values())):
                if self._goes_on(relations[row] if relations is not None else None):
                    here = self._dwelling
            else:
                here |= {f: self._dwelling.get(f, "") for f in sparse if _blank(here[f])}
                self._dwelling = {fact: columns[fact][row] for fact in given} | here
            for fact in told:
                cells[fact][row] = here.get(fact, "")
        columns |= cells

    def _goes_on(self, relation: Any) -> bool:
        if not _blank(relation):
            return str(relation).strip() not in HEADS
        return not _blank(self._dwelling.get("head_name")) or not _blank(self._dwelling.get("household_no"))


def _compound(columns: Mapping[str, Sequence[Any]], who: str) -> list[str]:
    """The column of this role that holds a name and a number in one cell."""
    named = f"{who}name" in columns
    for fact in (f"{who}name",) if named else (f"{who}id_no", f"{who}phone"):
        if fact not in columns:
            continue
        sample = [str(cell) for cell in columns[fact][:_SAMPLE] if not _blank(cell)]
        both = sum(bool((parts := parts_of(text))[0] and len(parts) > 1) for text in sample)
        if sample and both >= 0.5 * len(sample):
            return [fact]
    return []


def parts_of(text: str) -> dict[int, Any]:
    """{0: the name, 1: the id number, 2: the phone} of a cell that holds several; {0: ""} when it does not
    name exactly one person."""
    text = text.replace("\u3000", " ")
    found: dict[int, Any] = {}
    for number in _NUMBER.findall(text):
        digits = re.sub(r"[\s-]", "", number)
        found.setdefault(1 if len(digits) in (15, 18) or digits[0].isalpha() else 2, digits)
    name = _MARKS.sub(" ", _LABELS.sub(" ", _NUMBER.sub(" ", text))).strip()
    return {0: name if _NAME.fullmatch(name) else "", **found}


def _parted(cells: Sequence[Any], fact: str, who: str, columns: Mapping[str, Sequence[Any]]) -> Columns:
    """The columns that the cells of one fall into; a column that stands by itself is left as it is."""
    facts = [f"{who}name", f"{who}id_no", f"{who}phone"]
    own = facts.index(fact)
    made: dict[str, list[Any]] = {f: [] for f in facts if f == fact or f not in columns}
    for cell in cells:
        parts = parts_of(str(cell)) if isinstance(cell, str) else {0: ""}
        if not parts[0]:
            parts = {own: cell}
        for place, f in enumerate(facts):
            if f in made:
                made[f].append(parts.get(place, ""))
    return {f: told for f, told in made.items() if f == fact or any(told)}


def _sparse(cells: Mapping[str, Sequence[Any]]) -> list[str]:
    """Which of building and unit are written once over a run of rooms that each have their number."""
    rooms = cells.get("room_no")
    if rooms is None:
        return []
    roomed = [row for row, cell in enumerate(rooms) if not _blank(cell)]
    return [
        fact
        for fact in GROUPED
        if fact in cells and 0 < sum(not _blank(cells[fact][row]) for row in roomed) <= 0.5 * len(roomed)
    ]


def _has_blanks(cells: Sequence[Any]) -> bool:
    return "" in cells or None in cells


def _alike(cells: Sequence[Any]) -> bool:
    return len(cells) > 0 and not _blank(cells[0]) and all(cell == cells[0] for cell in cells)


def _blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _texts(cells: Sequence[Any]) -> set[Any]:
    return {cell for cell in set(cells) if isinstance(cell, str)}

"""A sheet with one row per household, its members side by side, turned into one row per person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from wangge.registry.ledgers.dictionary import exact, header_forms, normal_header

from .grid import is_blank
from .tables import Chunk, Row, Sheet

_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九十", start=1)}
_MEMBER = re.compile(
    r"^(?:家庭|同住|共同居住|户内)?(?:成员|家属|人员|同住人|家人|家庭成员)(?:信息|情况)?(?:之)?"
    r"(\d{1,2}|[一二三四五六七八九十])(?:号)?[/:：_\-]?(.*)$"
)
_TRAILING = re.compile(r"^(.+?)(\d{1,2})$")
_HEAD = re.compile(r"^户主(?:信息|情况|基本情况)?[/]?(.*)$")
_PERSONAL = {
    "name",
    "id_no",
    "sex",
    "birth",
    "age",
    "phone",
    "relation",
    "education",
    "marriage",
    "occupation",
    "employer",
    "school",
    "id_type",
    "remark",
    "special_class",
    "employment",
    "person_kind",
}
_LABELS = {"name": "姓名", "relation": "与户主关系"}


@dataclass(frozen=True)
class _Block:
    """One person's columns: leaf name → column of the sheet. head: the household's head."""

    columns: dict[str, int]
    head: bool = False


def unfolded(sheet: Sheet) -> Sheet:
    """Return the sheet with one row per person, or the sheet itself when its rows are persons already."""
    members = _members(sheet.columns)
    if len(members) < 2:
        return sheet
    blocks = _with_head(sheet.columns, members)
    inside = {column for block in blocks for column in block.columns.values()}
    shared = [column for column in range(len(sheet.columns)) if column not in inside]
    leaves = list(dict.fromkeys(leaf for block in blocks for leaf in block.columns))
    if blocks[0].head and "与户主关系" not in leaves:
        leaves.append("与户主关系")
    return _UnfoldedSheet.of(sheet, blocks, shared, leaves)


def _members(columns: list[str]) -> list[_Block]:
    found: dict[int, dict[str, int]] = {}
    for column, text in enumerate(columns):
        if placed := _place(text):
            number, leaf = placed
            found.setdefault(number, {}).setdefault(leaf, column)
    blocks = [_Block(found[number]) for number in sorted(found) if "姓名" in found[number]]
    return blocks if len(blocks) >= 2 else _repeated(columns)


def _place(text: str) -> tuple[int, str] | None:
    """成员1姓名, 家庭成员一/身份证号, 姓名2 → number and leaf."""
    plain = "/".join(normal_header(part) for part in text.split("/"))
    if hit := _MEMBER.match(plain):
        return _number(hit[1]), _leaf(hit[2])
    hit = _TRAILING.match(plain)
    if hit and set(exact(hit[1])) & (_PERSONAL - {"phone", "remark", "employer"}):
        return int(hit[2]), _leaf(hit[1])
    return None


def _repeated(columns: list[str]) -> list[_Block]:
    """姓名 关系 身份证号 姓名 关系 身份证号 …: the same three or more headers again and again."""
    leaves = [_leaf(text.split("/")[-1]) for text in columns]
    starts = [c for c, leaf in enumerate(leaves) if leaf == "姓名" and not _owned(columns[c])]
    if len(starts) < 2:
        return []
    step = starts[1] - starts[0]
    pattern = leaves[starts[0] : starts[0] + step]
    if len(starts) == 2 and not _twin(columns, starts, leaves):
        return []
    if step < 2 or any(b - a != step or leaves[a : a + step] != pattern for a, b in pairwise(starts)):
        return []
    size = next(
        (i for i in range(step) if starts[-1] + i >= len(leaves) or leaves[starts[-1] + i] != pattern[i]),
        step,
    )
    return [_Block({leaves[c]: c for c in range(start, start + size)}) for start in starts]


def _twin(columns: list[str], starts: list[int], leaves: list[str]) -> bool:
    """Two people side by side to save paper: the same headers twice, under no group and nobody's role."""
    left, right = leaves[starts[0] : starts[1]], leaves[starts[1] :]
    alike = [a for a, b in zip(left, right, strict=False) if a == b]
    known = {code for leaf in alike for code in exact(leaf)} & _PERSONAL
    return len(known) >= 2 and bool(known & {"id_no", "phone"}) and not any("/" in text for text in columns)


def _owned(text: str) -> bool:
    return any(
        code.startswith(("owner", "renter", "head")) for code in exact(normal_header(text.replace("/", "")))
    )


def _with_head(columns: list[str], members: list[_Block]) -> list[_Block]:
    taken = {column for block in members for column in block.columns.values()}
    head: dict[str, int] = {}
    for column, text in enumerate(columns):
        plain = "/".join(normal_header(part) for part in text.split("/"))
        hit = _HEAD.match(plain)
        if column in taken or not hit or "关系" in plain:
            continue
        head.setdefault(_leaf(hit[1] or "姓名"), column)
    if "姓名" in head:
        return [_Block(head, head=True), *members]
    own = {
        _leaf(text): c
        for c, text in enumerate(columns)
        if c not in taken and set(exact(normal_header(text))) & {"name", "id_no", "sex", "phone", "birth"}
    }
    return [_Block(own, head=True), *members] if "姓名" in own else members


def _leaf(text: str) -> str:
    plain = normal_header(text.strip("/:："))
    code = next((c for form in header_forms(plain) for c in exact(form) if c in _LABELS), "")
    return _LABELS.get(code, plain or "姓名")


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _DIGITS[text]


@dataclass
class _UnfoldedSheet(Sheet):
    """A household sheet as persons; chunks say in `parts` which member of the source row each person is."""

    persons: Callable[[], Iterator[tuple[int, Row, int]]] = field(default=lambda: iter(()), repr=False)

    @classmethod
    def of(cls, sheet: Sheet, blocks: list[_Block], shared: list[int], leaves: list[str]) -> _UnfoldedSheet:
        places = [[*shared, *(block.columns.get(leaf) for leaf in leaves)] for block in blocks]
        names = [sheet.columns[c] for c in shared] + leaves
        width, name, relation = (
            len(shared),
            names.index("姓名", len(shared)),
            (names.index("与户主关系") if blocks[0].head else -1),
        )

        def persons() -> Iterator[tuple[int, Row, int]]:
            for number, row in sheet.rows():
                yield from (
                    (number, person, part) for part, person in _persons(row, places, width, name, relation)
                )

        return cls(
            **{
                **sheet.__dict__,
                "columns": names,
                "rows": lambda: ((number, row) for number, row, _part in persons()),
                "source_columns": [_source(sheet, c) for c in places[-1]],
                "part_columns": [[_source(sheet, c) for c in line] for line in places],
                "row_count": sheet.row_count * len(blocks),
                "persons": persons,
            }
        )

    def chunks(self, size: int = 20_000) -> Iterator[Chunk]:
        """Yield persons, at most `size` a time; a household may be cut between two chunks."""
        numbers: list[int] = []
        rows: list[Row] = []
        parts: list[int] = []
        for number, row, part in self.persons():
            numbers.append(number)
            rows.append(row)
            parts.append(part)
            if len(rows) >= size:
                yield replace(Chunk.of(numbers, rows), parts=parts)
                numbers, rows, parts = [], [], []
        if rows:
            yield replace(Chunk.of(numbers, rows), parts=parts)


def _source(sheet: Sheet, column: int | None) -> int | None:
    return None if column is None else sheet.source_columns[column]


def _persons(
    row: Row, places: list[list[int | None]], width: int, name: int, relation: int
) -> Iterator[tuple[int, Row]]:
    """A member block with nothing in it is nobody; a head repeated as a member counts once."""
    head: object = None
    for part, line in enumerate(places):
        person = ["" if column is None else row[column] for column in line]
        if all(is_blank(cell) for cell in person[width:]):
            continue
        if part == 0 and relation >= 0:
            head = person[name]
            if is_blank(person[relation]):
                person[relation] = "户主"
        elif relation >= 0 and person[name] == head:
            continue
        yield part, person

"""The data rows of a table: merged cells filled, what is no row of the ledger left out and counted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wangge.registry.ledgers.dictionary import exact, normal_header
from wangge.registry.ledgers.dictionary.around import heading

from .grid import Grid, is_blank
from .header import Header
from .tables import Row

_TOTALS = ("合计", "总计", "小计", "共计", "总数", "本页小计", "本页合计", "累计", "平均")
_FOOT = (
    "填表",
    "填报",
    "制表",
    "审核",
    "审批",
    "备注",
    "说明",
    "注:",
    "注：",
    "注1",
    "单位负责",
    "负责人",
    "日期",
    "联系电话",
    "联系人",
    "第",
    "共",
    "报送",
    "统计",
    "录入",
    "打印",
    "盖章",
    "经办",
    "填写",
    "核对",
    "复核",
    "单位盖章",
    "示例",
    "样例",
    "例:",
    "例：",
    "例如",
    "模板",
    "以下",
    "此页",
    "本页",
)
_INITIALS = frozenset(word[0] for word in _TOTALS + _FOOT) | {"栏", "甲", "（", "(", "*", "※", "注", "例"}
_SECTION = re.compile(
    r"^[（(]?[一二三四五六七八九十]+[）)、.．]|(?:网格|小组|组|栋|幢|社区|村|队|路|街|部|班|车间|小区|表|册|台账|名单)$"
)
_TOTAL = re.compile(rf"^(?:{'|'.join(_TOTALS)})(?:[:：(（\d].*)?$")
_LABEL = re.compile(r"^[\u4e00-\u9fff（）()、/]{2,12}[:：]")  # 审核人： | 单位负责人： | 日期：2024.1.1
_BRACKETED = re.compile(r"[（(][^）)]*[）)]")
_SAMPLE = re.compile(r"^[（(]?(?:示例|样例|例[:：]|例如|例子|填写示例|填写说明|填表说明)")
_COLUMN_NUMBERS = re.compile(r"^(?:栏次|甲|乙|丙|丁|[A-Z]|\(?\d{1,3}\)?)$")


def headings(grid: Grid, header: Header) -> tuple[str, ...]:
    """Headers for what the lines between groups of rows say of those below (楼栋, 网格 …), as far as no
    column of the table says it."""
    judge, found = _Judge(grid, header), dict[str, None]()
    for number, row in enumerate(grid.head):
        if number >= header.first and judge.refuses(number, row) in ("section", "note"):
            found[judge.heading(row)[0]] = None
    held = {code for name in header.columns for code in exact(normal_header(name.split("/")[-1]))}
    return tuple(name for name in found if name and not held & set(exact(name)))


def data_rows(
    grid: Grid, header: Header, skipped: dict[str, int], said: tuple[str, ...] = ()
) -> Iterator[tuple[int, Row]]:
    """Yield (1-based source row, cells) of every data row; counts what it leaves out into `skipped`. said:
    as `headings`, put behind the cells of each row."""
    skipped.clear()
    judge = _Judge(grid, header)
    fills = _fills(grid, header)
    keep = header.keep
    whole = keep == list(range(len(keep))) and len(keep) == max(len(row) for row in grid.head)
    origins: dict[tuple[int, int], object] = {}
    now = dict.fromkeys(said, "")
    for number, row in enumerate(grid.rows()):
        if number < header.first:
            continue
        if number in fills:
            _fill(row, number, fills[number], origins)
        if reason := judge.refuses(number, row):
            skipped[reason] = skipped.get(reason, 0) + 1
            if said and reason in ("section", "note"):
                name, value = judge.heading(row)
                now |= {name: value} if name in now else {}
            continue
        cells = row if whole and len(row) == len(keep) else _picked(row, keep)
        yield number + 1, [*cells, *now.values()] if said else cells


def _picked(row: Row, keep: list[int]) -> Row:
    width = len(row)
    return [row[c] if c < width else "" for c in keep]


def _fills(grid: Grid, header: Header) -> dict[int, list[tuple[int, int]]]:
    """Row → columns to take from a merged cell above, as (column, first row of the merge)."""
    fills: dict[int, list[tuple[int, int]]] = {}
    for r0, c0, r1, _c1 in grid.merges:
        if r1 > r0 and r0 >= header.first:
            for row in range(r0, min(r1, grid.height) + 1):
                fills.setdefault(row, []).append((c0, r0))
    return fills


def _fill(
    row: Row, number: int, columns: list[tuple[int, int]], origins: dict[tuple[int, int], object]
) -> None:
    """A row that holds nothing of its own stays blank: the merge only runs over it."""
    covered = {column for column, _start in columns}
    own = any(not is_blank(cell) for column, cell in enumerate(row) if column not in covered)
    for column, start in columns:
        if column >= len(row):
            continue
        if number == start:
            origins[column, start] = row[column]
        elif own and is_blank(row[column]):
            row[column] = origins.get((column, start), "")


class _Judge:
    """Tells the rows of a ledger from what printing and bookkeeping put between them."""

    def __init__(self, grid: Grid, header: Header) -> None:
        self._keep = header.keep
        self._headers = [tuple(map(_plain, _picked(grid.head[i], self._keep))) for i in header.rows]
        self._marks = {_first(line) for line in self._headers} | {
            _first(tuple(map(str, grid.head[i]))) for i in header.rows
        }
        self._titles = {
            _plain(cell)
            for i in range(header.rows[0] if header.rows else 0)
            for cell in grid.head[i]
            if not is_blank(cell)
        }
        self._marks |= {
            cell for row in grid.head[: self._top(header)] for cell in row if isinstance(cell, str)
        }
        self._wide = {
            r0 for r0, c0, r1, c1 in grid.merges if r0 == r1 and c1 - c0 + 1 >= max(3, len(header.keep) // 2)
        }
        self._nothing = [""] * min(5, max(len(row) for row in grid.head) - 1)
        self._first, self._columns = header.first, len(header.keep)
        # Templates come numbered in advance: a row with nothing but its number is blank.
        self._serial = next(
            (
                c
                for c, name in zip(header.keep, header.columns, strict=True)
                if "serial" in exact(normal_header(name))
            ),
            None,
        )

    @staticmethod
    def _top(header: Header) -> int:
        return header.rows[0] if header.rows else 0

    def refuses(self, number: int, row: Row) -> str:
        """Return "" for a data row, else what it is: blank | total | repeated_header | note | section."""
        first = row[0] if row else ""
        if number <= self._first or number in self._wide:
            return self._look(number, row)
        kind = first.__class__
        plain = (
            kind is float
            or kind is int
            or (
                kind is str
                and first != ""
                and first[0] not in _INITIALS
                and first not in self._marks
                and "：" not in first
            )
        )
        # Most rows end here: they begin like data and say more than one thing.
        if plain and row[1:6] != self._nothing:
            return ""
        return self._look(number, row)

    def heading(self, row: Row) -> tuple[str, str]:
        """What a line that says one thing says of the rows below it; a title printed again says nothing."""
        filled = [cell for cell in row if not is_blank(cell)]
        lone = len(filled) == 1 and _plain(filled[0]) not in self._titles
        return heading(str(filled[0])) if lone else ("", "")

    def _look(self, number: int, row: Row) -> str:
        filled = [(c, _plain(row[c])) for c in self._keep if c < len(row) and not is_blank(row[c])]
        if not filled:
            return "blank"
        if all(column == self._serial and text.isdigit() for column, text in filled):
            return "blank"
        texts = [text for _c, text in filled]
        line = tuple(map(_plain, _picked(row, self._keep)))
        if any(self._same(line, header) for header in self._headers):
            return "repeated_header"
        if any(_TOTAL.match(text) for text in texts[:2]):
            return "total"
        if _LABEL.match(texts[0]) and sum("：" in text or ":" in text for text in texts) >= 0.5 * len(texts):
            return "note"
        if number <= self._first + 1 and self._is_numbering(texts):
            return "note"
        if _SAMPLE.match(texts[0]):
            return "note"
        return self._lone(number, texts)

    def _same(self, line: tuple[str, ...], header: tuple[str, ...]) -> bool:
        pairs = [(a, b) for a, b in zip(line, header, strict=False) if b]
        return len(pairs) >= 2 and sum(a == b for a, b in pairs) >= 0.8 * len(pairs)

    def _is_numbering(self, texts: list[str]) -> bool:
        """The line 栏次 甲 乙 1 2 3 that official forms print under the header."""
        if len(texts) < 3 or len(texts) < 0.6 * self._columns or not all(map(_COLUMN_NUMBERS.match, texts)):
            return False
        numbers = [int(text.strip("()")) for text in texts if text.strip("()").isdigit()]
        return not numbers or (
            numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 2
        )

    def _lone(self, number: int, texts: list[str]) -> str:
        """A line with little on it: a signature, a note, a section heading or a printed title."""
        few = len(texts) <= max(1, min(4, self._columns // 3))
        if few and (texts[0].startswith(_FOOT) or "：" in texts[0][:10] or ":" in texts[0][:10]):
            return "note"
        if texts[0] in self._titles and len(texts) <= 2:
            return "note"
        if (
            len(texts) == 1
            and self._columns >= 3
            and (number in self._wide or _SECTION.search(_BRACKETED.sub("", texts[0])) or len(texts[0]) > 20)
        ):
            return "section"
        return ""


def _plain(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "".join(str(cell).split()) if cell is not None else ""


def _first(line: tuple[str, ...]) -> str:
    return next((text for text in line if text), "")

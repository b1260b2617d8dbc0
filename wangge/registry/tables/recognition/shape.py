"""A sheet as rows of texts, and the words by which its lines are told apart."""

from __future__ import annotations

import re
from functools import cached_property

from ..workbook import Page

DEEP = 60  # rows in which a header is looked for
_TOTAL = re.compile(r"^(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|总数|本页小计|本页合计|平均)")
_FOOT = re.compile(
    r"^(?:填表|填报|制表|审核|审批|备\s*注[:：]|说明|注[:：\d]|单位负责|负责人|分管|主管|日\s*期|联系电话[:：]|联系人|报送|统计|录入|"
    r"经办|填写|核对|复核|盖章|（盖章|以上|本表|此表|温馨提示|提示|备注[:：]|[*※])"
)
_SAMPLE = re.compile(r"^[（(【]?(?:示\s*例|样\s*例|范\s*例|例\s*[:：]?$|例[:：]|例如|举例|填写示例|如[:：])")
_INVENTED = re.compile(
    r"^(?:张三|李四|王五|赵六|小明|张某某?|李某某?|王某某?|某某某?|[x×X*]{2,})$|示例|样例|[X×x]{3,}|[x×X]{2}[路街号社区村]"
)
_NUMBERS = re.compile(r"^(?:栏次|甲|乙|丙|丁|戊|[A-Z]|[(（]?\d{1,3}[)）]?|[①-⑳])$")
_HINT = re.compile(
    r"^(?:必填|选填|文本|数字|日期|下拉|自动|格式|填写|请填|请选|如[:：]|例如|单选|不填|\(?必填\)?|系统)"
)
_BOX = re.compile(r"[□☐○◯]")
_ACROSS = re.compile(r"\$?[A-Z]{1,3}\$?(\d+):\$?[A-Z]{1,3}\$?(\d+)")


class Shape:
    """The texts of a page. Rows are 1-based, columns 0-based."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.merges = page.merges
        self._anchor = {
            (row, column): (r0, c0)
            for r0, c0, r1, c1 in self.merges
            if (r1 - r0 + 1) * (c1 - c0 + 1) <= 100_000
            for row in range(r0, r1 + 1)
            for column in range(c0, c1 + 1)
        }

    def texts(self, row: int) -> dict[int, str]:
        """What stands in a row, by column; a merged cell says its text once."""
        cells = self.page.cells.get(row, {})
        return {column: cell.text.strip() for column, cell in cells.items() if cell.text.strip()}

    def text(self, row: int, column: int) -> str:
        """What a cell shows, also where it lies in a merged one."""
        return self.page.at(*self._anchor.get((row, column), (row, column))).text.strip()

    def reaches(self, row: int, column: int) -> tuple[int, int, int, int]:
        """The merged cell a cell lies in, or the cell itself."""
        r0, c0 = self._anchor.get((row, column), (row, column))
        return next((m for m in self.merges if m[0] == r0 and m[1] == c0), (row, column, row, column))

    def joined(self, above: int, below: int) -> bool:
        """Whether a merged cell reaches from one row into the next."""
        return any(r0 <= above and r1 >= below for r0, _c0, r1, _c1 in self.merges)

    @cached_property
    def bordered(self) -> dict[int, set[int]]:
        """Cells with a border, by row."""
        styles = self.page.book.styles
        known: dict[int, bool] = {}
        found: dict[int, set[int]] = {}
        for row, cells in self.page.cells.items():
            for column, cell in cells.items():
                if known.setdefault(cell.style, styles.bordered(cell.style)):
                    found.setdefault(row, set()).add(column)
        return found


def is_total(texts: list[str]) -> bool:
    """Whether a line sums up."""
    return any(_TOTAL.match(text) for text in texts[:3])


def is_foot(text: str) -> bool:
    """Whether a text stands below tables: a signature, a remark."""
    return bool(_FOOT.match(text))


def is_sample(texts: list[str]) -> bool:
    """Whether a line says that it is an example, or names people who are always one."""
    return any(_SAMPLE.match(text) for text in texts[:2]) or any(_INVENTED.search(text) for text in texts)


def is_numbering(texts: list[str]) -> bool:
    """The line 栏次 甲 乙 1 2 3 that official forms print under the header."""
    return len(texts) >= 3 and all(map(_NUMBERS.match, texts))


def is_hint(texts: list[str]) -> bool:
    """A line that says how each column is to be filled."""
    hints = sum(bool(_HINT.match(text)) or len(text) > 20 for text in texts)
    return hints >= max(1, 0.5 * len(texts))


def has_boxes(text: str) -> bool:
    """男□ 女□: a text to be ticked."""
    return bool(_BOX.search(text))


def sums(formula: str) -> bool:
    """Whether a formula speaks of several rows."""
    return any(first != last for first, last in _ACROSS.findall(formula))

"""What was filled, masked and left empty, and why. Numbers only, never values."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class ColumnTally:
    """One column: cells filled, masked, empty; of the empty ones, unlisted: values its drop-down list
    does not allow; absent: members that a household does not have."""

    sheet: str
    header: str
    meaning: str = ""
    why: str = ""  # why nothing was to be filled
    filled: int = 0
    masked: int = 0
    empty: int = 0
    unlisted: int = 0
    absent: int = 0


@dataclass
class Tally:
    """All sheets of one filling."""

    rows: int = 0
    left_out: int = 0  # members for whom a household's row has no block
    columns: list[ColumnTally] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def total(self, what: str) -> int:
        """All cells filled, masked or empty."""
        return sum(getattr(column, what) for column in self.columns)

    def said(self) -> list[str]:
        """What a person must know: what is masked, withheld, empty."""
        found = list(self.notes)
        for column in self.columns:
            found += _of(column)
        if self.left_out:
            found.append(f"有的户成员多于表里的栏位，{self.left_out} 人没有列出，请加宽表格或另附一页。")
        return found


def _of(column: ColumnTally) -> list[str]:
    head = f"“{column.header}”：" if not column.sheet else f"{column.sheet}“{column.header}”："
    told = []
    if column.why:
        return [f"{head}{column.why}"]
    if column.masked:
        told.append(f"{head}{column.masked} 格按权限遮盖。需要完整的，请有权限的人写明理由后再填。")
    if column.unlisted:
        told.append(f"{head}{column.unlisted} 格的内容不在下拉选项里，没有填。")
    missing = column.empty - column.unlisted - column.absent
    if missing and column.filled + column.masked:
        told.append(f"{head}{missing} 格登记册里还没有。")
    elif missing:
        told.append(f"{head}登记册里都还没有。")
    return told

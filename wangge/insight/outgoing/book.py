"""The board as a workbook: a sheet a group, a line an area, three columns an indicator."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from wangge.lib.workbooks import write_book


def board_book(taker: str, title: str, boards: Sequence[Any], mark: str) -> bytes:
    """Everything of an area and a period.

    Args:
        taker: the account that takes it. boards: as ``board_of`` gives them. mark: as of when.
    """
    stream = io.BytesIO()
    with override("zh-hans"):  # a file is written in Chinese, whatever the language of the page
        sheets = [(str(board.group.name), _heads(board), list(_rows(board))) for board in boards]
        notes = [f"{column.name}：{column.meaning}" for board in boards for column in board.columns]
        write_book(stream, f"{title}　{taker} {mark} 导出 仅限工作使用", sheets, notes)
    return stream.getvalue()


def _heads(board: Any) -> list[str]:
    heads = [_("区域")]
    for column in board.columns:
        name = str(column.name)
        if column.total.is_number:
            heads.append(name)
        else:
            heads += [
                f"{name}分子",
                f"{name}分母",
                name + ("" if column.total.shape.value == "mean" else "%"),
            ]
    return heads


def _rows(board: Any) -> Iterable[list[object]]:
    yield [_("合计"), *_cells(column.total for column in board.columns)]
    for line in board.lines:
        yield [line.area.name, *_cells(line.figures)]


def _cells(figures: Iterable[Any]) -> Iterable[object]:
    for figure in figures:
        if not figure.is_number:
            yield _number(figure.part)
            yield _number(figure.whole)
        yield _told(figure)


def _told(figure: Any) -> object:
    if figure.value is None:
        return "—"
    if figure.is_number:
        return _number(figure.value)
    return float(str(figure).rstrip("%"))


def _number(value: Any) -> int | float:
    return int(value) if value.denominator == 1 else float(value)

"""Whole columns: bulk checks for what is already clean, one memoised scalar call for the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

import polars as pl

from . import vectors
from .dates import LATEST, clean_birth, clean_date
from .marks import clean_code, clean_integer, clean_sex, clean_yes_no
from .numbers import clean_id, clean_uscc
from .phones import clean_phone
from .results import Cell, Problem
from .text import clean_name, clean_text

Scalar = Callable[[Any], Cell]
LAST_DAY = LATEST - timedelta(days=1)
KINDS = (
    "text", "name", "id", "uscc", "date", "birth", "phone", "sex", "yes_no", "integer", "code",
)  # fmt: skip


class _Memo(dict[Any, Cell]):
    """Remembers the cell of each distinct value; a miss costs one scalar call."""

    def __init__(self, scalar: Scalar) -> None:
        super().__init__()
        self.scalar = scalar

    def __missing__(self, value: Any) -> Cell:
        cell = self[value] = self.scalar(value)
        return cell


def scalar_of(
    kind: str, *, demo: bool = False, today: date | None = None, codes: Mapping[str, str] | None = None
) -> Scalar:
    """The one-cell function behind a kind of ``KINDS``.

    Raises:
        ValueError: the kind does not exist, or kind "code" came without its list.
    """
    if kind == "code" and codes is None:
        raise ValueError("kind 'code' needs codes=code_list({...})")
    table: dict[str, Scalar] = {
        "text": clean_text,
        "name": clean_name,
        "id": partial(clean_id, demo=demo, today=today),
        "uscc": partial(clean_uscc, demo=demo),
        "date": clean_date,
        "birth": partial(clean_birth, today=today),
        "phone": partial(clean_phone, demo=demo),
        "sex": clean_sex,
        "yes_no": clean_yes_no,
        "integer": clean_integer,
        "code": partial(clean_code, codes=codes or {}),
    }
    if kind not in table:
        raise ValueError(f"unknown kind of cell: {kind}")
    return table[kind]


def clean_column(
    kind: str,
    values: Sequence[Any] | pl.Series,
    *,
    demo: bool = False,
    today: date | None = None,
    codes: Mapping[str, str] | None = None,
) -> tuple[list[Any], dict[int, Problem]]:
    """Clean a column of one kind.

    Args:
        kind: one of ``KINDS``.
        values: cells as the workbook reader gives them, or a polars Series.
        demo: accept demo numbers. today: the last day a birth may lie on.
        codes: for kind "code", from ``code_list``.

    Returns:
        The cleaned values (None where empty or refused) and the problems by row number.
        Costs 0.1–0.5 µs a row on clean data; each distinct odd value costs one scalar call.
    """
    today = today or date.today()
    column = values.to_list() if isinstance(values, pl.Series) else list(values)
    if kind in {"text", "phone"}:
        column = vectors.spelt(column)
    scalar = scalar_of(kind, demo=demo, today=today, codes=codes)
    if kind in {"date", "birth"}:
        usual = vectors.usual_dates(column, today if kind == "birth" else LAST_DAY)
        if usual is None:
            return _by_memo(scalar, column)
        return _mend(scalar, usual[0], usual[1], column)
    doubtful = _doubtful(kind, column, demo, today)
    if doubtful is None:
        return _by_memo(scalar, column)
    result = list(column)
    if kind == "id":
        doubtful = vectors.compacted_ids(column, doubtful, result, demo=demo, today=today)
    return _mend(scalar, result, doubtful, column)


def _doubtful(kind: str, column: list[Any], demo: bool, today: date) -> list[int] | None:
    """Rows the bulk check cannot vouch for; None when the kind has none, or it does not apply."""
    if kind == "id":
        return vectors.doubtful_ids(column, demo=demo, today=today)
    if kind == "phone":
        return vectors.doubtful_phones(column, demo=demo)
    if kind == "name":
        return vectors.doubtful_names(column)
    return vectors.doubtful_texts(column) if kind == "text" else None


def _key(value: Any) -> Any:
    """A memo key: True, 1 and 1.0 are equal to Python but not to a ledger."""
    return value if type(value) is str or value is None else (type(value), value)


def _cells(scalar: Scalar, values: list[Any]) -> Iterable[Cell]:
    if set(map(type, values)) <= {str, type(None)}:
        return map(_Memo(scalar).__getitem__, values)
    memo = _Memo(lambda key: scalar(key[1] if type(key) is tuple else key))
    return map(memo.__getitem__, map(_key, values))


def _by_memo(scalar: Scalar, column: list[Any]) -> tuple[list[Any], dict[int, Problem]]:
    cells = list(_cells(scalar, column))
    problems = {
        row: Problem(cell.error, cell.warning) for row, cell in enumerate(cells) if cell[1] or cell[2]
    }
    return [cell[0] for cell in cells], problems


def _mend(
    scalar: Scalar, result: list[Any], rows: list[int], raw: list[Any]
) -> tuple[list[Any], dict[int, Problem]]:
    """Put the scalar's answer for the raw cell into the left-over rows of the result."""
    problems: dict[int, Problem] = {}
    cells = _cells(scalar, [raw[row] for row in rows])
    for row, cell in zip(rows, cells, strict=True):
        result[row] = cell.value
        if cell.error or cell.warning:
            problems[row] = Problem(cell.error, cell.warning)
    return result, problems

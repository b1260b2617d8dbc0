"""Fast paths over a whole column: which values are already canonical, decided in bulk.

Each function returns the row numbers it could NOT vouch for; those go to the scalar function.
A fast path must never accept what the scalar would change, refuse or warn about.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl

from wangge.lib.identifiers.regions import PROVINCES, is_listed
from wangge.lib.identifiers.resident import EARLIEST_YEAR, FEMALE, MALE, compact

from .dates import EARLIEST
from .text import NOTHING, PLACEHOLDERS

WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], dtype=np.float32)
CHECK = np.frombuffer(b"10X98765432", dtype=np.uint8)
MONTH_LENGTH = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] + [0] * 87)
WRITTEN = r"^((?:1[89]|2[01])[0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?$"
DIVIDERS = np.frombuffer(b"-/.", dtype=np.uint8)
KNOWN_PREFIX = np.zeros(1000, dtype=bool)
for _province in PROVINCES:
    KNOWN_PREFIX[int(_province) * 10 : int(_province) * 10 + 10] = True
    KNOWN_PREFIX[900 + int(_province)] = True


def _matrix(values: list[Any], length: int) -> tuple[np.ndarray, np.ndarray, list[int]]:
    """The strings of exactly ``length`` as a byte matrix, their row numbers, and all other rows."""
    fits = [type(value) is str and len(value) == length for value in values]
    text = "".join([value for value, fit in zip(values, fits, strict=True) if fit])
    matrix = np.frombuffer(text.encode("latin-1", "replace"), dtype=np.uint8).reshape(-1, length)
    mask = np.fromiter(fits, dtype=bool, count=len(fits))
    others = [row for row in np.flatnonzero(~mask).tolist() if values[row] is not None]
    return matrix, np.flatnonzero(mask), others


def _date_ok(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> np.ndarray:
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    longest = MONTH_LENGTH[np.minimum(month, 99)] + (leap & (month == 2))
    return (day >= 1) & (day <= longest)


def _number(digits: np.ndarray, start: int, stop: int) -> np.ndarray:
    total = digits[:, start].astype(np.int32)
    for column in range(start + 1, stop):
        total = total * 10 + digits[:, column]
    return total


def spelt(values: list[Any]) -> list[Any]:
    """Whole numbers written out as text, as the scalar functions read them; all else as it is."""
    if float not in set(map(type, values)):
        return values
    rows = [row for row, v in enumerate(values) if type(v) is float and v.is_integer() and abs(v) < 1e15]
    numbers = pl.Series([values[row] for row in rows], dtype=pl.Float64).cast(pl.Int64)
    made = list(values)
    for row, text in zip(rows, numbers.cast(pl.String).to_list(), strict=True):
        made[row] = text
    return made


def doubtful_ids(values: list[Any], *, demo: bool, today: date) -> list[int]:
    """Rows that are not plainly a valid, listed, 18-digit resident number."""
    matrix, rows, others = _matrix(values, 18)
    if not len(matrix):
        return others
    digits = matrix - np.uint8(48)
    good = (digits[:, :17] <= 9).all(axis=1)
    sums = digits[:, :17].astype(np.float32) @ WEIGHTS  # below 2**24, exact in single precision
    good &= CHECK[sums.astype(np.int64) % 11] == matrix[:, 17]
    good &= ~(matrix[:, 15:] == 48).all(axis=1)
    year, month, day = _number(digits, 6, 10), _number(digits, 10, 12), _number(digits, 12, 14)
    good &= _date_ok(year, month, day) & (year >= EARLIEST_YEAR)
    good &= year * 10_000 + month * 100 + day <= int(f"{today:%Y%m%d}")
    region = _number(digits, 0, 6)
    good &= _known_regions(region, good, demo)
    return sorted(others + rows[~good].tolist())


def compacted_ids(
    values: list[Any], doubtful: list[int], result: list[Any], *, demo: bool, today: date
) -> list[int]:
    """Write into ``result`` those doubtful numbers that only spacing, width or case made so; returns the
    rows that stay doubtful."""
    changed = {row: compact(values[row]) for row in doubtful if type(values[row]) is str}
    rows = [row for row, number in changed.items() if len(number) == 18]
    numbers = [changed[row] for row in rows]
    wrong = set(doubtful_ids(numbers, demo=demo, today=today))
    for at, row in enumerate(rows):
        if at not in wrong:
            result[row] = numbers[at]
    mended = {row for at, row in enumerate(rows) if at not in wrong}
    return [row for row in doubtful if row not in mended]


def _known_regions(region: np.ndarray, good: np.ndarray, demo: bool) -> np.ndarray:
    """Which rows have a listed county code (or the demo's, in the demo)."""
    region = np.where(good, region, 0)
    known = np.zeros(1_000_000, dtype=bool)
    for code in np.flatnonzero(np.bincount(region, minlength=1_000_000)).tolist():
        known[code] = (
            demo if code >= 999_000 else bool(KNOWN_PREFIX[code // 1000]) and is_listed(f"{code:06d}")
        )
    return known[region]


def doubtful_phones(values: list[Any], *, demo: bool) -> list[int]:
    """Rows that are not plainly an eleven-digit mobile number."""
    matrix, rows, others = _matrix(values, 11)
    if not len(matrix):
        return others
    good = ((matrix - np.uint8(48)) <= 9).all(axis=1) & (matrix[:, 0] == 49)
    issued = matrix[:, 1] >= 51
    if demo:
        issued |= (matrix[:, 1] == 48) & (matrix[:, 2] == 48)
    return sorted(others + rows[~(good & issued)].tolist())


def _days(numbers: np.ndarray) -> np.ndarray:
    """date objects for an array of yyyymmdd numbers known to be real dates; each made once."""
    distinct, where = np.unique(numbers, return_inverse=True)
    made = np.empty(len(distinct), dtype=object)
    made[:] = [date(n // 10_000, n // 100 % 100, n % 100) for n in distinct.tolist()]
    return made[where]


def births_and_sexes(ids: list[str | None]) -> tuple[list[date | None], list[str]]:
    """Birth dates and sexes ("1"/"2") of canonical 18-digit resident numbers, None and "" elsewhere."""
    births = np.full(len(ids), None, dtype=object)
    sexes = np.full(len(ids), "", dtype=object)
    matrix, rows, _ = _matrix(ids, 18)
    if len(rows):
        digits = matrix - np.uint8(48)
        real = (digits[:, 6:17] <= 9).all(axis=1)
        year, month, day = _number(digits, 6, 10), _number(digits, 10, 12), _number(digits, 12, 14)
        real &= _date_ok(year, month, day) & (year >= EARLIEST_YEAR)
        births[rows[real]] = _days((year * 10_000 + month * 100 + day)[real])
        sexes[rows[real]] = np.where(digits[real, 16] % 2, MALE, FEMALE).astype(object)
    return births.tolist(), sexes.tolist()


def usual_dates(values: list[Any], latest: date) -> tuple[list[Any], list[int]] | None:
    """A column of yyyy-mm-dd (or with / or .), yyyymmdd, 2022/1/5, 2022年1月5日 or date cells, converted,
    and the rows left over; None when the column holds anything else than text or dates."""
    kinds = set(map(type, values)) - {type(None)}
    if not kinds or not kinds <= {str, date}:
        return None
    result = np.full(len(values), None, dtype=object)
    left = np.fromiter([value is not None for value in values], dtype=bool, count=len(values))
    if date in kinds:
        _take_dates(values, latest, result, left)
    for length, columns in ((10, [0, 1, 2, 3, 5, 6, 8, 9]), (8, list(range(8)))):
        matrix, rows, _ = _matrix(values, length)
        if len(rows):
            numbers, real = _real_days(matrix, columns, latest)
            result[rows[real]] = _days(numbers[real])
            left[rows[real]] = False
        if not left.any():
            break
    else:
        _take_written(values, latest, result, left)
    return result.tolist(), np.flatnonzero(left).tolist()


def _take_dates(values: list[Any], latest: date, result: np.ndarray, left: np.ndarray) -> None:
    """Cells that are dates already."""
    good = [row for row, day in enumerate(values) if type(day) is date and EARLIEST <= day <= latest]
    result[good] = [values[row] for row in good]
    left[good] = False


def _take_written(values: list[Any], latest: date, result: np.ndarray, left: np.ndarray) -> None:
    """2022/1/5, 2022年1月5日 and the like, among the rows that are left."""
    rows = np.array([row for row in np.flatnonzero(left).tolist() if type(values[row]) is str], dtype=int)
    texts = pl.Series([values[row] for row in rows.tolist()], dtype=pl.String)
    parts = texts.str.extract_groups(WRITTEN).struct.unnest().cast(pl.Int32)
    fits = parts.to_series(0).is_not_null().to_numpy()
    year, month, day = (parts.to_series(place).fill_null(0).to_numpy() for place in range(3))
    numbers = year * 10_000 + month * 100 + day
    real = fits & _date_ok(year, month, day) & (year >= EARLIEST_YEAR) & (numbers <= int(f"{latest:%Y%m%d}"))
    result[rows[real]] = _days(numbers[real])
    left[rows[real]] = False


def _real_days(matrix: np.ndarray, columns: list[int], latest: date) -> tuple[np.ndarray, np.ndarray]:
    """The yyyymmdd numbers in these byte columns, and which of them are real days in range."""
    digits = matrix[:, columns] - np.uint8(48)
    real = (digits <= 9).all(axis=1)
    if len(columns) < matrix.shape[1]:  # the two dividers are one and the same of - / .
        real &= np.isin(matrix[:, 4], DIVIDERS) & (matrix[:, 4] == matrix[:, 7])
    year, month, day = _number(digits, 0, 4), _number(digits, 4, 6), _number(digits, 6, 8)
    real &= _date_ok(year, month, day) & (year >= EARLIEST_YEAR)
    numbers = year * 10_000 + month * 100 + day
    return numbers, real & (numbers <= int(f"{latest:%Y%m%d}"))


def _unlike(values: list[Any], pattern: str, exclude: list[str]) -> list[int] | None:
    """Rows whose text does not match; None when the column is not purely text."""
    if not set(map(type, values)) <= {str, type(None)}:
        return None
    column = pl.Series(values, dtype=pl.String)
    bad = ~column.str.contains(pattern)
    if exclude:
        bad |= column.is_in(exclude)
    return bad.fill_null(False).arg_true().to_list()


def doubtful_names(values: list[Any]) -> list[int] | None:
    """Rows that are not plainly two to four Han characters."""
    return _unlike(values, r"^[\x{4e00}-\x{9fff}]{2,4}$", list(PLACEHOLDERS))


def doubtful_texts(values: list[Any]) -> list[int] | None:
    """Rows that hold anything a text clean could change: blanks, wide or invisible characters."""
    return _unlike(values, r"^[\x21-\x5e\x60-\x7e\x{4e00}-\x{9fff}，。；：！？、《》“”]+$", sorted(NOTHING))

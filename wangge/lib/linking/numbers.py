"""Identity numbers as linkage compares them: whole, damaged, rounded by a spreadsheet, or masked."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])  # GB 11643
CHECKS = np.frombuffer(b"10X98765432", np.uint8)
WHOLE, ROUNDED, MASKED = 0, 1, 2
FULL_WIDTH = {chr(sign + 0xFEE0): chr(sign) for sign in range(0x21, 0x7F)}


def id_tokens(numbers: pl.Series, seed: int) -> pl.DataFrame:
    """A row per number.

    Returns: ``id`` (canonical; old 15 digits made 18), ``id_ok`` (check digit and day of birth hold),
    ``id_part`` (0 whole, 1 rounded, 2 masked), ``id_mix`` (its digits in any order), ``id_told``,
    ``id_birth`` (yyyymmdd), ``id_sex`` (1, 2); as numbers ``id_key``, ``id_head`` (first 15),
    ``id_ends`` (first 6 and last 4), ``id_tail`` (last 12), ``id_start`` and ``id_stop`` (four signs of
    another kind of number).

    Source: GB 11643-1999 (spec 3.6); what Excel leaves of a number, spec 5.4.
    """
    text, old = _eighteen(_plain(numbers))
    long = text.str.contains(r"^[0-9]{17}[0-9X]$").fill_null(False)
    ok, birth, sex, mix = _told(text, long)
    rounded = long & text.str.ends_with("000").fill_null(False)  # one in eleven passes the check all the same
    masked = text.str.contains("*", literal=True).fill_null(False)
    frame = pl.DataFrame(
        {
            "id": text,
            "id_ok": ok & ~old & ~rounded,
            "id_told": ok,
            "id_birth": birth,
            "id_sex": sex,
            "id_mix": mix,
            "long": long | masked,
        }
    )
    return frame.with_columns(
        pl.when(rounded)
        .then(ROUNDED)
        .when(masked)
        .then(MASKED)
        .otherwise(WHOLE)
        .cast(pl.Int8)
        .alias("id_part"),
        _number(pl.col("id"), seed).alias("id_key"),
        _number(pl.when("long").then(pl.col("id").str.head(15)), seed).alias("id_head"),
        _number(pl.when("long").then(pl.col("id").str.head(6) + pl.col("id").str.tail(4)), seed).alias(
            "id_ends"
        ),
        _number(pl.when("long").then(pl.col("id").str.tail(12)), seed).alias("id_tail"),
        _number(pl.when(~pl.col("long")).then(pl.col("id").str.head(4)), seed).alias("id_start"),
        _number(pl.when(~pl.col("long")).then(pl.col("id").str.tail(4)), seed).alias("id_stop"),
    ).drop("long")


def _number(text: pl.Expr, seed: int) -> pl.Expr:
    return pl.when(text.is_not_null()).then(text.hash(seed).reinterpret(signed=True))


def _plain(numbers: pl.Series) -> pl.Series:
    usual = numbers.str.contains(r"^[0-9]{17}[0-9X]$").fill_null(True)
    if usual.all():
        return numbers
    odd = numbers.filter(~usual)
    odd = odd.str.replace_many(list(FULL_WIDTH), list(FULL_WIDTH.values())).str.to_uppercase()
    odd = odd.str.replace_all(r"[^0-9A-Z*+]", "").str.replace_all("[×✕✖Х]", "X")
    lost = odd.str.contains(r"^[0-9]E\+?[0-9]+$|^[0-9]+E\+[0-9]+$") | (odd.str.len_chars() < 5)
    odd = pl.select(pl.when(~lost).then(odd)).to_series()
    whole = numbers.to_frame("n").with_columns(pl.Series("usual", usual)).with_row_index("at")
    mended = pl.DataFrame({"at": whole.filter(~pl.col("usual"))["at"], "mended": odd})
    joined = whole.join(mended, on="at", how="left", maintain_order="left")
    return joined.select(pl.when("usual").then("n").otherwise("mended").alias("n"))["n"]


def _digits(text: pl.Series, width: int) -> np.ndarray:
    return np.frombuffer("".join(text.to_list()).encode("ascii"), np.uint8).reshape(-1, width)


def _eighteen(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Old numbers get their century and check digit (GB 11643-1999), and which those are: of fifteen digits
    nobody can tell whether one is wrong, so they never contradict another number."""
    old = text.str.contains(r"^[0-9]{15}$").fill_null(False)
    if not old.any():
        return text, old
    body = text.filter(old)
    body = body.str.head(6) + "19" + body.str.tail(9)
    signs = _digits(body, 17)
    check = CHECKS[(signs - 48).astype(np.int64) @ WEIGHTS % 11].tobytes().decode()
    full = pl.DataFrame({"at": old.arg_true(), "full": body + pl.Series(list(check), dtype=pl.String)})
    joined = (
        pl.DataFrame({"n": text}).with_row_index("at").join(full, on="at", how="left", maintain_order="left")
    )
    return joined.select(pl.coalesce("full", "n").alias("n"))["n"], old


def _told(text: pl.Series, long: pl.Series) -> tuple[pl.Series, ...]:
    """Whether each number holds, the birth and sex its digits tell (also of a damaged number, whose day
    exists; a sex only of one that holds), and which digits it has in whatever order."""
    rows = long.arg_true().to_numpy()
    ok, birth, sex = np.zeros(len(text), bool), np.zeros(len(text), np.int32), np.zeros(len(text), np.int8)
    mix = np.zeros(len(text), np.int32)
    if len(rows):
        signs = _digits(text.filter(long), 18)
        digits = (signs[:, :17] - 48).astype(np.int64)
        day = digits[:, 6:14] @ 10 ** np.arange(7, -1, -1)
        real = real_days(day)
        holds = real & (CHECKS[digits @ WEIGHTS % 11] == signs[:, 17])
        ok[rows], birth[rows], sex[rows] = (
            holds,
            np.where(real, day, 0),
            np.where(holds, 2 - digits[:, 16] % 2, 0),
        )
        mix[rows] = (digits * 1_000 + digits**2).sum(axis=1)
    short = text.str.contains(r"^[0-9]{5,14}$").fill_null(False)
    for row, number in zip(short.arg_true().to_list(), text.filter(short).to_list(), strict=True):
        mix[row] = sum(int(digit) * 1_000 + int(digit) ** 2 for digit in number)
    return pl.Series(ok), _known(birth), _known(sex), _known(mix)


def _known(values: np.ndarray) -> pl.Series:
    series = pl.Series(values)
    return pl.select(pl.when(series != 0).then(series)).to_series()


def real_days(day: np.ndarray) -> np.ndarray:
    """Which of these yyyymmdd exist between 1880 and today."""
    year, month, date_ = day // 10_000, day // 100 % 100, day % 100
    lengths = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    inside = (month >= 1) & (month <= 12)
    length = lengths[np.where(inside, month, 0)]
    leap = (month == 2) & (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    today = int(date.today().strftime("%Y%m%d"))
    return inside & (date_ >= 1) & (date_ <= length + leap) & (year >= 1880) & (day <= today)

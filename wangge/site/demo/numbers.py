"""Numbers that cannot belong to anybody: ids of region 999703, phones beginning 100, made-up codes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Text = NDArray[np.str_]
Ints = NDArray[np.int64]

ID_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])  # GB 11643
ID_CHECKS = np.array(list("10X98765432"))
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100
USCC_WEIGHTS = np.array([3**i % 31 for i in range(17)])
ORG_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])  # GB 11714
PHONE_STEP = 61_803_399  # coprime to 10**8: walks through all numbers without a repeat


def _digits(values: Ints, width: int) -> NDArray[np.int64]:
    return values[:, None] // 10 ** np.arange(width - 1, -1, -1) % 10


def _written(digits: NDArray[np.int64]) -> Text:
    """One string per row of single digits."""
    return np.ascontiguousarray((digits + ord("0")).astype("<u4")).view(f"<U{digits.shape[1]}").ravel()


def ranks_within(groups: Ints) -> Ints:
    """0, 1, 2… counting each value's own occurrences."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    lengths = np.diff(np.r_[starts, len(ordered)])
    ranks = np.empty(len(groups), np.int64)
    ranks[order] = np.arange(len(ordered)) - np.repeat(starts, lengths)
    return ranks


def make_ids(
    births: NDArray[np.datetime64], male: NDArray[np.bool_], region: str = "999703", first: int = 0
) -> Text:
    """Different 18-digit ids with correct check digits, agreeing with birth date and sex.

    Args:
        first: where counting begins on each day; ledgers start higher so as not to meet the register's.

    Raises:
        ValueError: more than 499 of one sex were born on one day.
    """
    days = births.astype("datetime64[D]")
    year = days.astype("datetime64[Y]").astype(np.int64) + 1970
    month = days.astype("datetime64[M]").astype(np.int64) % 12 + 1
    day = (days - days.astype("datetime64[M]")).astype(np.int64) + 1
    stamp = year * 10_000 + month * 100 + day
    rank = ranks_within(stamp * 2 + male) + first
    if len(rank) and rank.max() >= 499:
        raise ValueError("more than 499 people of one sex on one day of birth")
    serial = ((stamp * 7 + rank) % 499 + 1) * 2 - male.astype(np.int64)
    head = np.broadcast_to(np.array([int(c) for c in region]), (len(stamp), 6))
    digits = np.hstack([head, _digits(stamp, 8), _digits(serial, 3)])
    return np.strings.add(_written(digits), ID_CHECKS[digits @ ID_WEIGHTS % 11])


def make_phones(first: int, count: int) -> Text:
    """``count`` different numbers 100xxxxxxxx, the same ones for the same ``first``."""
    serial = (np.arange(first, first + count, dtype=np.int64) * PHONE_STEP + 20_260_703) % 10**8
    return np.strings.add("100", _written(_digits(serial, 8)))


def make_usccs(first: int, count: int, kind: str = "91", region: str = "999703") -> list[str]:
    """Unified social credit codes of an invented region with both check digits (GB 32100, GB 11714)."""
    body = _digits(np.arange(first, first + count, dtype=np.int64) % 10**8, 8)
    check = 11 - body @ ORG_WEIGHTS % 11
    org = np.where(check == 10, USCC_ALPHABET.index("X"), np.where(check == 11, 0, check))
    head = np.broadcast_to(np.array([int(c) for c in kind + region]), (count, 8))
    digits = np.hstack([head, body, org[:, None]])
    last = (31 - digits @ USCC_WEIGHTS % 31) % 31
    letters = np.array(list(USCC_ALPHABET))
    return ["".join(row) for row in letters[np.hstack([digits, last[:, None]])]]

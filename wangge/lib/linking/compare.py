"""A few pairs weighed and explained, in milliseconds: one declaration, the doubtful rows of an import.

The conditions are those of ``evidence``, so a pair weighs here what it weighs in a run over the district.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import local
from typing import Any

import polars as pl

from .evidence import Kind, Level, kinds, prior, spoken
from .tokens import Population, Rates, prepare

_held = local()


@dataclass(frozen=True)
class Finding:
    """What was found of one kind of evidence, and how many bits it weighs: for (+) or against (-)."""

    kind: str
    code: str
    weight: float


@dataclass(frozen=True)
class Weighed:
    """A pair of records (by row) with its findings, the heaviest first; weight includes the prior."""

    left: int
    right: int
    weight: float
    findings: tuple[Finding, ...]

    @property
    def probability(self) -> float:
        """How likely it is one person, 0 … 1."""
        return 1 / (1 + 2**-self.weight)

    @property
    def barred(self) -> bool:
        """Two valid numbers that differ: never one person (spec 5.5)."""
        return any(finding.code == "number_two" for finding in self.findings)


def weigh(tokens: pl.DataFrame, rates: Rates, pairs: Sequence[tuple[int, int]]) -> list[Weighed]:
    """Weigh pairs of rows of ``tokens``.

    Args:
        tokens, rates: from ``prepare``. pairs: rows.
    """
    if not pairs:
        return []
    asked = pl.DataFrame(pairs, schema={"l": pl.Int64, "r": pl.Int64}, orient="row")
    levels, bits = _levels(rates), math.log2(prior(rates) / (1 - prior(rates)))
    cursor = _connection()
    cursor.register("tokens_given", tokens.to_arrow())
    cursor.register("pairs_given", asked.to_arrow())
    rows = cursor.execute(_question(rates, tuple(tokens.columns))).fetchall()
    found = [_weighed(row[0], row[1], [levels[code] for code in row[2:] if code], bits) for row in rows]
    order = {pair: at for at, pair in enumerate(pairs)}
    return sorted(found, key=lambda each: order[each.left, each.right])


def match(
    one: Mapping[str, Any], others: Sequence[Mapping[str, Any]], population: Population
) -> list[Weighed]:
    """Weigh one record against a few; ``right`` is the place in ``others``, the likeliest first.

    Args:
        one, others: columns as in ``COLUMNS``, record_id left out. population: what is known of the register.
    """
    rows = [dict(row) for row in (one, *others)]
    tokens, rates = prepare(pl.DataFrame(rows, infer_schema_length=None), population=population)
    weighed = weigh(tokens, rates, [(0, at) for at in range(1, len(rows))])
    placed = (Weighed(0, each.right - 1, each.weight, each.findings) for each in weighed)
    return sorted(placed, key=lambda each: -each.weight)


def _weighed(left: int, right: int, found: Iterable[tuple[Kind, Level]], bits: float) -> Weighed:
    findings = sorted(
        (Finding(k.code, level.code, level.weight) for k, level in found), key=lambda f: -abs(f.weight)
    )
    return Weighed(left, right, bits + sum(f.weight for f in findings), tuple(findings))


def _levels(rates: Rates) -> dict[str, tuple[Kind, Level]]:
    return {level.code: (kind, level) for kind in kinds(rates) for level in kind.levels}


@lru_cache(maxsize=4)
def _question(rates: Rates, columns: tuple[str, ...]) -> str:
    cases = ", ".join(_case(kind) for kind in kinds(rates))
    left, right = (", ".join(f"{name} AS {name}_{side}" for name in columns) for side in "lr")
    return (
        f"SELECT l, r, {cases} FROM pairs_given"
        f" JOIN (SELECT {left} FROM tokens_given) ON unique_id_l = l"
        f" JOIN (SELECT {right} FROM tokens_given) ON unique_id_r = r"
    )


def _case(kind: Kind) -> str:
    when = " ".join(
        f"WHEN {spoken(level.when, 'duckdb')} THEN '{level.code}'" for level in kind.levels if level.when
    )
    rest = next(level.code for level in kind.levels if level.when is None)
    return f"CASE WHEN {kind.unknown} THEN NULL {when} ELSE '{rest}' END AS f_{kind.code}"


def _connection() -> Any:
    """One engine a thread; it holds nothing between two questions but the last one's rows."""
    if not hasattr(_held, "connection"):
        import duckdb

        _held.connection = duckdb.connect(":memory:")
        _held.connection.execute("SET threads = 1; SET temp_directory = ''")
    return _held.connection

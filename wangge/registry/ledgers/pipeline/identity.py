"""Which rows of one file speak of the same person (spec 5.5).

Same id number → same person. A row without one joins another row when name, birth and phone agree, or
name, birth and room, or name, phone and room; two different ids are never joined. Other likely pairs are
asked about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from wangge.lib.linking import LOWER, Weighed, name_keys, prepare, weigh
from wangge.registry.people.queries.likeness import population_of

CERTAIN = (
    ("name", "birth", "phone_index"),
    ("name", "birth", "door"),
    ("name", "phone_index", "door"),
    ("owner",),  # name and phone of who lets rooms: one landlord, many doors
)
AT_ONCE = 50_000


@dataclass(frozen=True)
class Ask:
    """Row ``row`` may be the person of row ``other`` of the same file."""

    row: int
    other: int
    score: float
    reasons: tuple[str, ...]


def find_leaders(frame: pl.DataFrame) -> pl.Series:
    """For every row the first row that speaks of the same person (itself if none); refused rows lead nobody.

    Args:
        frame: with "refused", "name", "id_index", "birth", "phone_index", "door" (None where unknown).
    """
    index = pl.int_range(pl.len(), dtype=pl.Int64)
    usable = ~pl.col("refused")
    owning = pl.col("owns").is_not_null() if "owns" in frame.columns else pl.col("aside")
    frame = frame.select(
        index.alias("row"),
        pl.when(usable).then(pl.col("id_index")).alias("id_index"),
        *[pl.when(usable).then(pl.col(c)).alias(c) for c in ("name", "birth", "phone_index", "door")],
        pl.when(owning & usable).then(pl.concat_str("name", "phone_index", separator="|")).alias("owner"),
    )
    frame = frame.with_columns(
        pl.when(pl.col("id_index").is_not_null()).then(pl.col("row").min().over("id_index")).alias("leader")
    )
    if frame["id_index"].null_count():
        for keys in CERTAIN:
            frame = _join_by(frame, keys)
    frame = frame.with_columns(pl.coalesce("leader", "row").alias("leader"))
    return frame.select(pl.col("row").min().over("leader")).to_series()


def _join_by(frame: pl.DataFrame, keys: tuple[str, ...]) -> pl.DataFrame:
    """Rows without a leader take the one of the group that agrees in ``keys``, if that group has at most
    one id number and one birth: grandfather and grandson share name, phone and flat."""
    known = pl.all_horizontal([pl.col(k).is_not_null() for k in keys])
    groups = (
        frame.filter(known)
        .group_by(keys)
        .agg(
            pl.col("id_index").drop_nulls().n_unique().alias("ids"),
            pl.col("leader").min().alias("led"),
            pl.col("row").min().alias("first"),
            pl.col(keys[0] if "birth" in keys else "birth").drop_nulls().n_unique().alias("births"),
            pl.len().alias("size"),
        )
        .filter((pl.col("size") > 1) & (pl.col("ids") <= 1) & (pl.col("births") <= 1))
        .with_columns(pl.coalesce("led", "first").alias("group_leader"))
        .select(*keys, "group_leader")
    )
    if groups.is_empty():
        return frame
    return (
        frame.join(groups, on=list(keys), how="left", maintain_order="left")
        .with_columns(
            pl.when(pl.col("id_index").is_null())
            .then(pl.coalesce("leader", "group_leader"))
            .otherwise(pl.col("leader"))
            .alias("leader")
        )
        .drop("group_leader")
    )


def find_asks(frame: pl.DataFrame, leaders: pl.Series) -> list[Ask]:
    """Leading rows without an id that may be another leading row of the file, weighed by the linkage's own
    matcher; at most one question a row, the likeliest."""
    index = pl.Series("row", range(frame.height), dtype=pl.Int64)
    people = frame.with_columns(index).filter((index == leaders) & ~frame["refused"])
    without = people.filter(pl.col("id_index").is_null())
    if without.is_empty():
        return []
    pairs = _pairs(without, people)
    asks: dict[int, Ask] = {}
    for row, other, weighed in _weighed(frame, pairs):
        if weighed.probability >= LOWER and (row not in asks or weighed.probability > asks[row].score):
            reasons = tuple(finding.code for finding in weighed.findings)
            asks[row] = Ask(row, other, weighed.probability, reasons)
    return list(asks.values())


def _pairs(without: pl.DataFrame, people: pl.DataFrame) -> list[tuple[int, int]]:
    """Rows that share the phone or the door and a name that is heard or looks alike."""
    found = [
        _keyed(without, share).join(
            _keyed(people.join(without.select(share).unique(), on=share, how="semi"), share),
            on=["key", share],
            suffix="_other",
        )
        for share in ("phone_index", "door")
    ]
    pairs = pl.concat([pair.select("row", "row_other", "id_index_other") for pair in found])
    other_first = (pl.col("row_other") < pl.col("row")) | pl.col("id_index_other").is_not_null()
    kept = pairs.filter((pl.col("row") != pl.col("row_other")) & other_first)
    return kept.select("row", "row_other").unique().sort("row", "row_other").rows()


def _keyed(rows: pl.DataFrame, share: str) -> pl.DataFrame:
    known = rows.filter(pl.col(share).is_not_null() & pl.col("name").is_not_null())
    keys = pl.Series("key", [list(name_keys(name)) for name in known["name"]], dtype=pl.List(pl.String))
    return known.select("row", share, "id_index").with_columns(keys).explode("key")


def _weighed(frame: pl.DataFrame, pairs: list[tuple[int, int]]) -> Iterator[tuple[int, int, Weighed]]:
    """Each pair with what it weighs, a batch of them at a time."""
    for start in range(0, len(pairs), AT_ONCE):
        some = pairs[start : start + AT_ONCE]
        rows = sorted({row for pair in some for row in pair})
        place = {row: at for at, row in enumerate(rows)}
        records = frame[rows].select(
            "name", _or_null(frame, "sex"), "birth", phone_key="phone_index", door_key="door"
        )
        population = population_of(set(records["name"].drop_nulls()))
        tokens, rates = prepare(records, population=population)
        weighed = weigh(tokens, rates, [(place[row], place[other]) for row, other in some])
        yield from ((row, other, each) for (row, other), each in zip(some, weighed, strict=True))


def _or_null(frame: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col(name) if name in frame.columns else pl.lit(None, dtype=pl.String).alias(name)

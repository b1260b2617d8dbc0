"""Which rows of one file speak of the same person (spec 5.5).

Same id number → same person. A row without one joins another row when name, birth and phone agree, or
name, birth and room, or name, phone and room; two different ids are never joined. Weaker pairs are asked.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

CERTAIN = (
    ("name", "birth", "phone_index"),
    ("name", "birth", "door"),
    ("name", "phone_index", "door"),
    ("owner",),  # name and phone of who lets rooms: one landlord, many doors
)
# (what agrees, score, evidence codes); asked about, never joined by the machine
UNCERTAIN = (
    (("name", "door", "relation"), 0.90, ("same_name", "same_room", "same_relation")),
    (("name", "door"), 0.85, ("same_name", "same_room")),
    (("name", "phone_index"), 0.85, ("same_name", "same_phone")),
)


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
    """Leading rows without an id that may be another leading row of the file; at most one question a row.
    A pair whose births both are known and differ is not asked about: grandfather and grandson."""
    index = pl.Series("row", range(frame.height), dtype=pl.Int64)
    people = frame.with_columns(index).filter((index == leaders) & ~frame["refused"])
    without = people.filter(pl.col("id_index").is_null())
    if without.is_empty():
        return []
    asks: dict[int, Ask] = {}
    for keys, score, reasons in UNCERTAIN:
        if not set(keys) <= set(people.columns):
            continue
        for row, other in _pairs(without, people, keys):
            asks.setdefault(row, Ask(row, other, score, reasons))
    return list(asks.values())


def _pairs(without: pl.DataFrame, people: pl.DataFrame, keys: tuple[str, ...]) -> list[tuple[int, int]]:
    columns = [*dict.fromkeys([*keys, "row", "birth", "id_index"])]
    known = pl.all_horizontal([pl.col(k).is_not_null() for k in keys])
    pairs = (
        without.filter(known)
        .select(columns)
        .join(people.filter(known).select(columns), on=list(keys), suffix="_other")
    )
    other_first = (pl.col("row_other") < pl.col("row")) | pl.col("id_index_other").is_not_null()
    births = (pl.col("birth") == pl.col("birth_other")).fill_null(True)
    pairs = pairs.filter((pl.col("row") != pl.col("row_other")) & other_first & births).sort(
        "row", "row_other"
    )
    return pairs.unique("row", keep="first", maintain_order=True).select("row", "row_other").rows()

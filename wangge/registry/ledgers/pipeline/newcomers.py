"""New people of whom one row of a ledger speaks, written column by column; all others go row by row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from wangge.lib.bulk import Same

from .offers import DERIVED, LIVING, File
from .places import Doors
from .register import further_facts
from .writing import Stamp, write_persons, write_tie_columns

# columns of a tie → facts of the row
SAID = {"relation": "relation", "way": "residence_way", "reason": "reason_come"}


def plain_rows(file: File, rows: Sequence[int], prefix: str) -> list[int]:
    """Those of these leading rows that alone speak of their person, at home inside the area, not as staff."""
    sheets, staff, doors, repeats = file.columns["sheet"], file.staff_sheets, file.doors, file.repeats
    return [
        row
        for row in rows
        if row not in repeats
        and sheets[row] not in staff
        and (door := doors[row]) is not None
        and door.community.startswith(prefix)
    ]


def write_newcomers(
    file: File, rows: Sequence[int], doors: Doors, prefix: str, stamp: Stamp
) -> Sequence[int]:
    """Insert the persons of these ``plain_rows`` with their homes; returns their keys. What a row says is
    what ``offers.ties_of`` and ``offers.offer_of`` take from it."""
    told = _told(file, rows)
    built = [bool(file.doors[row].building) for row in rows]  # type: ignore[union-attr]
    columns: dict[str, Any] = {fact: told[fact] for fact in file.facts if fact in file.columns}
    homeless = pl.Series(built, dtype=pl.Boolean)
    columns["employer"] = told["employer"]
    columns["residence"] = told.select(pl.when(~homeless).then("residence")).to_series()
    columns["facts"] = _json(
        pl.DataFrame({fact: columns.pop(fact) for fact in further_facts() if fact in columns})
    )
    ids = write_persons(columns, len(rows), stamp)
    _write_homes(
        file, rows, told.with_columns(pl.Series("person", ids, dtype=pl.Int64)), doors, prefix, stamp
    )
    return ids


def _told(file: File, rows: Sequence[int]) -> pl.DataFrame:
    """The facts of these rows; columns the file lacks are empty."""
    wanted = dict.fromkeys((*file.facts, *LIVING, *DERIVED))
    held = [fact for fact in wanted if fact in file.columns]
    told = file.frame.select(held)[list(rows)]
    return told.with_columns(pl.lit(None, dtype=pl.String).alias(fact) for fact in wanted if fact not in held)


def _json(facts: pl.DataFrame) -> pl.Series:
    """A JSON object a row of what is known of these facts."""
    escaped = [
        pl.lit(f'"{fact}": "')
        + pl.col(fact)
        .str.replace_all("\\", "\\\\", literal=True)
        .str.replace_all('"', '\\"', literal=True)
        .str.replace_all(r"[\x00-\x1f]", " ")
        + pl.lit('"')
        for fact in facts.columns
    ]
    inner = pl.concat_str(escaped, separator=", ", ignore_nulls=True)
    return facts.select(pl.lit("{") + inner + pl.lit("}")).to_series()


def _write_homes(
    file: File, rows: Sequence[int], told: pl.DataFrame, doors: Doors, prefix: str, stamp: Stamp
) -> None:
    """Where each person lives, or owns; and the household register, for those whose hukou is here."""
    keys = [file.columns["door"][row] for row in rows]
    rooms = [doors.rooms.get(key) if key else None for key in keys]
    homes = [
        doors.households.get((room, file.households[row])) if room else None
        for room, row in zip(rooms, rows, strict=True)
    ]
    areas = [
        doors.areas.get(door.key, door.community)
        for door in (file.doors[row] for row in rows)
        if door is not None
    ]
    since = pl.coalesce("residence_since", "arrive_date")
    backward = (since > pl.col("leave_date")).fill_null(False)
    ties = told.select(
        "person",
        pl.when(pl.col("owns").is_null()).then(pl.lit("lives")).otherwise(pl.lit("owns")).alias("kind"),
        pl.Series("area_code", areas, dtype=pl.String),
        pl.Series("room", rooms, dtype=pl.Int64),
        pl.Series("household", homes, dtype=pl.Int64),
        *[pl.col(fact).fill_null("").alias(column) for column, fact in SAID.items()],
        pl.when(backward).then(None).otherwise(since).alias("valid_from"),
        pl.col("leave_date").alias("valid_to"),
        "planned_until",
    )
    region = pl.col("hukou_region")
    here = (region == prefix[:6]) | (region.is_null() & (pl.col("person_kind") == "1"))
    registered = ties.filter(told.select(here.fill_null(False)).to_series()).select("person", "area_code")
    _write(ties, stamp)
    _write(registered.with_columns(pl.lit("hukou").alias("kind")), stamp)


def _write(ties: pl.DataFrame, stamp: Stamp) -> None:
    columns: dict[str, Any] = {fact: Same("", ties.height) for fact in (*SAID, "job")}
    write_tie_columns(columns | {name: ties[name] for name in ties.columns}, ties.height, stamp)

"""A whole file, cleaned, as one frame in memory: one line a ledger row, one column a fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from ..reading import Ledger, Sheet, open_ledger
from .clean import Cleaned, CleaningContext, clean_chunk
from .raw import Typist

CHUNK = 20_000


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell. ``refused`` tells whether the whole row was left out for it."""

    sheet: str
    row: int
    column: int | None  # 0-based column of the source sheet
    header: str
    code: str
    refused: bool


@dataclass
class Intake:
    """``frame`` has "sheet" (index into ``names``), "number" (source row), "refused" and one column a fact;
    text throughout, days as YYYY-MM-DD, None where a cell was empty or not taken."""

    names: list[str]
    frame: pl.DataFrame
    problems: list[Problem] = field(default_factory=list)

    def sheet_of(self, row: int) -> str:
        return self.names[self.frame["sheet"][row]]


def take_in(
    path: Path,
    file_name: str,
    mapping: Mapping[str, Mapping[str, str]],
    context: CleaningContext,
    constants: Mapping[str, Mapping[str, str]] | None = None,
    progress: Callable[[int], None] = lambda rows: None,
) -> Intake:
    """Read and clean every mapped sheet of a file.

    Args:
        mapping: {sheet name: {column index as text: fact code}}.
        constants: {sheet name: {fact: value}} for what a sheet says once, as the firm in its title.
        progress: called with the number of rows read so far.
    """
    ledger: Ledger = open_ledger(path, file_name)
    intake = Intake([], pl.DataFrame())
    frames: list[pl.DataFrame] = []
    for sheet in ledger.sheets:
        facts = {int(i): fact for i, fact in mapping.get(sheet.name, {}).items() if fact}
        if not facts:
            continue
        intake.names.append(sheet.name)
        typist = Typist()
        for chunk in sheet.chunks(CHUNK):
            columns = {fact: chunk.columns[i] for i, fact in facts.items()}
            for fact, value in (constants or {}).get(sheet.name, {}).items():
                columns.setdefault(fact, [value] * len(chunk))
            cleaned = clean_chunk(typist.readied(columns), context)
            frames.append(with_owners(_framed(cleaned, len(intake.names) - 1, chunk.row_numbers)))
            _note_problems(intake, sheet, facts, cleaned, chunk.row_numbers, chunk.parts)
            progress(sum(frame.height for frame in frames))
    if frames:
        intake.frame = pl.concat(frames, how="diagonal")
    return intake


def _framed(cleaned: Cleaned, sheet: int, numbers: list[int]) -> pl.DataFrame:
    base = pl.DataFrame(
        {
            "sheet": pl.Series([sheet] * len(numbers), dtype=pl.UInt8),
            "number": pl.Series(numbers, dtype=pl.UInt32),
            "refused": pl.Series(cleaned.refused, dtype=pl.Boolean),
        }
    )
    facts = [
        values.alias(fact) if isinstance(values, pl.Series) else pl.Series(fact, values, dtype=pl.String)
        for fact, values in cleaned.values.items()
    ]
    return base.with_columns(facts)


PLACE = ("community", "grid", "estate", "building", "unit", "floor", "room_no", "residence")


def with_owners(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows for the owners that a ledger of tenants names beside them ("aside": not rows of the ledger). An
    owner without an id number and a phone cannot be told from others of the name and is left out."""
    frame = frame.with_columns(pl.lit(False).alias("aside"))
    if "owner_name" not in frame.columns or "name" not in frame.columns or "owns" in frame.columns:
        return frame
    facts = {f"owner_{fact}": fact for fact in ("name", "id_no", "phone") if f"owner_{fact}" in frame.columns}
    told = pl.any_horizontal([pl.col(c).is_not_null() for c in facts if c != "owner_name"] or [pl.lit(False)])
    owners = frame.filter(told & pl.col("owner_name").is_not_null())
    if owners.is_empty():
        return frame
    kept = [column for column in PLACE if column in frame.columns]
    aside = owners.select(
        "sheet", "number", *[pl.col(old).alias(new) for old, new in facts.items()], *kept,
        pl.lit(False).alias("refused"), pl.lit(True).alias("aside"), pl.lit("1").alias("owns"),
    )  # fmt: skip
    return pl.concat([frame, _derived(aside)], how="diagonal")


def _derived(owners: pl.DataFrame) -> pl.DataFrame:
    """Birth and sex of owners from their id numbers."""
    if "id_no" not in owners.columns:
        return owners
    number = pl.when(pl.col("id_no").str.len_chars() == 18).then(pl.col("id_no"))
    parts = [number.str.slice(6, 4), number.str.slice(10, 2), number.str.slice(12, 2)]
    odd = number.str.slice(16, 1).cast(pl.Int8, strict=False) % 2 == 1
    sex = pl.when(odd).then(pl.lit("1")).when(number.is_not_null()).then(pl.lit("2"))
    return owners.with_columns(pl.concat_str(parts, separator="-").alias("birth"), sex.alias("sex"))


def _note_problems(
    intake: Intake,
    sheet: Sheet,
    facts: Mapping[int, str],
    cleaned: Cleaned,
    numbers: list[int],
    parts: list[int] | None,
) -> None:
    columns = {fact: i for i, fact in facts.items()}
    for index, fact, code in cleaned.problems:
        at = columns.get(fact)
        part = parts[index] if parts else None
        intake.problems.append(
            Problem(
                sheet=sheet.name,
                row=numbers[index],
                column=sheet.source_column(at, part) if at is not None else None,
                header=sheet.columns[at] if at is not None else "",
                code=code,
                refused=cleaned.refused[index],
            )
        )

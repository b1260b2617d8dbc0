"""A whole file, cleaned, as one frame in memory: one line a ledger row, one column a fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from ..reading import Ledger, Sheet, open_ledger
from .clean import Cleaned, CleaningContext, clean_chunk

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
    progress: Callable[[int], None] = lambda rows: None,
) -> Intake:
    """Read and clean every mapped sheet of a file.

    Args:
        mapping: {sheet name: {column index as text: fact code}}.
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
        for chunk in sheet.chunks(CHUNK):
            cleaned = clean_chunk({fact: chunk.columns[i] for i, fact in facts.items()}, context)
            frames.append(_framed(cleaned, len(intake.names) - 1, chunk.row_numbers))
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

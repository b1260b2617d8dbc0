"""A whole file, cleaned, as one frame in memory: one line a ledger row, one column a fact."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from ..reading import Chunk, Ledger, Sheet, open_ledger
from .clean import CleaningContext
from .cleaning import Done, Helper, Work, cleaned_works
from .doors import Door, DoorReader

CHUNK = 20_000
BESIDE = 3 * CHUNK  # rows from which a second process pays


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
    text throughout, days as YYYY-MM-DD, None where a cell was empty or not taken. ``doors`` is row by row."""

    names: list[str]
    frame: pl.DataFrame
    doors: list[Door | None] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def sheet_of(self, row: int) -> str:
        return self.names[self.frame["sheet"][row]]


def take_in(
    path: Path,
    file_name: str,
    mapping: Mapping[str, Mapping[str, str]],
    context: CleaningContext,
    reader: DoorReader,
    constants: Mapping[str, Mapping[str, str]] | None = None,
    pool: Helper = None,
    package: Mapping[str, Any] | None = None,
    progress: Callable[[int], None] = lambda rows: None,
) -> Intake:
    """Read and clean every mapped sheet of a file.

    Args:
        mapping: {sheet name: {column index as text: fact code}}.
        reader: reads the doors.
        pool: the process that cleans while this one reads, if any.
        package: how the workbook was found when it was taken in, see ``open_ledger``.
        constants: {sheet name: {fact: value}} for what a sheet says once, as the firm in its title.
        progress: called with the number of rows read so far.
    """
    ledger: Ledger = open_ledger(path, file_name, package=package)
    intake = Intake([], pl.DataFrame())
    frames: list[pl.DataFrame] = []
    chunks: deque[tuple[Sheet, dict[int, str], Chunk]] = deque()
    works = _works(ledger, mapping, constants or {}, context, intake.names, chunks)
    for done in cleaned_works(works, pool):
        sheet, facts, chunk = chunks.popleft()
        frames.append(done.frame)
        intake.doors += reader.read(done.frame)
        _note_problems(intake, sheet, facts, done, chunk.row_numbers, chunk.parts)
        progress(sum(frame.height for frame in frames))
    reader.parsed.clear()  # every row has its door now; the spellings are a fifth of the memory
    if frames:
        intake.frame = pl.concat(frames, how="diagonal")
    return intake


def _works(
    ledger: Ledger,
    mapping: Mapping[str, Mapping[str, str]],
    constants: Mapping[str, Mapping[str, str]],
    context: CleaningContext,
    names: list[str],
    chunks: deque[tuple[Sheet, dict[int, str], Chunk]],
) -> Iterator[Work]:
    """Every chunk of every mapped sheet; notes in ``names`` and ``chunks`` where it came from."""
    for sheet in ledger.sheets:
        facts = {int(i): fact for i, fact in mapping.get(sheet.name, {}).items() if fact}
        if not facts:
            continue
        names.append(sheet.name)
        for chunk in sheet.chunks(CHUNK):
            columns = {fact: chunk.columns[i] for i, fact in facts.items()}
            for fact, value in constants.get(sheet.name, {}).items():
                columns.setdefault(fact, [value] * len(chunk))
            chunks.append((sheet, facts, Chunk(chunk.row_numbers, [], chunk.parts)))
            yield Work(columns, len(names) - 1, chunk.row_numbers, context)


def _note_problems(
    intake: Intake,
    sheet: Sheet,
    facts: Mapping[int, str],
    cleaned: Done,
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

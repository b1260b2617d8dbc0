"""One chunk of raw cells → clean lines of the frame, here or in a process beside this one."""

from __future__ import annotations

import gc
import io
import os
import signal
from array import array
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import Any

import polars as pl

from wangge.lib.sealing import blind_many

from ..dictionary import Admitted, admitted, keeper
from .clean import Cleaned, CleaningContext, clean_chunk
from .packing import Packed, unpacked
from .raw import Typist

AHEAD = 3  # chunks read before the oldest must be clean


@dataclass(frozen=True)
class Work:
    """A chunk as read: raw columns by fact, the sheet's number and the rows' numbers in the source."""

    columns: Mapping[str, Sequence[Any]]
    sheet: int
    numbers: Sequence[int]
    context: CleaningContext

    def packed(self) -> Work:
        """The same for another process."""
        packed: dict[str, Any] = {fact: Packed.of(cells) for fact, cells in self.columns.items()}
        return replace(self, columns=packed, numbers=array("L", self.numbers))

    def unpacked(self) -> Work:
        """The same as it was."""
        return replace(self, columns={fact: unpacked(cells) for fact, cells in self.columns.items()},
                       numbers=list(self.numbers))  # fmt: skip


@dataclass(frozen=True)
class Done:
    """A chunk cleaned: its lines, what is wrong, which rows are refused, and what the next chunk of the
    sheet must know of this one."""

    frame: pl.DataFrame
    problems: list[tuple[int, str, str]]
    refused: list[bool]
    typist: Typist

    def __getstate__(self) -> dict[str, Any]:
        """The frame's memory as it lies travels five times faster than what polars makes of it by itself."""
        written = io.BytesIO()
        self.frame.write_ipc(written, compression="uncompressed")
        return self.__dict__ | {"frame": written.getvalue()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state | {"frame": pl.read_ipc(io.BytesIO(state["frame"]))})


def clean_work(work: Work, typist: Typist) -> Done:
    """Clean a chunk: cells, lines for landlords, blind indexes.

    Args:
        typist: who read the sheet up to here; reads on.
    """
    cleaned = clean_chunk(typist.readied(work.columns), work.context)
    frame = _with_indexes(with_owners(_framed(cleaned, work.sheet, work.numbers)))
    return Done(frame, cleaned.problems, cleaned.refused, typist)


_typists: dict[int, Typist] = {}


def _begin(held: Admitted) -> None:
    """Set the process beside up. Ctrl-C is the caller's to handle; the process ends with its import."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keeper.use(held)
    gc.disable()


def _clean_beside(work: Work) -> Done:
    return clean_work(work.unpacked(), _typists.setdefault(work.sheet, Typist()))


Helper = ProcessPoolExecutor | None


@contextmanager
def helper(wanted: bool) -> Iterator[Helper]:
    """Another process for ``cleaned_works``, starting while this one goes on; None where it is not wanted
    or there is no second processor for it. It ends by itself when the block is left."""
    if not wanted or (os.cpu_count() or 1) < 2:
        yield None
        return
    pool = ProcessPoolExecutor(1, get_context("spawn"), _begin, (admitted(),))
    try:
        pool.submit(os.getpid)
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def cleaned_works(works: Iterator[Work], pool: Helper = None) -> Iterator[Done]:
    """Clean chunks in order: the ``helper`` does, while this process reads on; without one, here."""
    typists: dict[int, Typist] = {}
    if pool is None:
        for work in works:
            yield clean_work(work, typists.setdefault(work.sheet, Typist()))
        return
    waiting: deque[tuple[Work, Future[Done]]] = deque()
    for work in works:
        packed = work.packed()
        waiting.append((packed, _handed(pool, packed)))
        if len(waiting) > AHEAD:
            yield _taken(waiting, typists)
    while waiting:
        yield _taken(waiting, typists)


def _handed(pool: ProcessPoolExecutor, work: Work) -> Future[Done]:
    try:
        return pool.submit(_clean_beside, work)
    except BrokenProcessPool as broken:
        lost: Future[Done] = Future()
        lost.set_exception(broken)
        return lost


def _taken(waiting: deque[tuple[Work, Future[Done]]], typists: dict[int, Typist]) -> Done:
    """The oldest chunk; cleaned here after all when the other process could not start or was killed."""
    work, future = waiting.popleft()
    try:
        done = future.result()
    except BrokenProcessPool:
        done = clean_work(work.unpacked(), typists.get(work.sheet, Typist()))
    typists[work.sheet] = done.typist
    return done


def _with_indexes(frame: pl.DataFrame) -> pl.DataFrame:
    """Blind indexes beside what must not be compared in clear."""

    def index(fact: str) -> pl.Series:
        values: Sequence[Any] = frame[fact].to_list() if fact in frame.columns else [None] * frame.height
        return pl.Series([x or None for x in blind_many(values)], dtype=pl.String)

    missing = [fact for fact in ("name", "birth") if fact not in frame.columns]
    return frame.with_columns(
        index("id_no").alias("id_index"),
        index("phone").alias("phone_index"),
        *[pl.lit(None, dtype=pl.String).alias(fact) for fact in missing],
    )


def _framed(cleaned: Cleaned, sheet: int, numbers: Sequence[int]) -> pl.DataFrame:
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
    if "owner_name" not in frame.columns or "name" not in frame.columns:
        return frame
    owning = "owns" in frame.columns  # some rows are of owners themselves
    others = frame.filter(pl.col("owns").is_null()) if owning else frame
    facts = {f"owner_{fact}": fact for fact in ("name", "id_no", "phone") if f"owner_{fact}" in frame.columns}
    told = pl.any_horizontal([pl.col(c).is_not_null() for c in facts if c != "owner_name"] or [pl.lit(False)])
    owners = others.filter(told & pl.col("owner_name").is_not_null())
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

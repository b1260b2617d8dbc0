"""Writing and finding many rows at once: COPY on PostgreSQL, one prepared statement on SQLite.

Columns come as ``{field name: values}``; all columns have the same length. Callers hold the
transaction. Defaults of the model are not applied: every column that may not be null is given.
"""

from __future__ import annotations

import io
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import repeat
from threading import Barrier
from typing import Any
from uuid import UUID

import polars as pl
from django.db import connection, connections, models, transaction

Write = Callable[[], None]
# numbers drawn one by one, told as a range unless somebody else drew in between
RESERVE = """
    SELECT min(n), max(n), CASE WHEN max(n) - min(n) + 1 <> count(n) THEN array_agg(n) END
    FROM (SELECT nextval(sequence) AS n
          FROM (SELECT pg_get_serial_sequence(%s, %s)::regclass AS sequence OFFSET 0) one,
               generate_series(1, %s)) drawn
"""


class Same(Sequence[Any]):
    """A column that holds one value in all of its ``rows``."""

    def __init__(self, value: Any, rows: int) -> None:
        self.value, self.rows = value, rows

    def __len__(self) -> int:
        return self.rows

    def __getitem__(self, row: Any) -> Any:
        return self.value if isinstance(row, int) else [self.value] * len(range(self.rows)[row])

    def __iter__(self) -> Iterator[Any]:
        return repeat(self.value, self.rows)


@dataclass
class Collected:
    """Writes of one transaction, see ``later``."""

    rows: list[Write] = field(default_factory=list)
    last: list[Write] = field(default_factory=list)
    alone: bool = False


_collected: ContextVar[Collected | None] = ContextVar("collected", default=None)


def _field_columns(model: type[models.Model], names: Iterable[str]) -> list[models.Field]:
    by_name = {f.name: f for f in model._meta.concrete_fields}
    by_name |= {f.attname: f for f in model._meta.concrete_fields}
    return [by_name[name] for name in names]


def _quoted(field: models.Field) -> str:
    """The field's column as SQL names it; concrete fields have one."""
    return connection.ops.quote_name(field.column or field.attname)


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """``count`` primary keys nobody else will use (in the running transaction on SQLite)."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(RESERVE, [table, model._meta.pk.column, count])
            first, last, scattered = cursor.fetchone()
            return scattered or list(range(first, last + 1)) if count else []
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        start = (row[0] if row else 0) + 1
        return list(range(start, start + count))


def write_rows(model: type[models.Model], columns: Mapping[str, Sequence[Any]]) -> int:
    """Insert rows given by column; returns how many. JSON columns take dicts/lists or JSON text,
    datetimes aware ones."""
    fields = _field_columns(model, columns)
    series = [_prepare(field, values) for field, values in zip(fields, columns.values(), strict=True)]
    if not series or not len(series[0]):
        return 0
    names = ", ".join(_quoted(f) for f in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    if connection.vendor == "postgresql":
        _copy(table, names, series)
    else:
        _insert(table, names, series)
    return len(series[0])


def _prepare(field: models.Field, values: Sequence[Any]) -> Sequence[Any]:
    if isinstance(values, Same):
        return Same(_prepare(field, [values.value])[0], len(values))
    if isinstance(values, pl.Series):
        return values  # text as the database takes it
    if isinstance(field, models.JSONField):
        return [v if isinstance(v, str) or v is None else json.dumps(v, ensure_ascii=False) for v in values]
    if isinstance(field, models.UUIDField):
        return [v.hex if isinstance(v, UUID) else v for v in values]
    if isinstance(field, models.DateTimeField):
        seen: dict[datetime | None, str | None] = {None: None}
        return [seen.get(v) or seen.setdefault(v, _utc(v)) if v is not None else None for v in values]
    return values


def _utc(moment: datetime) -> str:
    """As Django writes it: SQLite compares moments as texts, so that one has to have one spelling."""
    text = str(moment.astimezone(UTC).replace(tzinfo=None))
    return text + "+00" if connection.vendor == "postgresql" else text


def _copy(table: str, names: str, series: Sequence[Sequence[Any]]) -> None:
    frame = pl.DataFrame([_column(str(i), values) for i, values in enumerate(series)])
    buffer = io.BytesIO()
    frame.write_csv(buffer, include_header=False)
    statement = f"COPY {table} ({names}) FROM STDIN (FORMAT csv)"
    later(lambda: _send(statement, buffer))


def _column(name: str, values: Sequence[Any]) -> pl.Series:
    if isinstance(values, pl.Series):
        return values.alias(name)
    if isinstance(values, Same):
        return pl.repeat(values.value, len(values), eager=True).alias(name)
    return pl.Series(name, values, strict=False)


def _send(statement: str, buffer: io.BytesIO) -> None:
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(buffer.getbuffer())


def later(write: Write, *, alone: bool = False, last: bool = False) -> None:
    """Write now, or when the collected writes are run.

    Args:
        alone: it looks at rows that may still be under way, so what was collected before must stand first.
        last: it tells how far the writing is, so it is run when all that was collected before stands.
    """
    collected = _collected.get()
    if collected is None:
        write()
    else:
        collected.alone |= alone
        (collected.last if last else collected.rows).append(write)


@contextmanager
def collecting() -> Iterator[Collected]:
    """Rows written in this block are prepared and collected instead, to be run in order later."""
    collected = Collected()
    token = _collected.set(collected)
    try:
        yield collected
    finally:
        _collected.reset(token)


class Behind:
    """Runs collected writes on threads with database connections of their own, each one transaction, while
    the caller prepares the next. Transactions fill up side by side and are committed in the order they were
    handed over, none after one that failed; foreign keys are checked at the commit. What went wrong is
    raised by a later call.

    A commit does not wait for the disk, so a crash of the database server may lose the last ones, never one
    in the middle. All are durable as soon as the caller's next own commit is, which must come before it
    says that it is done.

    Args:
        width: how many transactions are written at a time; one more may wait.
    """

    def __init__(self, width: int = 2) -> None:
        self.width = width
        self.pool = ThreadPoolExecutor(max_workers=width)
        self.running: deque[Future[None]] = deque()
        self.newest: Future[None] | None = None

    def submit(self, writes: Collected) -> None:
        """Hand over one transaction."""
        while len(self.running) > self.width:
            self.running.popleft().result()
        self.newest = self.pool.submit(copy_context().run, _transact, writes, self.newest)
        self.running.append(self.newest)

    def settle(self) -> None:
        """Wait until what was handed over is committed."""
        while self.running:
            self.running.popleft().result()

    def close(self) -> None:
        """End the threads and their connections."""
        together = Barrier(self.width)
        for _thread in range(self.width):
            self.pool.submit(_leave, together)
        self.pool.shutdown()


def _leave(together: Barrier) -> None:
    """Every thread closes its own connection: none takes a second turn before all have had theirs."""
    connections.close_all()
    together.wait()


def _transact(writes: Collected, before: Future[None] | None) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO off")
        if writes.alone and before:
            before.result()
        for write in writes.rows:
            write()
        if before:
            before.result()  # raises what went wrong there, so that nothing of this stands either
        for write in writes.last:
            write()


def _insert(table: str, names: str, series: Sequence[Sequence[Any]]) -> None:
    marks = ", ".join(["%s"] * len(series))
    columns = [_plain(values) for values in series]
    statement, rows = f"INSERT INTO {table} ({names}) VALUES ({marks})", list(zip(*columns, strict=True))
    later(lambda: _execute_many(statement, rows))


def _execute_many(statement: str, rows: Sequence[tuple]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _plain(values: Sequence[Any]) -> Sequence[Any]:
    """SQLite takes text, numbers and None."""
    if isinstance(values, Same):
        values = [values.value] * len(values)
    if isinstance(values, pl.Series):
        values = (values.cast(pl.String) if values.dtype == pl.Date else values).to_list()
    probe = next((v for v in values if v is not None), None)
    if hasattr(probe, "isoformat"):
        return [v.isoformat() if v is not None else None for v in values]
    return values


def find_rows(
    model: type[models.Model],
    column: str,
    values: Sequence[str | int],
    fields: Sequence[str],
    where: str = "TRUE",
) -> list[tuple]:
    """Rows whose ``column`` is one of ``values``, however many there are, as tuples of ``fields``
    (text as the database holds it). ``where`` is a fixed SQL condition of ours, never input."""
    wanted = list(values)
    if not wanted:
        return []
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), _quoted(_field_columns(model, [column])[0])
    names = ", ".join(_quoted(f) for f in _field_columns(model, fields))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT {names} FROM {table} WHERE {key} = ANY(%s) AND {where}", [wanted])
        else:
            cursor.execute(
                f"SELECT {names} FROM {table} WHERE {key} IN (SELECT value FROM json_each(%s)) AND {where}",
                [json.dumps(wanted)],
            )
        return cursor.fetchall()


def update_rows(model: type[models.Model], key: str, columns: Mapping[str, Sequence[Any]]) -> int:
    """Set the other columns of the rows whose ``key`` is given; returns how many were asked for."""
    fields = _field_columns(model, columns)
    names = list(columns)
    series = [_prepare(f, v) for f, v in zip(fields, columns.values(), strict=True)]
    rows = list(zip(*[_plain(values) for values in series], strict=True))
    if not rows:
        return 0
    at = names.index(key)
    sets = ", ".join(f"{_quoted(f)} = %s" for i, f in enumerate(fields) if i != at)
    table, column = (
        connection.ops.quote_name(model._meta.db_table),
        _quoted(fields[at]),
    )
    statement = f"UPDATE {table} SET {sets} WHERE {column} = %s"
    changed = [(*row[:at], *row[at + 1 :], row[at]) for row in rows]
    later(lambda: _execute_many(statement, changed), alone=True)
    return len(rows)

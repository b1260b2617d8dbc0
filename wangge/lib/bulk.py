"""Writing and finding many rows at once: COPY on PostgreSQL, one prepared statement on SQLite.

Columns come as ``{field name: values}``; all columns have the same length. Callers hold the
transaction. Defaults of the model are not applied: every column that may not be null is given.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from datetime import UTC, datetime
from typing import Any

import polars as pl
from django.db import connection, connections, models, transaction

Write = Callable[[], None]
_collected: ContextVar[list[Write] | None] = ContextVar("collected", default=None)


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
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [table, model._meta.pk.column, count],
            )
            return [row[0] for row in cursor.fetchall()]
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
    if isinstance(field, models.JSONField):
        return [v if isinstance(v, str) or v is None else json.dumps(v, ensure_ascii=False) for v in values]
    if isinstance(field, models.DateTimeField):
        seen: dict[datetime | None, str | None] = {None: None}
        return [seen.get(v) or seen.setdefault(v, _utc(v)) if v is not None else None for v in values]
    return values


def _utc(moment: datetime) -> str:
    text = moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return text + "+00" if connection.vendor == "postgresql" else text


def _copy(table: str, names: str, series: Sequence[Sequence[Any]]) -> None:
    frame = pl.DataFrame([pl.Series(str(i), values, strict=False) for i, values in enumerate(series)])
    buffer = io.BytesIO()
    frame.write_csv(buffer, include_header=False)
    statement = f"COPY {table} ({names}) FROM STDIN (FORMAT csv)"
    later(lambda: _send(statement, buffer))


def _send(statement: str, buffer: io.BytesIO) -> None:
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(buffer.getbuffer())


def later(write: Write) -> None:
    """Write now, or when the collected writes are run."""
    collected = _collected.get()
    if collected is None:
        write()
    else:
        collected.append(write)


@contextmanager
def collecting() -> Iterator[list[Write]]:
    """Rows written in this block are prepared and collected instead, to be run in order later."""
    collected: list[Write] = []
    token = _collected.set(collected)
    try:
        yield collected
    finally:
        _collected.reset(token)


class Behind:
    """Runs collected writes on a thread with a database connection of its own, one transaction a time,
    while the caller prepares the next. At most one waits: what was submitted before is awaited, and what
    went wrong with it is raised, by the next call."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(max_workers=1)
        self.running: Future[None] | None = None

    def submit(self, writes: Sequence[Write]) -> None:
        """Hand over one transaction."""
        self.settle()
        self.running = self.pool.submit(copy_context().run, _transact, writes)

    def settle(self) -> None:
        """Wait until what was handed over is committed."""
        running, self.running = self.running, None
        if running is not None:
            running.result()

    def close(self) -> None:
        """End the thread and its connection."""
        self.pool.submit(connections.close_all)
        self.pool.shutdown()


def _transact(writes: Sequence[Write]) -> None:
    with transaction.atomic():
        for write in writes:
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
    later(lambda: _execute_many(statement, changed))
    return len(rows)

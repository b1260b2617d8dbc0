"""PostgreSQL: everything declarations write, and everything they ask first, in one round trip.

The statement is a transaction of its own: rows, trail lines and owed reactions stand or fall together. The
first row of a report decides (``ON CONFLICT``): who comes second with the same report writes nothing at all.
Rows travel as JSON, so one statement serves any number of them, and the server prepares it once.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import connection
from django.utils import timezone

from wangge.foundation.journal.models import Delivery, Entry

from ..models import Declaration, ReportCode
from ..queries.codes import Known
from .submit_rows import Row, columns

_SQL = """
WITH given AS (
  SELECT * FROM json_populate_recordset(NULL::{rows}, %s::json)
), lines AS (
  SELECT * FROM json_to_recordset(%s::json) AS l(receipt varchar, round int, at timestamptz, kind varchar,
    actor varchar, area_code varchar, subject_type varchar, subject_id varchar, changes jsonb,
    reason varchar, data jsonb, digest varchar, reactions varchar[])
), first AS (
  INSERT INTO {rows} ({columns}) SELECT {given} FROM given JOIN lines USING (receipt)
  WHERE line = 0 AND (code_id IS NULL OR EXISTS (
    SELECT FROM {codes} c WHERE c.id = code_id AND c.round = lines.round AND c.area_code = given.area_code
    AND revoked_at IS NULL AND valid_from <= %s AND (valid_to IS NULL OR valid_to >= %s)))
  ON CONFLICT (report, line) DO NOTHING RETURNING receipt
), others AS (
  INSERT INTO {rows} ({columns}) SELECT {given} FROM given JOIN first USING (receipt) WHERE line > 0
), trail AS (
  INSERT INTO {trail} (at, kind, actor, area_code, subject_type, subject_id, changes, reason, data, digest)
  SELECT at, kind, actor, area_code, subject_type, subject_id, changes, reason, data, digest
  FROM lines JOIN first USING (receipt) RETURNING id, subject_id
), owed AS (
  INSERT INTO {deliveries} (entry_id, reaction, state, attempts, due_at, lease, error)
  SELECT trail.id, reaction, 'waiting', 0, now(), '', ''
  FROM trail JOIN lines USING (subject_id), unnest(reactions) AS reaction
)
SELECT receipt FROM first
"""
_TRAIL = (
    "at", "kind", "actor", "area_code", "subject_type", "subject_id", "changes", "reason", "data", "digest",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Item:
    """One report to write: its rows, the code it came by, its trail line and the reactions to that."""

    rows: tuple[Row, ...]
    code: Known | None
    entry: Entry
    reactions: list[str]

    @property
    def receipt(self) -> str:
        return str(self.rows[0]["receipt"])


def execute(items: Sequence[Item]) -> set[str]:
    """Write reports; returns the receipts of those that were written. The others were there already, or
    their code is not what it was."""
    ordered = sorted(
        items, key=lambda item: item.rows[0]["report"]
    )  # who waits for whom never goes in circles
    today = timezone.localdate()
    given = _json([row for item in ordered for row in item.rows])
    parameters = [given, _json([_line(item) for item in ordered]), today, today]
    return {receipt for (receipt,) in _ask(_statement(), parameters)}


def _ask(sql: str, parameters: list[Any]) -> list[tuple]:
    """By a cursor that binds on the server, so that the statement is planned once per connection."""
    connection.ensure_connection()
    raw = connection.connection
    prepared = settings.DECLARE_PREPARED
    if prepared and raw.prepare_threshold is None:
        raw.prepare_threshold = 5  # Django's own cursors bind on the client and never prepare
    with connection.wrap_database_errors, psycopg.Cursor(raw) as cursor:
        return cursor.execute(sql, parameters, prepare=prepared).fetchall()


@lru_cache(maxsize=1)
def _statement() -> str:
    quote = connection.ops.quote_name
    return _SQL.format(
        rows=quote(Declaration._meta.db_table),
        columns=", ".join(columns()),
        given=", ".join(f"given.{name}" for name in columns()),
        codes=quote(ReportCode._meta.db_table),
        trail=quote(Entry._meta.db_table),
        deliveries=quote(Delivery._meta.db_table),
    )


def _line(item: Item) -> Row:
    written = {name: getattr(item.entry, name) for name in _TRAIL}
    turn = item.code.round if item.code else None
    return written | {"receipt": item.receipt, "round": turn, "reactions": item.reactions}


def _json(rows: list[Row]) -> str:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(type(value).__qualname__)

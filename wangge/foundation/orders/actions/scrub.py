"""What deleted rows leave in the database's storage goes as well.

SQLite: touched full-text indexes are merged, the file is rewritten (VACUUM) and the log beside it emptied.
PostgreSQL: the touched tables are rewritten with their indexes and out-of-line parts (VACUUM FULL), and the
planner's statistics, which quote frequent values, are made anew. Out of reach from here: the write-ahead log
and its archive, lagging replicas, backups, snapshots of the disk. The certificate says so.
"""

from __future__ import annotations

import time
from collections.abc import Iterable

from django.db import DatabaseError, OperationalError, connection

from ..models import Closing
from .erase import overwrite_freed_bytes

PATIENCE = 60  # seconds
# Whoever looks at this database with an older view, and, since our own view begins with the oldest
# transaction of the whole server, every transaction that began before ours, also in other databases.
OLDER = (
    "SELECT pg_snapshot_xmin(pg_current_snapshot()) <= %(now)s::xid8 OR EXISTS ("
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
    "AND age(backend_xmin) >= age(%(now)s::xid8::xid))"
)


class Busy(Exception):
    """Another process holds the database; try again."""


def scrub(closing: Closing) -> None:
    """Rewrite the storage of the touched tables. Raises Busy."""
    closing.limits = sorted(set(closing.limits) | set(rewrite(closing.touched)))
    closing.save(update_fields=["limits"])


def rewrite(tables: Iterable[str]) -> list[str]:
    """Rewrite; returns codes of what could not be done."""
    return _sqlite(tables) if connection.vendor == "sqlite" else _postgres(tables)


def _sqlite(tables: Iterable[str]) -> list[str]:
    overwrite_freed_bytes()
    try:
        _merge_indexes(set(tables))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            held, *_rest = cursor.fetchone()
    except OperationalError as error:
        raise Busy from error
    if held:  # a reader still needs the log
        raise Busy
    return []


def _merge_indexes(tables: set[str]) -> None:
    """A full-text index keeps the words of deleted rows until its parts are merged."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'")
        for (name,) in cursor.fetchall():
            if name in tables:
                quoted = connection.ops.quote_name(name)
                cursor.execute(f"INSERT INTO {quoted}({quoted}) VALUES ('optimize')")


def _postgres(tables: Iterable[str]) -> list[str]:
    _wait_for_old_readers()
    limits = []
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for table in sorted(set(tables) & there):
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"VACUUM (FULL, ANALYZE) {quoted}")
            limits += _forget_statistics(quoted)
    limits += _try("VACUUM (FULL) pg_catalog.pg_statistic", "statistics_kept")
    limits += _try("CHECKPOINT", "no_checkpoint")
    return [*limits, "wal"]


def _wait_for_old_readers() -> None:
    """Rows that an older transaction may still see are copied into the rewritten table: wait until there is
    none. Raises Busy after a minute."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text")
        now = cursor.fetchone()[0]
        for _second in range(PATIENCE):
            cursor.execute(OLDER, {"now": now})
            if not cursor.fetchone()[0]:
                return
            time.sleep(1)
    raise Busy


def _forget_statistics(quoted: str) -> list[str]:
    """ANALYZE of an empty table leaves what it knew of the erased rows."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT NOT EXISTS (SELECT 1 FROM {quoted})")
        empty = cursor.fetchone()[0]
    statement = f"DELETE FROM pg_catalog.pg_statistic WHERE starelid = '{quoted}'::regclass"
    return _try(statement, "statistics_kept") if empty else []


def _try(statement: str, otherwise: str) -> list[str]:
    """Run what only an owner or superuser may; the certificate names what was not done."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        return [otherwise]
    return []

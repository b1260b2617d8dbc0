"""The bytes of the database's own storage: deleted rows, free pages, indexes, the log beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import DatabaseError, connection, transaction

from .needles import Needles
from .search import Report

STORAGE = "（存储）"  # ends the name of a place that is no cell and no file
PIECE = 8 * 1024 * 1024
Reader = Callable[[int, int], bytes]  # offset, length


def search_storage(needles: Needles, report: Report) -> None:
    """Look through the storage; what cannot be read is said in ``limits``."""
    if connection.vendor == "sqlite":
        for path in sqlite_files():
            report.note(f"{path.name}{STORAGE}", _count_file(needles, report, path))
    elif not _may_read():
        report.limits.add("storage_unreadable")
    else:
        _flush(report)
        for relation, at, size in _relations():
            report.note(f"{relation}{STORAGE}", _count(needles, report, _reading(at), size))


def sqlite_files() -> list[Path]:
    """The database file and the log beside it; none for a database in memory."""
    name = str(connection.settings_dict["NAME"])
    base = Path(name)
    beside = [base, base.with_name(base.name + "-wal"), base.with_name(base.name + "-journal")]
    return [] if "memory" in name else [path for path in beside if path.is_file()]


def _count_file(needles: Needles, report: Report, path: Path) -> int:
    with path.open("rb") as held:

        def read(offset: int, length: int) -> bytes:
            held.seek(offset)
            return held.read(length)

        return _count(needles, report, read, path.stat().st_size)


def _count(needles: Needles, report: Report, read: Reader, size: int) -> int:
    """In pieces that overlap by the longest value; what stands in an overlap may be counted twice."""
    report.looked["storage_bytes"] += size
    step = PIECE - needles.longest
    return sum(needles.count(read(at, PIECE)) for at in range(0, max(size, 1), step))


def _may_read() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR pg_has_role(current_user, 'pg_read_server_files', 'member') "
            "FROM pg_roles WHERE rolname = current_user"
        )
        return bool(cursor.fetchone()[0])


def _flush(report: Report) -> None:
    """The files lag behind the memory of the server until a checkpoint."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")
    except DatabaseError:
        report.limits.add("no_checkpoint")


def _relations() -> Iterator[tuple[str, str, int]]:
    """Tables, their out-of-line parts, indexes and the planner's statistics: name, path, bytes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.oid::regclass::text, pg_relation_filepath(c.oid), pg_relation_size(c.oid) "
            "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE c.relkind IN ('r', 't', 'i', 'm') AND pg_relation_filepath(c.oid) IS NOT NULL "
            "AND (n.nspname NOT IN ('pg_catalog', 'information_schema') "
            "     OR c.oid IN ('pg_statistic'::regclass)) "
            "AND pg_relation_size(c.oid) > 0 ORDER BY 1"
        )
        yield from cursor.fetchall()


def _reading(path: str) -> Reader:
    segment = 1024**3  # PostgreSQL cuts relations into files of 1 GB

    def read(offset: int, length: int) -> bytes:
        part, at = divmod(offset, segment)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_read_binary_file(%s, %s, %s, true)",
                [f"{path}.{part}" if part else path, at, min(length, segment - at)],
            )
            found = cursor.fetchone()[0]
        return bytes(found) if found is not None else b""

    return read

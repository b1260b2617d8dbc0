"""Every cell of every table, and what the house key opens of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.db import connection

from wangge.lib.sealing import SealingError, unseal, unseal_many

from .needles import Needles
from .search import Report

AT_ONCE = 2_000
SEALED = re.compile(r"v\d{1,6}\.[as]\.[A-Za-z0-9_-]{38,}")
BETWEEN = b"\x00\x1f\x00"  # keeps two cells from making a value together
NUMBERS = {"integer", "bigint", "smallint", "boolean", "double precision"}


def search_cells(needles: Needles, report: Report) -> None:
    """Look through all tables of the database, those of other programs included."""
    for table, columns in _tables():
        report.looked["tables"] += 1
        report.looked["columns"] += len(columns)
        for rows in _rows(table, columns):
            for place, column in enumerate(columns):
                _search(needles, report, f"{table}.{column}", [row[place] for row in rows])


def _search(needles: Needles, report: Report, where: str, cells: list[Any]) -> None:
    held = [cell for cell in cells if cell not in (None, "", b"")]
    report.looked["cells"] += len(held)
    report.note(where, needles.count(BETWEEN.join(map(_bytes, held))))
    sealed = [cell for cell in held if isinstance(cell, str) and SEALED.fullmatch(cell)]
    if sealed:
        opened = _opened(sealed, where.rpartition(".")[2])
        report.looked["sealed_opened"] += len(opened)
        report.looked["sealed_unopened"] += len(sealed) - len(opened)
        report.note(f"{where}（解密后）", needles.count(BETWEEN.join(text.encode() for text in opened)))


def _opened(sealed: list[str], column: str) -> list[str]:
    """What the house key opens; a value sealed for another purpose (or with an order's key) stays shut."""
    for purpose in ("", column, column.removesuffix("_sealed")):
        try:
            return unseal_many(sealed, purpose)
        except SealingError:
            continue
    return [text for text in (_one(cell) for cell in sealed) if text]


def _one(cell: str) -> str:
    try:
        return unseal(cell)
    except SealingError:
        return ""


def _bytes(cell: Any) -> bytes:
    if isinstance(cell, str):
        return cell.encode("utf-8", "surrogatepass")
    if isinstance(cell, (bytes, bytearray, memoryview)):
        return bytes(cell)
    return str(cell).encode()


def _tables() -> list[tuple[str, list[str]]]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
            names = sorted(name for (name,) in cursor.fetchall())
            found = []
            for name in names:
                cursor.execute(f"SELECT name FROM pragma_table_info({_text(name)})")
                found.append((name, [column for (column,) in cursor.fetchall()]))
            return found
        cursor.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns "
            "WHERE table_schema = ANY(current_schemas(false)) ORDER BY table_name, ordinal_position"
        )
        rows = [row for row in cursor.fetchall() if row[2] not in NUMBERS]
    return [(name, [c for n, c, _kind in rows if n == name]) for name in sorted({row[0] for row in rows})]


def _rows(table: str, columns: list[str]) -> Iterator[list[tuple]]:
    """All rows in pieces. PostgreSQL says as text whatever is not bytes, as it would be stored in a dump."""
    quoted = [connection.ops.quote_name(column) for column in columns]
    if connection.vendor == "postgresql":
        kinds = _bytea(table)
        quoted = [
            cell if name in kinds else f"{cell}::text" for cell, name in zip(quoted, columns, strict=True)
        ]
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(quoted)} FROM {connection.ops.quote_name(table)}")
        while rows := cursor.fetchmany(AT_ONCE):
            yield rows


def _bytea(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_name = %s AND data_type = 'bytea'",
            [table],
        )
        return {name for (name,) in cursor.fetchall()}


def _text(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"

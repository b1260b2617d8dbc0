"""Child process: one import, measured (``python -m bench.importing WAY FILE AREA``); prints one JSON object.

WAY is ours, floor, default or use_bulk. Seconds are wall time from opening the file to the last commit;
loading Python and Django is not counted, for anybody. Processor seconds and memory are those of the
process and all that it starts.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

from bench.memory import watched

CELLS = [f"c{number}" for number in range(15)]


def ours(path: Path, area: str) -> Callable[[], dict[str, Any]]:
    """The product's own door: kept sealed, understood, cleaned, matched, sealed, written, in the trail."""
    from wangge.foundation.journal.models import Entry
    from wangge.lib.scoping import EVERYWHERE, within
    from wangge.registry.ledgers import actions
    from wangge.registry.ledgers.enums import BatchState
    from wangge.registry.ledgers.models import Row
    from wangge.registry.people.models import Person

    def work() -> dict[str, Any]:
        begun = time.perf_counter()
        with within(EVERYWHERE):
            with path.open("rb") as content:
                batch = actions.receive_file(actor="cli", area_code=area, name=path.name, content=content)
            received = time.perf_counter() - begun
            if batch.state == BatchState.ASKING:
                batch.state = BatchState.RECEIVED
            actions.commit_batch(actor="cli", batch=batch)
        return {"received": received, "batch": batch}

    def check(made: dict[str, Any]) -> dict[str, Any]:
        batch = made.pop("batch")
        with within(EVERYWHERE):
            people, rows = Person.objects.count(), Row.objects.count()
            trail = Entry.objects.filter(kind__startswith="ledger.").count()
        if batch.state != BatchState.DONE or sum(batch.counts.values()) != rows or not trail:
            raise AssertionError(f"the import is not whole: {batch.state} {batch.counts} {rows}")
        return {**made, "rows": rows, "people": people, "counts": batch.counts}

    return measured(work, check)


def peer(path: Path, form: str) -> Callable[[], dict[str, Any]]:
    """django-import-export; the title above the header is skipped for it."""
    import tablib
    from django.db import connection

    from .peer.models import Resident
    from .peer.resources import FORMS

    with connection.schema_editor() as editor:
        editor.create_model(Resident)

    def work() -> dict[str, Any]:
        with path.open("rb") as content:
            data = tablib.Dataset().load(content, format="xlsx", skip_lines=1)
        result = FORMS[form]().import_data(data, dry_run=False, raise_errors=True)
        return {"rows": result.total_rows, "counts": dict(result.totals)}

    def check(made: dict[str, Any]) -> dict[str, Any]:
        held = Resident.objects.count()
        if not 0.9 * made["rows"] < held <= made["rows"]:
            raise AssertionError(f"the peer wrote {held} of {made['rows']} rows")
        return {**made, "people": held}

    return measured(work, check)


def floor(path: Path) -> Callable[[], dict[str, Any]]:
    """The least there is to do: read the cells, write them as text in one go."""
    from django.db import connection

    connection.ensure_connection()
    columns = ", ".join(f"{name} text" for name in CELLS)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bench_floor ({columns})")
    write = copy_cells if connection.vendor == "postgresql" else insert_cells

    def work() -> dict[str, Any]:
        from python_calamine import CalamineWorkbook

        cells = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[2:]
        write(connection.connection, cells)
        return {"rows": len(cells)}

    return measured(work, lambda made: made)


def copy_cells(raw: Any, cells: list[list[Any]]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(cells)
    with raw.cursor() as cursor, cursor.copy("COPY bench_floor FROM STDIN (FORMAT csv)") as copy:
        copy.write(buffer.getvalue())
    raw.commit()


def insert_cells(raw: sqlite3.Connection, cells: list[list[Any]]) -> None:
    marks = ", ".join("?" * len(CELLS))
    raw.execute("BEGIN IMMEDIATE")
    rows = [[value if isinstance(value, (str, float)) else str(value) for value in row] for row in cells]
    raw.executemany(f"INSERT INTO bench_floor VALUES ({marks})", rows)
    raw.execute("COMMIT")


def processor() -> float:
    """Processor seconds of this process and of those it started and waited for."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def measured(work: Callable[[], dict[str, Any]], check: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    """Seconds, processor seconds and peak memory of ``work``; ``check`` looks at the result afterwards."""

    def run() -> dict[str, Any]:
        begun, spent = time.perf_counter(), processor()
        with watched() as peak:
            made = work()
        figures = {"seconds": time.perf_counter() - begun, "cpu": processor() - spent, "peak_mb": peak.mb}
        return {**check(made), **figures}

    return run


def main(way: str, file: str, area: str) -> None:
    django.setup()
    path = Path(file)
    work = ours(path, area) if way == "ours" else floor(path) if way == "floor" else peer(path, way)
    print(json.dumps(work()))


if __name__ == "__main__":
    main(*sys.argv[1:4])

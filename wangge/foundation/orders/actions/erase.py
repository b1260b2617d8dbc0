"""The data goes: rows, the data key, the fields themselves, and the files."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from wangge.foundation.journal import actions as journal

from ..erasers import stores
from ..models import Closing, EmergencyOrder, OrderField, OrderFile, OrderValue
from .files import FOLDER

WRITES = re.compile(r'(?:DELETE FROM|UPDATE|INTO)\s+"?([A-Za-z_][\w$]*)"?', re.IGNORECASE)
OWN = (EmergencyOrder, Closing, OrderValue, OrderField, OrderFile)
PIECE = 1024 * 1024


def erase_rows(closing: Closing) -> None:
    """Delete every value, what other apps keep under the order, the fields, and the data key, in one
    transaction: afterwards nothing of the application can bring a value back."""
    order = closing.order
    with _noting_tables() as touched:
        counts = {store.name: _until_none(store.erase, order.number) for store in stores()}
        counts["values"] = OrderValue._base_manager.filter(order=order).delete()[0]
        OrderField.objects.filter(order=order).delete()
        EmergencyOrder._base_manager.filter(pk=order.pk).update(key_sealed="")
    named = {table for store in stores() for table in store.tables}
    own = {model._meta.db_table for model in OWN}
    closing.touched = sorted(touched | named | own)
    data = {"number": order.number, **{f"rows_{name}": number for name, number in counts.items()}}
    journal.record(
        "order.rows_erased", actor=closing.asked_by, area=order.area_code, subject=order, data=data
    )


def _until_none(erase: Callable[[str], int], number: str) -> int:
    """An eraser may work in pieces."""
    erased = 0
    while done := erase(number):
        erased += done
    return erased


@contextmanager
def _noting_tables() -> Iterator[set[str]]:
    """Which tables are written to in the block; on SQLite, freed bytes are overwritten meanwhile."""
    found: set[str] = set()

    def note(execute: Callable, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        found.update(WRITES.findall(sql))
        return execute(sql, params, many, context)

    overwrite_freed_bytes()
    with connection.execute_wrapper(note):
        yield found


def overwrite_freed_bytes() -> None:
    """SQLite: what this connection frees from now on is overwritten with zeros."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def erase_files(closing: Closing) -> None:
    """Overwrite and delete the order's folder and the exports that carried its fields; done twice, it finds
    nothing. On disks that write elsewhere (SSD, copy on write) overwriting is no proof; the certificate says
    what is held where."""
    home, order = Path(settings.HOME), closing.order
    for file in OrderFile._base_manager.filter(order=order):
        _overwrite(home / file.path)
    folder = home / FOLDER / order.folder.hex
    for path in folder.rglob("*") if folder.exists() else ():
        _overwrite(path)
    shutil.rmtree(folder, ignore_errors=True)
    OrderFile._base_manager.filter(order=order).delete()


def _overwrite(path: Path) -> None:
    if not path.is_file():
        return
    left = path.stat().st_size
    with path.open("r+b") as held:
        while left > 0:
            held.write(b"\0" * min(left, PIECE))
            left -= PIECE
        held.flush()
        os.fsync(held.fileno())
    path.unlink(missing_ok=True)

"""Known values brought in by every way there is, and a look for their bytes that shares nothing with the
product.

Rows like declarations, with their index and what was sent under seal; values of the order, also replaced
ones; a file in the order's folder in clear; an export as xlsx; an attempt to write into the trail.
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import xlsxwriter
from django.conf import settings
from django.db import connection
from django.utils import timezone

from tests import cast
from tests.foundation.orders import orders_cast as orders
from wangge.foundation.journal import actions as journal
from wangge.foundation.orders import actions
from wangge.foundation.orders.actions.files import folder_of
from wangge.foundation.orders.events import register_rows
from wangge.foundation.orders.models import EmergencyOrder
from wangge.lib.sealing import seal
from wangge.systems.declarations.models import Amendment, Declaration

# No other test may write these: what it took back still lies in the files of PostgreSQL's tables.
PLANTED = {
    "kept": "自述发热三日曾到虚构市场七号档",
    "replaced": "最早一次填写的虚构说明文字",
    "row": "欧阳虚构某",
    "row_address": "虚构花园甲座九〇一房暂住",
    "row_sealed": "封存在原文里的虚构行程说明",
    "amended": "更正之前的虚构住址一一二",
    "index": "检索里的虚构词条甲乙丙",
    "file": "文件里写着的虚构核酸记录",
    "export": "导出表里的虚构同行人姓名",
    "trail": "10098761203",
}
SEARCH = "order_search"


def make_search_table() -> None:
    """A search index as an app might keep one."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS {SEARCH} USING fts5(number, words)")
        else:
            cursor.execute(f"CREATE TABLE IF NOT EXISTS {SEARCH} (number text, words text)")
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {SEARCH}_words ON {SEARCH} (words)")


def drop_search_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {SEARCH}")


def register() -> None:
    """As the app of the declarations would do it."""
    register_rows(
        "declarations",
        lambda number: Declaration._base_manager.filter(order_number=number).count(),
        lambda number: Declaration._base_manager.filter(order_number=number).delete()[0],
        values=lambda number: Declaration._base_manager.filter(order_number=number).values_list(
            "stay_address", flat=True
        ),
    )
    register_rows("search", _count_search, _erase_search)


def _count_search(number: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {SEARCH} WHERE number = %s", [number])
        return cursor.fetchone()[0]


def _erase_search(number: str) -> int:
    before = _count_search(number)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {SEARCH} WHERE number = %s", [number])
    return before


def plant(order: EmergencyOrder) -> None:
    """Bring every value in, some of them many times so that indexes and statistics hold them too."""
    orders.keep(order, 1, told=PLANTED["replaced"], symptoms="是")
    orders.keep(order, 1, told=PLANTED["kept"], symptoms="否")
    rows = [_declaration(order, line) for line in range(60)]
    Declaration._base_manager.bulk_create(rows)
    first = Declaration._base_manager.filter(order_number=order.number).first()
    Amendment._base_manager.create(
        declaration=first, area_code=cast.COMMUNITY, fields=["stay_address"], by="resident",
        before_sealed=seal(json.dumps({"stay_address": PLANTED["amended"]}, ensure_ascii=False)),
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {SEARCH} (number, words) VALUES (%s, %s)", [(order.number, PLANTED["index"])] * 40
        )
        if connection.vendor == "postgresql":  # the planner learns frequent values
            cursor.execute("ANALYZE")
    _write_files(order)
    _try_the_trail(order)


def _declaration(order: EmergencyOrder, line: int) -> Declaration:
    now = timezone.now()
    return Declaration(
        line=line, receipt=f"R{line:05d}", area_code=cast.COMMUNITY, kind="arrive", channel="web",
        name=PLANTED["row"], stay_address=PLANTED["row_address"], order_number=order.number,
        raw_sealed=seal(json.dumps({"told": PLANTED["row_sealed"]}, ensure_ascii=False)),
        notice_version="1", consented_at=now, state_at=now, received_at=now,
    )  # fmt: skip


def _write_files(order: EmergencyOrder) -> None:
    actions.keep_file(
        order_number=order.number, area_code=cast.COMMUNITY, content=io.BytesIO(PLANTED["kept"].encode())
    )
    (folder_of(order) / "note.txt").write_text(PLANTED["file"], encoding="utf-8")
    exports = Path(settings.HOME) / "exports"
    exports.mkdir(exist_ok=True)
    book = xlsxwriter.Workbook(str(exports / "made.xlsx"))
    book.add_worksheet().write(0, 0, PLANTED["export"])
    book.close()
    actions.note_export(order_number=order.number, area_code=cast.COMMUNITY, path=exports / "made.xlsx")


def _try_the_trail(order: EmergencyOrder) -> None:
    try:
        journal.record("test.told", actor="test", area=cast.COMMUNITY, data={"phone": PLANTED["trail"]})
    except journal.PersonalValue:
        journal.record("test.told", actor="test", area=cast.COMMUNITY, reason=f"来电{PLANTED['trail']}")
    else:
        raise AssertionError("the trail took a phone")


def still_there() -> dict[str, list[str]]:
    """Route -> where its bytes stand: in the storage of the database, in the files below HOME."""
    found: dict[str, list[str]] = {}
    for where, data in [*_storage(), *_files()]:
        for route, value in PLANTED.items():
            if any(form in data for form in (value.encode(), json.dumps(value)[1:-1].encode())):
                found.setdefault(route, []).append(where)
    return found


def _storage() -> list[tuple[str, bytes]]:
    if connection.vendor == "sqlite":
        return []  # a file below HOME
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        folder = f"base/{cursor.fetchone()[0]}"
        cursor.execute("SELECT name FROM pg_ls_dir(%s) AS name", [folder])
        names = [name for (name,) in cursor.fetchall()]
        found = []
        for name in names:  # every file of the database, also those of replaced tables
            cursor.execute("SELECT pg_read_binary_file(%s, 0, 1000000000, true)", [f"{folder}/{name}"])
            found.append((name, bytes(cursor.fetchone()[0] or b"")))
    return found


def _files() -> list[tuple[str, bytes]]:
    found: list[tuple[str, Any]] = []
    for path in Path(settings.HOME).rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            found.append((path.name, data))
            if zipfile.is_zipfile(io.BytesIO(data)):
                with zipfile.ZipFile(path) as packed:
                    found += [(f"{path.name}/{name}", packed.read(name)) for name in packed.namelist()]
    return found

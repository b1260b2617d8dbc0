"""A ledger leaves the house: masked unless a reason was given, counted, and written into the trail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from wangge.foundation.access import queries as access
from wangge.foundation.journal import actions as journal
from wangge.registry.ledgers.outgoing import columns, sheets
from wangge.registry.ledgers.outgoing.catalogue import columns_of
from wangge.registry.ledgers.outgoing.selection import Selection
from wangge.registry.ledgers.queries import lines as queries

from .readings import Readings

FORMATS = ("xlsx", "csv")


class Miscounted(RuntimeError):
    """The file does not hold as many rows as the register: it is not handed out."""


class NoReason(ValueError):
    """Unmasked data leaves only with a reason."""


@dataclass(frozen=True)
class Written:
    """A written file: where it lies, how many rows it holds, the name to give it."""

    path: Path
    rows: int
    name: str


def export_ledger(
    *,
    actor: Any,
    selection: Selection,
    path: Path,
    form: str = "xlsx",
    area_name: str = "",
    unmasked: bool = False,
    reason: str = "",
) -> Written:
    """Write the selection to ``path`` and record that.

    Args:
        actor: a user, or a word such as "cli" for the machine's operator.
        form: xlsx or csv.
        unmasked: ids, phones, names and addresses in clear; needs ``ledger.export_unmasked`` and a reason.

    Raises:
        PermissionDenied, NoReason: before anything is written. Miscounted: the file is deleted.
    """
    must_be_allowed(actor, selection.area_code, unmasked=unmasked, reason=reason)
    readings = Readings() if unmasked else None
    try:
        with one_state():
            counted, ids = queries.number_of(selection), queries.all_ids(selection)
            _alone()
            rows = _write(actor, selection, ids, path, form, area_name, readings)
        if not rows == len(ids) == counted:
            raise Miscounted(f"{rows} rows written, {len(ids)} listed, {counted} counted")
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    _record(actor, selection, rows, form, readings, reason)
    return Written(path, rows, file_name(selection, area_name, form))


def file_name(selection: Selection, area_name: str, form: str) -> str:
    """What the file is called: ledger, area, day, and as known when. No person stands in it."""
    moment = selection.moment
    known = f"_按{timezone.localtime(moment.known_at):%Y%m%d}所知" if moment.known_at else ""
    return f"{selection.ledger.chinese}_{area_name or selection.area_code}_{moment.day:%Y%m%d}{known}.{form}"


def must_be_allowed(actor: Any, area_code: str, *, unmasked: bool, reason: str) -> None:
    """Raises PermissionDenied, or NoReason, where this export may not be."""
    if unmasked and not reason.strip():
        raise NoReason(_("导出未遮盖的台账必须写明理由。"))
    if isinstance(actor, str):
        return
    needed = "ledger.export_unmasked" if unmasked else "ledger.export"
    if not access.may(actor, needed, area_code):
        raise PermissionDenied(_("您没有在这个区域导出台账的权限。"))


@contextmanager
def one_state() -> Iterator[None]:
    """All statements of an export see one state of the register; nobody waits for it."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with _repeatable():
            yield
    else:
        with _deferred():
            yield


@contextmanager
def _repeatable() -> Iterator[None]:
    _isolate("REPEATABLE READ")
    try:
        with transaction.atomic():
            yield
    finally:
        _isolate("READ COMMITTED")


@contextmanager
def _deferred() -> Iterator[None]:
    # SQLite: a transaction that only reads; Django's own would take the one writer's place.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("COMMIT")


def _alone() -> None:
    # A few thousand rows by their keys: helpers take longer to start than to find them.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")


def _isolate(level: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL {level}")


def _write(
    actor: Any,
    selection: Selection,
    ids: Sequence[int],
    path: Path,
    form: str,
    area_name: str,
    readings: Readings | None,
) -> int:
    with override("zh-hans"):  # a file is written in Chinese, whatever the language of the page
        return _write_chinese(actor, selection, ids, path, form, area_name, readings)


def _write_chinese(
    actor: Any,
    selection: Selection,
    ids: Sequence[int],
    path: Path,
    form: str,
    area_name: str,
    readings: Readings | None,
) -> int:
    codes = (*columns_of(selection.ledger), "confirmed")
    heads = [columns.label(code) for code in codes]
    cover = _cover(actor, selection, area_name, unmasked=readings is not None)
    rows = _rows(selection, ids, codes, readings)
    path.parent.mkdir(parents=True, exist_ok=True)
    if form == "csv":
        return sheets.write_csv(path, cover, heads, rows, count=len(ids))
    return sheets.write_xlsx(path, cover, codes, heads, rows, count=len(ids))


def _rows(
    selection: Selection, ids: Sequence[int], codes: Sequence[str], readings: Readings | None
) -> Iterator[list[object]]:
    read = columns.readers(codes, masked=readings is None)
    for line in queries.all_lines(selection, ids):
        if readings is not None:
            readings.add(line)
        yield [column(line) for column in read]


def _cover(actor: Any, selection: Selection, area_name: str, *, unmasked: bool) -> sheets.Cover:
    who = actor if isinstance(actor, str) else f"{actor.name}（{actor.get_username()}）"
    now = timezone.localtime()
    ledger, moment = selection.ledger, selection.moment
    known = f"，按 {timezone.localtime(moment.known_at):%Y-%m-%d %H:%M} 时所知" if moment.known_at else ""
    notes = [
        ("台账", ledger.chinese),
        ("口径", str(ledger.meaning)),
        ("区域", f"{area_name} {selection.area_code}"),
        ("数据日期", f"{moment.day:%Y-%m-%d}{known}"),
        ("导出人", who),
        ("导出时间", f"{now:%Y-%m-%d %H:%M:%S}"),
        ("遮盖", "未遮盖，已留痕" if unmasked else "姓名、证件号码、电话、地址已遮盖"),
        ("使用要求", "含个人信息，仅限工作使用，不得转发；用完删除。"),
    ]
    return sheets.Cover(ledger.chinese, f"{who} {now:%Y-%m-%d %H:%M:%S} 导出 仅限工作使用", notes)


def _record(
    actor: Any, selection: Selection, rows: int, form: str, readings: Readings | None, reason: str
) -> None:
    data = {
        "ledger": selection.ledger.code,
        "area": selection.area_code,
        "rows": rows,
        "format": form,
        "masked": readings is None,
        "filters": selection.filters.used,
        "day": selection.moment.day,
        "known_at": selection.moment.known_at,
    }
    with transaction.atomic():
        journal.record("ledger.exported", actor=actor, area=selection.area_code, reason=reason, data=data)
        if readings is not None:
            readings.note(actor, reason)


def export_home() -> Path:
    """Where exports lie until they are handed out."""
    home = Path(settings.HOME) / "exports"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home

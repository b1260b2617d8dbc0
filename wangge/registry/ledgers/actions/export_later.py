"""Large exports: asked for on a page, written by the worker, fetched by who asked, erased after a day."""

from __future__ import annotations

import json
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.utils import timezone

from wangge.foundation.access import queries as access
from wangge.foundation.journal import actions as journal
from wangge.foundation.territory import queries as territory
from wangge.lib.scoping import within
from wangge.lib.sealing import seal, unseal
from wangge.registry.ledgers.enums import ExportState
from wangge.registry.ledgers.models import Export
from wangge.registry.ledgers.outgoing.catalogue import ledger_named
from wangge.registry.ledgers.outgoing.limits import limits_on
from wangge.registry.ledgers.outgoing.selection import Filters, Selection, as_of

from .export import export_home, export_ledger, must_be_allowed

KEPT = timedelta(hours=24)
OPEN = (ExportState.WAITING, ExportState.WRITING)
BROKEN = "写文件时出了错，请再导出一次；还是不行请告诉管理员。"


class Withdrawn(Exception):
    """The owner may no longer have what was asked for; the export says so."""


def request_export(
    *, actor: Any, selection: Selection, form: str, unmasked: bool = False, reason: str = ""
) -> Export:
    """Hand an export to the worker. Raises PermissionDenied or NoReason as ``export_ledger`` does."""
    must_be_allowed(actor, selection.area_code, unmasked=unmasked, reason=reason)
    asked = {"filters": asdict(selection.filters), "sort": selection.sort}
    with transaction.atomic():
        export = Export.objects.create(
            area_code=selection.area_code,
            ledger=selection.ledger.code,
            day=selection.moment.day,
            known_at=selection.moment.known_at,
            asked_sealed=seal(json.dumps(asked, default=date.isoformat)),
            form=form,
            unmasked=unmasked,
            reason=journal.without_personal(reason)[:200],
            created_by=actor,
        )
        data = {"ledger": export.ledger, "format": form, "masked": not unmasked}
        journal.record(
            "ledger.export_requested",
            actor=actor,
            area=export.area_code,
            subject=export,
            reason=reason,
            data=data,
        )
    return export


def selection_of(export: Export) -> Selection:
    """What was asked, as it was asked."""
    asked = json.loads(unseal(export.asked_sealed))
    since = asked["filters"].pop("since")
    filters = Filters(**asked["filters"], since=date.fromisoformat(since) if since else None)
    moment = as_of(export.day, export.known_at)
    limits = limits_on(timezone.localtime(export.created_at).date())
    return Selection(ledger_named(export.ledger), export.area_code, moment, limits, filters, asked["sort"])


def write_requested(export: Export) -> None:
    """Write the file, with the rights and the reach its owner has now. Written anew after a kill."""
    if export.state not in OPEN:
        return
    owner = export.created_by
    _set(export, state=ExportState.WRITING)
    with _told(export), within(access.reach_of(owner)):
        if not owner.is_active:
            raise PermissionDenied("这个账号已停用。")
        must_be_allowed(owner, export.area_code, unmasked=export.unmasked, reason=export.reason)
        area = territory.area_by_code(export.area_code)
        path = export_home() / f"{uuid.uuid4().hex}.{export.form}"
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        made = export_ledger(
            actor=owner,
            selection=selection_of(export),
            path=path,
            form=export.form,
            area_name=territory.short_name(area.name) if area else "",
            unmasked=export.unmasked,
            reason=export.reason,
        )
    done = {"rows": made.rows, "stored": path.name, "file_name": made.name, "finished_at": timezone.now()}
    _set(export, state=ExportState.DONE, **done)


@contextmanager
def _told(export: Export) -> Iterator[None]:
    """Who waits for an export is told when it fails; a busy database is tried again instead."""
    try:
        yield
    except OperationalError:
        raise
    except Exception as error:
        message = str(error) if isinstance(error, PermissionDenied) else BROKEN
        _set(export, state=ExportState.FAILED, message=message[:200], finished_at=timezone.now())
        if not isinstance(error, PermissionDenied):
            raise
        raise Withdrawn from error


def _set(export: Export, **values: Any) -> None:
    for name, value in values.items():
        setattr(export, name, value)
    Export._base_manager.filter(pk=export.pk).update(**values)


def open_export(*, actor: Any, export: Export) -> Path | None:
    """The file, and a line in the trail that it was fetched; None when there is none (any more)."""
    path = export_home() / export.stored
    if export.state != ExportState.DONE or not export.stored or not path.is_file():
        return None
    data = {"ledger": export.ledger, "rows": export.rows, "masked": not export.unmasked}
    journal.record("ledger.export_fetched", actor=actor, area=export.area_code, subject=export, data=data)
    return path


def erase_old_exports() -> int:
    """Sweep: files older than a day go, with what was asked; returns how many exports ended so."""
    ended = 0
    due = Export._base_manager.filter(created_at__lt=timezone.now() - KEPT).exclude(asked_sealed="")
    for export in due.exclude(state=ExportState.EXPIRED):
        if export.stored:
            (export_home() / export.stored).unlink(missing_ok=True)
        state = ExportState.FAILED if export.state == ExportState.FAILED else ExportState.EXPIRED
        _set(export, state=state, stored="", asked_sealed="")
        ended += 1
    _erase_strays()
    return ended


def _erase_strays() -> None:
    # left by a process that was killed while it wrote
    before = time.time() - KEPT.total_seconds()
    for path in export_home().iterdir():
        if path.is_file() and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)

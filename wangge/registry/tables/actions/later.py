"""Fillings asked for on a page: written by the worker or at once, fetched once, erased after a day."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.utils import timezone

from wangge.foundation.access import queries as access
from wangge.foundation.journal import actions as journal
from wangge.lib.scoping import within
from wangge.registry.ledgers.actions.export import must_be_allowed
from wangge.registry.ledgers.guards import Unreadable

from .. import events
from ..enums import FillState
from ..models import Fill, TableRequest
from ..queries import composing
from ..rules import NotFilled
from . import keeping
from .fill import compose, record

KEPT = timedelta(hours=24)
OPEN = (FillState.WAITING, FillState.WRITING)
BROKEN = "填表时出了错，请再填一次；还是不行请告诉管理员。"


class Withdrawn(Exception):
    """What was asked for cannot be given; the filling says why, and to try again would change nothing."""


def request_fill(*, actor: Any, request: TableRequest, unmasked: bool = False, reason: str = "") -> Fill:
    """Ask the worker for a filling. Raises PermissionDenied or NoReason as exports do."""
    must_be_allowed(actor, request.area_code, unmasked=unmasked, reason=reason)
    with transaction.atomic():
        fill = Fill.objects.create(
            request=request, day=composing.day_of(request), unmasked=unmasked, created_by=actor,
            reason=journal.without_personal(reason)[:200],
        )  # fmt: skip
        data = {"request": request.pk, "masked": not unmasked}
        journal.record(
            events.FILL_REQUESTED, actor=actor, area=request.area_code, subject=fill, reason=reason, data=data
        )
    return fill


def write_requested(fill: Fill) -> None:
    """Fill and keep the file sealed, with the rights and reach its owner has now. Done anew after a kill."""
    if fill.state not in OPEN or fill.created_by is None:
        return
    owner = fill.created_by
    _set(fill, state=FillState.WRITING)
    with _told(fill), within(access.reach_of(owner)):
        if not owner.is_active:
            raise PermissionDenied("这个账号已停用。")
        out = io.BytesIO()
        made, readings = compose(owner, fill.request, out, unmasked=fill.unmasked, reason=fill.reason)
        stored = keeping.keep(out)
        try:
            with transaction.atomic():
                fill.state, fill.stored, fill.file_name = FillState.DONE, stored, made.name
                record(owner, fill.request, fill, made, readings, fill.reason)
        except BaseException:
            keeping.erase(stored)
            raise


@contextmanager
def _told(fill: Fill) -> Iterator[None]:
    """Who waits is told when it fails; a busy database is tried again instead."""
    try:
        yield
    except OperationalError:
        raise
    except (PermissionDenied, NotFilled, Unreadable) as error:
        _set(fill, state=FillState.FAILED, message=str(error)[:400], finished_at=timezone.now(), stored="")
        raise Withdrawn from error
    except Exception:
        _set(fill, state=FillState.FAILED, message=BROKEN, finished_at=timezone.now(), stored="")
        raise


def _set(fill: Fill, **values: Any) -> None:
    for name, value in values.items():
        setattr(fill, name, value)
    Fill._base_manager.filter(pk=fill.pk).update(**values)


def open_fill(*, actor: Any, fill: Fill) -> bytes | None:
    """The file, once, and a line in the trail that it was fetched; None when there is none (any more)."""
    if fill.state != FillState.DONE or not fill.stored:
        return None
    with keeping.opened(fill.stored) as path:
        content = path.read_bytes()
    name = journal.account_of(actor)
    keeping.erase(fill.stored)
    _set(fill, fetched_at=timezone.now(), fetched_by=name, state=FillState.EXPIRED, stored="")
    data = {"fill": fill.pk, "rows": fill.rows, "masked": not fill.unmasked}
    area = fill.request.area_code
    journal.record(events.FETCHED, actor=actor, area=area, subject=fill.request, data=data)
    return content


def erase_old_fills() -> int:
    """Sweep: filled files older than a day go; returns how many fillings ended so."""
    ended = 0
    due = Fill._base_manager.filter(created_at__lt=timezone.now() - KEPT, state__in=(*OPEN, FillState.DONE))
    for fill in due:
        keeping.erase(fill.stored)
        _set(fill, state=FillState.EXPIRED, stored="")
        ended += 1
    return ended

"""A gap becomes a duty of somebody who works in the grid; a mistake is taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal

from ..enums import DutyState
from ..models import Duty
from ..queries.gaps import Asked, Kind, Line, lines_of, rows_of
from ..queries.workers import all_workers

MOST = 2_000  # duties at once
LONGEST = 60  # days to do them in


@dataclass(frozen=True)
class Assigned:
    """How many duties were made, how many doors had one already, how many grids have nobody."""

    made: int
    already: int
    without_worker: int


@transaction.atomic
def assign_gaps(
    *, actor: Any, kind: Kind, asked: Asked, keys: Sequence[int] | None, op: UUID, days: int = 7
) -> Assigned:
    """Make a duty of each row, for the worker of its grid who has least to do.

    Args:
        keys: of the rows; None means every row of the list.
        op: the sender's own number of this wish; sent again it changes nothing.
        days: until when, 1 to 60 days from today.

    Raises:
        Unacceptable: nothing chosen, too much at once, or days out of range.
    """
    if not 1 <= days <= LONGEST:
        raise Unacceptable(_("完成期限请填 1 到 60 天。"))
    rows = rows_of(kind, asked)
    chosen = list((rows if keys is None else rows.filter(pk__in=list(keys)))[: MOST + 1])
    if not chosen:
        raise Unacceptable(_("没有选中任何一条；可能刚刚已经处理过了，请刷新清单。"))
    if len(chosen) > MOST:
        raise Unacceptable(_("一次最多派 2,000 条，请按网格分几次派。"))
    lines = lines_of(kind, chosen)
    waiting = list({line.door: line for line in lines if line.duty is None}.values())  # a door once
    duties = _duties(kind, waiting, op, timezone.localdate(), days)
    before = Duty._base_manager.filter(key__in=[duty.key for duty in duties]).count()
    Duty._base_manager.bulk_create(duties, ignore_conflicts=True, batch_size=500)
    if duties and not before:
        _note(actor, "duty.assigned", asked.area, op)
    return Assigned(len(duties) - before, len(lines) - len(waiting), _without(duties))


@transaction.atomic
def undo_assigning(*, actor: Any, op: UUID, area: str) -> int:
    """Take the duties of one wish back, except what was done meanwhile; returns how many. Twice is once."""
    made = Duty.objects.filter(key__startswith=_prefix(op), state=DutyState.OPEN)
    keys = list(made.values_list("pk", flat=True))
    if keys:
        _note(actor, "duty.cancelled", area, op)
        Duty._base_manager.filter(pk__in=keys).update(state=DutyState.CANCELLED)
    return len(keys)


def share_out(areas: Iterable[str]) -> list[int | None]:
    """For each area code a worker of that grid, the one with least to do; None where nobody works."""
    workers, today = all_workers(), timezone.localdate()
    wanted = [(area, workers.of(area, today)) for area in areas]
    load = _loads({user for _area, users in wanted for user in users})
    chosen: list[int | None] = []
    for _area, users in wanted:
        user = min(users, key=lambda one: (load.get(one, 0), one), default=None)
        if user is not None:
            load[user] = load.get(user, 0) + 1
        chosen.append(user)
    return chosen


def _loads(users: Iterable[int]) -> dict[int, int]:
    """How many open duties each has; one query."""
    rows = Duty._base_manager.filter(state=DutyState.OPEN, worker__in=set(users)).order_by()
    return dict(rows.values_list("worker_id").annotate(duties=Count("pk")))


def _duties(kind: Kind, lines: Sequence[Line], op: UUID, today: date, days: int) -> list[Duty]:
    workers = share_out(line.area_code for line in lines)
    return [
        Duty(
            key=f"{_prefix(op)}{line.door[0][:4]}:{line.door[1]}:{line.campaign or 0}", kind=kind.duty,
            area_code=line.area_code, worker_id=worker, campaign_id=line.campaign, begins_on=today,
            due_on=today + timedelta(days=days), words=str(kind.name), **{line.door[0]: line.door[1]},
        )
        for line, worker in zip(lines, workers, strict=True)
    ]  # fmt: skip


def _prefix(op: UUID) -> str:
    return f"gap:{op.hex}:"


def _without(duties: Iterable[Duty]) -> int:
    return len({duty.area_code for duty in duties if duty.worker_id is None})


def _note(actor: Any, kind: str, area: str, op: UUID) -> None:
    """One line a duty: phones learn by the trail what is new for them."""
    held = Duty._base_manager.filter(key__startswith=_prefix(op), state=DutyState.OPEN).order_by("pk")
    rows = [
        ("fieldwork.duty", pk, code, {"worker": worker})
        for pk, code, worker in held.values_list("pk", "area_code", "worker_id")
    ]
    journal.record_many(kind, actor=actor, area=area, rows=rows, data={"op": op.hex})

"""What is done with a duty: finished, cancelled, brought back, given to somebody else."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.models import User
from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal

from ..enums import DutyState
from ..models import Duty, ItemResult
from ..queries.workers import all_workers

LATE = frozenset({DutyState.OPEN, DutyState.MISSED})


@transaction.atomic
def finish_duty(*, actor: Any, duty: Duty, at: datetime | None = None, words: str = "") -> Duty:
    """Say that a duty is done. Finished again it stays as it was; one that was missed is done when ``at`` was
    in time, else it stays missed with the note.

    Args:
        at: when; now. Not later than now.

    Raises:
        Unacceptable: it was cancelled.
    """
    duty = _locked(duty)
    if duty.state == DutyState.CANCELLED:
        raise Unacceptable(_("这项任务已经取消：%(why)s。") % {"why": duty.words or "—"})
    if duty.state == DutyState.DONE:
        return duty
    moment = min(at or timezone.now(), timezone.now())
    in_time = timezone.localdate(moment) <= duty.due_on
    if duty.state == DutyState.MISSED and not in_time:
        return _saved(duty, words=words[:200] or duty.words)
    name = journal.account_of(actor)
    _saved(duty, state=DutyState.DONE, done_at=moment, done_by=name, words=words[:200] or duty.words)
    told = {"in_time": in_time, "kind": duty.kind}
    journal.record("duty.done", actor=actor, area=duty.area_code, subject=duty, data=told)
    return duty


def close_if_done(*, actor: Any, duty: Duty, at: datetime) -> bool:
    """Finish a duty of a scene once all its items were looked at; returns whether it was."""
    if duty.scene is None or duty.state not in LATE:
        return False
    left = set(duty.scene.items.values_list("name", flat=True))
    left -= set(ItemResult._base_manager.filter(duty=duty).values_list("item__name", flat=True))
    if left:
        return False
    return finish_duty(actor=actor, duty=duty, at=at).state == DutyState.DONE


@transaction.atomic
def cancel_duty(*, actor: Any, duty: Duty, why: str) -> None:
    """It need not be done.

    Raises:
        Unacceptable: no reason, or it is not open.
    """
    duty = _locked(duty)
    if not why.strip():
        raise Unacceptable(_("请写明为什么取消。"))
    if duty.state not in LATE:
        raise Unacceptable(_("任务现在是“%(state)s”，不能取消。") % {"state": duty.get_state_display()})
    _saved(duty, state=DutyState.CANCELLED, words=why.strip()[:200])
    journal.record("duty.cancelled", actor=actor, area=duty.area_code, subject=duty, reason=why)


@transaction.atomic
def restore_duty(*, actor: Any, duty: Duty) -> None:
    """A duty that was cancelled is to be done after all.

    Raises:
        Unacceptable: it is not cancelled.
    """
    duty = _locked(duty)
    if duty.state != DutyState.CANCELLED:
        raise Unacceptable(_("只有取消的任务可以恢复。"))
    _saved(duty, state=DutyState.OPEN, words="")
    journal.record("duty.restored", actor=actor, area=duty.area_code, subject=duty)


@transaction.atomic
def assign_duty(*, actor: Any, duty: Duty, worker: User) -> None:
    """Give an open duty to another worker of its grid.

    Raises:
        Unacceptable: not open, or not a worker of this grid.
    """
    duty = _locked(duty)
    if duty.state != DutyState.OPEN:
        raise Unacceptable(_("任务现在是“%(state)s”，不能分配。") % {"state": duty.get_state_display()})
    if worker.pk not in all_workers().of(duty.area_code, timezone.localdate()):
        raise Unacceptable(_("%(name)s 不是这个网格的网格员。") % {"name": worker.name})
    before = duty.worker.username if duty.worker else ""
    _saved(duty, worker=worker)
    changes = {"worker": [before, worker.username]}
    journal.record("duty.assigned", actor=actor, area=duty.area_code, subject=duty, changes=changes)


def _locked(duty: Duty) -> Duty:
    return (
        Duty._base_manager.select_for_update(of=("self",)).select_related("scene", "worker").get(pk=duty.pk)
    )


def _saved(duty: Duty, **values: Any) -> Duty:
    for name, value in values.items():
        setattr(duty, name, value)
    duty.save(update_fields=list(values))
    return duty

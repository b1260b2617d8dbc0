"""A run from asking to its end: one at a time, alive or taken over, all of it or nothing."""

from __future__ import annotations

import time
import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from wangge.foundation.journal import actions as journal
from wangge.lib.linking import SparkUnreachable, TooManyPairs

from ..enums import RunState
from ..models import LinkRun
from ..pipeline.looking import Tell, look
from .alive import FORGOTTEN, SILENT, alive
from .apply import Overtaken, apply_look

__all__ = ["Busy", "Overtaken", "carry_out", "request_run", "run_now"]


class Busy(Exception):
    """Another run is under way; ``run`` says which."""

    def __init__(self, run: LinkRun) -> None:
        self.run = run
        super().__init__(f"run {run.pk}")


def request_run(*, actor: Any, area_code: str, engine: str) -> LinkRun:
    """Ask the worker for a run.

    Raises:
        Busy: one is waiting or under way.
    """
    with transaction.atomic():
        for going in LinkRun._base_manager.filter(state__in=[RunState.WAITING, RunState.RUNNING]):
            if not _dead(going):
                raise Busy(going)
        run = _create(actor, area_code, engine)
        journal.record("linkage.requested", actor=actor, area=area_code, subject=run)
    return run


def run_now(*, actor: Any, area_code: str, engine: str, tell: Tell = lambda stage: None) -> LinkRun:
    """Run here and now.

    Raises:
        Busy: another run is under way. What ``carry_out`` raises.
    """
    run = _create(actor, area_code, engine)
    try:
        return carry_out(run=run, tell=tell)
    except Busy:
        run.delete()
        raise


def _create(actor: Any, area_code: str, engine: str) -> LinkRun:
    name = journal.account_of(actor)
    return LinkRun._base_manager.create(area_code=area_code, engine=engine, asked_by=name)


def carry_out(*, run: LinkRun, tell: Tell = lambda stage: None) -> LinkRun:
    """Do a run that was asked for. What it found is written in one transaction at its end; called again
    after a kill it begins anew, called again after its end it changes nothing.

    Raises:
        Busy: another run is under way, or another process does this one.
        Overtaken: it was silent so long that another process took it over; nothing was written.
    """
    if not _begin(run):
        return run
    begun = time.perf_counter()
    try:
        with alive(run) as beats:
            found = look(area_code=run.area_code, engine=run.engine, tell=beats.telling(tell))
            beats.telling(tell)("applying")
            beats.rest()
            apply_look(run=run, found=found, seconds=time.perf_counter() - begun)
    except TooManyPairs as error:
        load = error.load
        _end(run, RunState.REFUSED, "too_many", [[load.rule.code, load.pairs, load.largest]])
    except SparkUnreachable as error:
        _end(run, RunState.FAILED, error.why)
    except Overtaken:
        raise
    except BaseException as error:
        _end(run, RunState.FAILED, _why(error))
        raise
    run.refresh_from_db()
    return run


def _begin(run: LinkRun) -> bool:
    with transaction.atomic():
        run = _locked(run)
        if run.state not in (RunState.WAITING, RunState.RUNNING):
            return False
        going = LinkRun._base_manager.select_for_update().filter(state=RunState.RUNNING).first()
        if going is not None and not _dead(going):
            raise Busy(going)
        if going is not None and going.pk != run.pk:
            _end(going, RunState.FAILED, "stopped")
        run.state, run.token, run.beat_at = RunState.RUNNING, uuid.uuid4().hex, timezone.now()
        run.begun_at = run.begun_at or run.beat_at
        try:
            with transaction.atomic():
                run.save(update_fields=["state", "token", "beat_at", "begun_at"])
        except IntegrityError:  # somebody began between our look and our write
            raise Busy(LinkRun._base_manager.get(state=RunState.RUNNING)) from None
    return True


def _locked(run: LinkRun) -> LinkRun:
    """The row as it is now, into the object the caller holds."""
    LinkRun._base_manager.select_for_update().get(pk=run.pk)
    run.refresh_from_db()
    return run


def _dead(run: LinkRun) -> bool:
    """Whether the process that ran it has been silent too long, or no worker ever took it up."""
    last, patience = run.beat_at or run.created_at, SILENT
    if run.state == RunState.WAITING:
        last, patience = run.created_at, FORGOTTEN
    return timezone.now() - last > patience


def _why(error: BaseException) -> str:
    if isinstance(error, KeyboardInterrupt | SystemExit):
        return "stopped"
    return "memory" if isinstance(error, MemoryError) or "OutOfMemory" in type(error).__name__ else "broken"


def _end(run: LinkRun, state: str, problem: str, loads: list | None = None) -> None:
    with transaction.atomic():
        LinkRun._base_manager.filter(pk=run.pk, token=run.token, state=RunState.RUNNING).update(
            state=state, problem=problem, loads=loads or [], ended_at=timezone.now(), stage=""
        )
        data = {"problem": problem}
        journal.record("linkage.failed", actor=run.asked_by, area=run.area_code, subject=run, data=data)

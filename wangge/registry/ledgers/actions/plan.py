"""The dry run: everything an import would do, counted and shown, nothing written."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.lib.garbage import kept
from wangge.lib.masking import mask_address, mask_name
from wangge.lib.sealing import seal

from ..enums import BatchState, Outcome
from ..guards import Unreadable
from ..models import Batch
from ..pipeline.intake import CHUNK
from ..pipeline.opening import open_run
from ..pipeline.running import Run
from .standing import NotReady, Overtaken

AT_ONCE = 3_000  # rows of a dry run that somebody waits for, about a second; a longer one is the worker's
PLANNABLE = (BatchState.RECEIVED, BatchState.ASKING, BatchState.PLANNED, BatchState.PLANNING)
SHOWN_ERRORS = 5_000
HIDDEN = ("id_no", "phone", "phone2")


def begin_plan(*, actor: Any, batch: Batch) -> Batch:
    """Run a short file dry at once; hand a long one to the worker. Raises as ``plan_batch``."""
    if batch.rows <= AT_ONCE:
        return plan_batch(actor=actor, batch=batch)
    return request_plan(actor=actor, batch=batch)


def request_plan(*, actor: Any, batch: Batch) -> Batch:
    """Hand the dry run to the worker; asked for again after it broke off, it begins anew.

    Raises:
        NotReady: the batch is asked about, being written, or at its end.
    """
    with transaction.atomic():
        batch = Batch._base_manager.select_for_update().get(pk=batch.pk)
        if batch.state not in (BatchState.RECEIVED, BatchState.PLANNED, BatchState.PLANNING):
            raise NotReady(_cannot(batch.get_state_display()))
        batch.state, batch.done_rows = BatchState.PLANNING, 0
        batch.save(update_fields=["state", "done_rows"])
        journal.record("ledger.plan_requested", actor=actor, area=batch.area_code, subject=batch)
    return batch


@kept()
def plan_batch(*, actor: Any, batch: Batch) -> Batch:
    """Run a batch without writing, and keep counts and examples.

    Raises:
        Unreadable: the file turned out to be broken further in; the batch is failed and says why.
        Overtaken: it was cancelled or mapped anew meanwhile; nothing is kept.
        NotReady: it is being written, or at its end.
    """
    stood = Batch._base_manager.values_list("state", flat=True).get(pk=batch.pk)
    if stood not in PLANNABLE:
        raise NotReady(_cannot(BatchState(stood).label))
    note = partial(_note, batch) if stood == BatchState.PLANNING else _nothing
    try:
        with open_run(batch, lambda rows: note(rows / max(batch.rows, 1) / 2)) as run:
            height = run.file.frame.height
            for start in range(0, height, CHUNK):
                run.process(start, min(start + CHUNK, height), write=False)
                note(0.5 + (start + CHUNK) / height / 2)
    except Unreadable as broken:
        _fail(batch, broken, stood)
        raise
    return _keep(actor, batch, run, stood)


def _cannot(state: Any) -> str:
    return _("这一批的状态是“%(state)s”，不能试算。") % {"state": state}


def _nothing(share: float) -> None:
    """A dry run that somebody waits for tells nothing on the way."""


def _note(batch: Batch, share: float) -> None:
    """How far the worker is: it goes through the file twice, to read and then to compare."""
    standing = Batch._base_manager.filter(pk=batch.pk, state=BatchState.PLANNING)
    if not standing.update(done_rows=int(min(share, 1) * batch.rows)):
        raise Overtaken


def _keep(actor: Any, batch: Batch, run: Run, stood: str) -> Batch:
    with transaction.atomic():
        now = Batch._base_manager.select_for_update().get(pk=batch.pk)
        if (now.state, now.mapping) != (stood, batch.mapping):
            raise Overtaken
        batch.counts, batch.rows, batch.done_rows = run.counts, run.rows, 0
        batch.preview_sealed = seal(json.dumps(preview_of_run(run), ensure_ascii=False, default=str))
        batch.state = BatchState.PLANNED
        batch.save(update_fields=["counts", "rows", "done_rows", "preview_sealed", "state"])
        journal.record("ledger.planned", actor=actor, area=batch.area_code, subject=batch, data=batch.counts)
    return batch


def _fail(batch: Batch, broken: Unreadable, stood: str) -> None:
    told = {"state": BatchState.FAILED, "problem": broken.code, "message": broken.message[:400]}
    if not Batch._base_manager.filter(pk=batch.pk, state=stood).update(**told):
        raise Overtaken
    batch.refresh_from_db()


def preview_of_run(run: Run) -> dict[str, Any]:
    """Examples by outcome and the errors, masked; ``by_code`` counts problems."""
    problems = run.file.intake.problems
    preview: dict[str, Any] = {
        outcome: [_example(run, *example) for example in examples]
        for outcome, examples in run.examples.items()
    }
    preview[Outcome.ERROR.value] = [asdict(problem) for problem in problems[:SHOWN_ERRORS]]
    preview["by_code"] = Counter(problem.code for problem in problems)
    preview["problems"] = len(problems)
    return preview


def _example(run: Run, row: int, decision: Any, held: Any) -> dict[str, Any]:
    frame = run.file.columns
    name = frame["name"][row] if "name" in frame else ""
    example: dict[str, Any] = {
        "sheet": run.file.intake.names[frame["sheet"][row]],
        "row": frame["number"][row],
        "name": mask_name(name or ""),
        "changes": [],
    }
    if decision is not None:
        example["person"] = held.pk
        example["changes"] = [
            {"fact": fact, "held": _shown(fact, held.values.get(fact)), "offered": _shown(fact, value)}
            for fact, value in decision.updates.items()
        ] + [{"fact": tie.kind, "held": "", "offered": "●"} for tie in decision.begin]
        example["changes"] += [
            {"fact": fact, "held": _shown(fact, old), "offered": _shown(fact, new), "contradiction": True}
            for fact, old, new in decision.contradictions
        ]
    if row in run.doubts:
        example["doubt"] = {"person": run.doubts[row].held.pk, "score": run.doubts[row].score}
    return example


def _shown(fact: str, value: Any) -> str:
    """What an example shows of a value: sealed or identifying ones only as changed."""
    if not value:
        return ""
    if fact in HIDDEN:
        return "●●●"
    if fact == "name":
        return mask_name(str(value))
    return mask_address(str(value)) if fact.endswith("address") else str(value)

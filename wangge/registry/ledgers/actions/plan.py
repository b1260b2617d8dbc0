"""The dry run: everything an import would do, counted and shown, nothing written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.db import transaction

from wangge.foundation.journal import actions as journal
from wangge.lib.masking import mask_address, mask_name
from wangge.lib.sealing import seal

from ..enums import BatchState, Outcome
from ..guards import Unreadable
from ..models import Batch
from ..pipeline.intake import CHUNK
from ..pipeline.opening import open_run
from ..pipeline.running import Run

SHOWN_ERRORS = 5_000
HIDDEN = ("id_no", "phone", "phone2")


def plan_batch(*, actor: Any, batch: Batch, progress: Callable[[int], None] = lambda rows: None) -> Batch:
    """Run a batch without writing, and keep counts and examples.

    Raises:
        Unreadable: the file turned out to be broken further in; the batch is failed and says why.
    """
    try:
        with open_run(batch, progress) as run:
            for start in range(0, run.file.frame.height, CHUNK):
                run.process(start, min(start + CHUNK, run.file.frame.height), write=False)
    except Unreadable as broken:
        _fail(batch, broken)
        raise
    with transaction.atomic():
        batch.counts = run.counts
        batch.rows = run.rows
        batch.preview_sealed = seal(json.dumps(preview_of_run(run), ensure_ascii=False, default=str))
        batch.state = BatchState.PLANNED
        batch.save(update_fields=["counts", "rows", "preview_sealed", "state"])
        journal.record("ledger.planned", actor=actor, area=batch.area_code, subject=batch, data=batch.counts)
    return batch


def _fail(batch: Batch, broken: Unreadable) -> None:
    batch.state, batch.problem, batch.message = BatchState.FAILED, broken.code, broken.message[:400]
    batch.save(update_fields=["state", "problem", "message"])


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

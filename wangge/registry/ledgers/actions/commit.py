"""The import itself: chunk by chunk, each in one transaction, resumable after a kill."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from datetime import UTC
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.lib.bulk import Behind, collecting, later, reserve_ids, write_rows
from wangge.lib.garbage import kept
from wangge.lib.scoping import Reach, prefix_of, within
from wangge.lib.sealing import seal
from wangge.registry.people.models import Person

from ..enums import BatchState, Outcome
from ..models import Batch, Case, Row
from ..pipeline import store
from ..pipeline.intake import CHUNK
from ..pipeline.opening import open_run
from ..pipeline.running import Run
from .plan import preview_of_run
from .standing import NotReady, Overtaken

LOCK = 7_317_440_703  # one import writes at a time: two imports of the same people make one person
SHORT = 2_500  # rows that are not worth cutting up
TRIES = 8  # times a disturbed import begins again
PAUSE, LONGEST_PAUSE = 0.5, 3.0  # seconds it lets another process go on


def request_commit(*, actor: Any, batch: Batch) -> None:
    """Hand a planned batch to the worker."""
    with transaction.atomic():
        _begin(batch)
        journal.record("ledger.commit_requested", actor=actor, area=batch.area_code, subject=batch)


def cancel_batch(*, actor: Any, batch: Batch) -> Batch:
    """Give a batch up that nothing was written of, and erase its file."""
    with transaction.atomic():
        batch = Batch._base_manager.select_for_update().get(pk=batch.pk)  # a worker may have begun it
        if batch.state == BatchState.DONE or (batch.state == BatchState.WRITING and batch.done_rows):
            raise NotReady(_("这一批已经写入登记册，不能取消；如有错误请在人员页面改正或撤销合并。"))
        if batch.state == BatchState.WRITING and not _lock(wait=False):
            raise NotReady(_("后台正在导入，现在不能取消；请稍后再看结果。"))
        store.erase(batch.stored)
        batch.state, batch.stored = BatchState.CANCELLED, ""
        batch.save(update_fields=["state", "stored"])
        journal.record("ledger.cancelled", actor=actor, area=batch.area_code, subject=batch)
    return batch


def _begin(batch: Batch) -> None:
    if batch.state not in (BatchState.PLANNED, BatchState.RECEIVED, BatchState.WRITING):
        raise NotReady(_("这一批的状态是“%(state)s”，不能导入。") % {"state": batch.get_state_display()})
    if batch.state != BatchState.WRITING:
        batch.state = BatchState.WRITING
        batch.people_before = people_in(batch.area_code)
        batch.save(update_fields=["state", "people_before"])


def people_in(area_code: str) -> int:
    """How many registered persons have a current tie in an area."""
    with within(Reach((prefix_of(area_code),))):
        return Person.objects.exclude(status="merged").count()


@kept()
def commit_batch(*, actor: Any, batch: Batch, progress: Callable[[int], None] = lambda rows: None) -> Batch:
    """Write a batch to the register. Called again after a kill it goes on where it stopped; called again
    after it is done it changes nothing.

    Args:
        progress: called with the number of rows done.
    """
    if Batch._base_manager.filter(pk=batch.pk, state=BatchState.DONE).exists():
        batch.refresh_from_db()
        return batch
    _begin(batch)
    disturbed = 0
    while batch.state == BatchState.WRITING:
        stood = Batch._base_manager.values_list("done_rows", flat=True).get(pk=batch.pk)
        try:
            _finish(actor, batch, _write_batch(actor, batch, progress, ahead=not disturbed))
        except Overtaken:
            time.sleep(PAUSE)
        except IntegrityError:  # somebody registered one of these people between our look and our write
            disturbed += 1
            if disturbed == TRIES:
                raise
            time.sleep(min(PAUSE * disturbed, LONGEST_PAUSE))
        batch.refresh_from_db()
        if batch.done_rows > stood:  # it goes on, if slowly: whoever registers there is done with those rows
            disturbed = min(disturbed, 1)
    if batch.state != BatchState.DONE:
        raise NotReady(_("这一批的状态是“%(state)s”，没有导入。") % {"state": batch.get_state_display()})
    return batch


def _write_batch(actor: Any, batch: Batch, progress: Callable[[int], None], *, ahead: bool = True) -> Run:
    """Write what is left. Where somebody registers the same people meanwhile, not ``ahead``: then a chunk is
    decided and written in one short transaction."""
    with open_run(batch, beside=not connection.in_atomic_block) as run:
        _restore(batch, run)
        behind = ahead and connection.vendor == "postgresql" and not connection.in_atomic_block
        height = run.file.frame.height
        pace = _pace(height) if behind else CHUNK
        chunks = [(start, min(start + pace, height)) for start in range(batch.done_rows, height, pace)]
        if behind and len(chunks) > 1:
            _write_behind(actor, batch, run, chunks, progress)
        else:
            for start, stop in chunks:
                with transaction.atomic():
                    _lock()
                    _must_stand(batch, start)
                    run.process(start, stop, write=True)
                    _record_chunk(actor, batch, run, start, stop)
                progress(stop)
    return run


def _pace(height: int) -> int:
    """Rows a chunk: a short file is cut up, too, so that its people are written side by side."""
    return min(CHUNK, max(SHORT, -(-height // 6)))


def _write_behind(
    actor: Any, batch: Batch, run: Run, chunks: list[tuple[int, int]], progress: Callable[[int], None]
) -> None:
    """Decide one chunk while those before are being written. Rows of one file are told apart in memory, so
    deciding needs no row that is still under way; the lock keeps every other import out meanwhile."""
    with transaction.atomic():
        _lock()
        _must_stand(batch, batch.done_rows)
        run.file.first_of_all = not Person._base_manager.exists()
        behind = Behind()
        try:
            for start, stop in chunks:
                with collecting() as writes:
                    run.process(start, stop, write=True)
                    _record_chunk(actor, batch, run, start, stop)
                behind.submit(writes)
                progress(start)
            behind.settle()
            progress(chunks[-1][1])
        finally:
            behind.close()  # under the lock still: nobody else looks before the last chunk stands


def _must_stand(batch: Batch, done: int) -> None:
    """Called under the lock. Raises Overtaken when the batch no longer stands where this process left it."""
    now = Batch._base_manager.filter(pk=batch.pk).values_list("state", "done_rows").get()
    if now != (BatchState.WRITING, done):
        raise Overtaken


def _restore(batch: Batch, run: Run) -> None:
    """After a kill: what the chunks already written came to."""
    if not batch.done_rows:
        return
    written = Row.objects.filter(batch=batch).order_by("pk").values_list("outcome", "person_id")
    run.recall(batch.done_rows, written.iterator())  # they were written in the order of the frame


def _record_chunk(actor: Any, batch: Batch, run: Run, start: int, stop: int) -> None:
    """What the rows came to, how far the batch is, and the line of the trail: in the chunk's transaction."""
    cases = _cases(batch, run, start, stop)
    digest = _write_results(batch, run, start, stop)
    data = {"from": start, "to": stop, "results": digest}
    written = Batch(pk=batch.pk, area_code=batch.area_code)

    def note() -> None:
        Case.objects.bulk_create(cases, ignore_conflicts=True)
        if not Batch.objects.filter(pk=batch.pk, done_rows=start).update(done_rows=stop):
            raise Overtaken  # the last commit of a killed process came to stand after we looked
        journal.record("ledger.rows_written", actor=actor, area=batch.area_code, subject=written, data=data)

    later(note, last=True)
    batch.done_rows = stop


def _lock(*, wait: bool = True) -> bool:
    """Keep every other import out until the transaction ends; without ``wait`` False when one is in.
    On SQLite the transaction itself is that lock."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _write_results(batch: Batch, run: Run, start: int, stop: int) -> str:
    """One line a row; returns the digest of what they came to, for the trail."""
    columns, names = run.file.columns, run.file.intake.names
    rows = range(start, stop)
    problems = _problems_by_row(run)
    sheets = [names[columns["sheet"][row]][:31] for row in rows]
    details = [_detail(run, row, problems) for row in rows]
    write_rows(
        Row,
        {
            "id": reserve_ids(Row, stop - start),
            "batch": [batch.pk] * (stop - start),
            "sheet": sheets,
            "number": columns["number"][start:stop],
            "key": [run.file.keys.get(row, "") for row in rows],
            "outcome": run.outcome[start:stop],
            "person": run.person[start:stop],
            "detail": details,
        },
    )
    digest = hashlib.sha256()
    for row in rows:
        digest.update(f"{columns['number'][row]}:{run.outcome[row]}:{run.person[row]};".encode())
    return digest.hexdigest()


def _problems_by_row(run: Run) -> dict[tuple[str, int], list[list[str]]]:
    held = getattr(run, "problems_by_row", None)
    if held is None:
        held = {}
        for problem in run.file.intake.problems:
            held.setdefault((problem.sheet, problem.row), []).append([problem.header[:40], problem.code])
        run.problems_by_row = held  # type: ignore[attr-defined]
    return held


def _detail(run: Run, row: int, problems: dict[tuple[str, int], list[list[str]]]) -> str | dict[str, Any]:
    columns = run.file.columns
    if columns["aside"][row]:
        return {"beside": "owner"}
    found = problems.get((run.file.intake.names[columns["sheet"][row]], columns["number"][row]))
    changed = run.changed.get(row)
    if not found and not changed:
        return "{}"
    detail = {"changed": changed or [], "problems": found or []}
    return detail | ({"filled": run.filled[row]} if row in run.filled else {})


def _cases(batch: Batch, run: Run, start: int, stop: int) -> list[Case]:
    """Rows that wait for a human, each beside the person it may be."""
    cases = []
    for row in range(start, stop):
        doubt, ask = run.doubts.get(row), run.asked.get(row)
        if doubt:
            person, score, reasons = doubt.held.pk, doubt.score, doubt.reasons
        elif ask and run.person[run.file.leaders[ask[0]]]:
            person, score, reasons = run.person[run.file.leaders[ask[0]]], ask[1], ask[2]  # type: ignore[assignment]
        else:
            continue
        cases.append(_case(batch, run, row, person, score, reasons))
    return cases


def _case(batch: Batch, run: Run, row: int, person: int, score: float, reasons: tuple[str, ...]) -> Case:
    columns = run.file.columns
    offer = run.offer(row)
    door = run.file.doors[row]
    offered = {
        "facts": offer.facts,
        "ties": [tie._asdict() for tie in offer.ties],
        "door": door.key if door else "",
        "day": run.stamp.day.isoformat(),
    }
    return Case(
        area_code=door.community if door else batch.area_code,
        batch=batch,
        sheet=run.file.intake.names[columns["sheet"][row]][:31],
        number=columns["number"][row],
        key=run.file.keys.get(row) or f"{batch.pk}.{row}",
        person_id=person,
        score=score,
        reasons=list(reasons),
        offered_sealed=seal(json.dumps(offered, ensure_ascii=False, default=str)),
    )


def _finish(actor: Any, batch: Batch, run: Run) -> None:
    with transaction.atomic():
        if not Batch._base_manager.filter(pk=batch.pk, state=BatchState.WRITING).exists():
            raise Overtaken
        batch.counts, batch.rows = run.counts, run.rows
        batch.preview_sealed = seal(json.dumps(preview_of_run(run), ensure_ascii=False, default=str))
        batch.state, batch.finished_at = BatchState.DONE, timezone.now().astimezone(UTC)
        batch.people_after = people_in(batch.area_code)
        if not batch.counts[Outcome.ERROR] and not run.file.intake.problems:
            store.erase(batch.stored)
            batch.stored = ""
        batch.save()
        journal.record("ledger.imported", actor=actor, area=batch.area_code, subject=batch, data=batch.counts)

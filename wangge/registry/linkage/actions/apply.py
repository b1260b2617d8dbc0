"""What a run found is written: merges, settled rows, questions. One transaction, all of it or nothing."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.registry.ledgers.actions import settle_case
from wangge.registry.ledgers.actions.commit import LOCK
from wangge.registry.ledgers.enums import CaseState
from wangge.registry.ledgers.models import Case
from wangge.registry.people.actions import merge_persons
from wangge.registry.people.models import Merge, Person
from wangge.registry.people.rules import Declined

from ..enums import MACHINE, PairState, RunState
from ..models import LinkRun, SettledRow
from ..pipeline.looking import Look
from ..pipeline.memory import remembered
from ..pipeline.planning import Found, Settling
from .pairs import Written, write_pairs


class Overtaken(Exception):
    """Another process took this run over; what this one did is rolled back."""


def apply_look(*, run: LinkRun, found: Look, seconds: float) -> None:
    """Write what follows from a look at the register.

    The register may have changed since: who was merged, numbered or found different in the meantime is left
    alone, and the next run sees it.

    Raises:
        Overtaken: the run is no longer this process's.
    """
    with transaction.atomic():
        _keep_imports_out()
        written = _merged(run, found)
        written += [Written(each, PairState.OPEN) for each in found.plan.asks]
        written += [Written(each, PairState.REFUSED) for each in found.plan.refused]
        counts = found.counts() | write_pairs(run, written, found.inside)
        counts["settled"] = _settle(run, found.plan.settles)
        _finish(run, found, counts, seconds)


def _keep_imports_out() -> None:
    """An import holds persons in memory while it writes; on SQLite the transaction itself keeps it out."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _merged(run: LinkRun, found: Look) -> list[Written]:
    memory, reason = remembered(), _("同一人核对，第 %(run)d 次运行") % {"run": run.pk}
    written = []
    for each in found.plan.merges:
        if memory.forbids(each.one, each.other):
            continue
        if merge := _merge(each, reason):
            written.append(Written(each, PairState.SAME, merge))
    return written


def _merge(each: Found, reason: str) -> Merge | None:
    try:
        with transaction.atomic():
            return merge_persons(
                actor=MACHINE, keep=Person(pk=each.one), absorb=Person(pk=each.other), reason=reason
            )
    except (Declined, KeyError):  # merged, numbered or gone since the register was read
        return None


def _settle(run: LinkRun, settles: list[Settling]) -> int:
    waiting = Case._base_manager.filter(pk__in=[each.case for each in settles], state=CaseState.OPEN)
    waiting = waiting.exclude(pk__in=SettledRow._base_manager.values("case_id"))  # reopened: a human's now
    open_now = {case.pk: case for case in waiting.select_related("batch", "person")}
    rows = []
    for each in settles:
        if each.case in open_now:
            settle_case(actor=MACHINE, case=open_now[each.case], same=True)
            rows.append(
                SettledRow(
                    case_id=each.case, run=run, probability=each.scored.probability,
                    weight=each.scored.weight, findings=each.findings,
                )
            )  # fmt: skip
    SettledRow._base_manager.bulk_create(rows)
    return len(rows)


def _finish(run: LinkRun, found: Look, counts: dict[str, int], seconds: float) -> None:
    loads = [[load.rule.code, load.pairs, load.largest] for load in found.linked.loads]
    values: dict[str, Any] = {
        "state": RunState.DONE, "stage": "", "problem": "", "ended_at": timezone.now(),
        "upper": found.limits.upper, "lower": found.limits.lower, "counts": counts, "loads": loads,
        "rates": found.rates(), "seconds": round(seconds, 2),
    }  # fmt: skip
    mine = LinkRun._base_manager.filter(pk=run.pk, token=run.token, state=RunState.RUNNING)
    if not mine.update(**values):
        raise Overtaken
    journal.record("linkage.done", actor=run.asked_by, area=run.area_code, subject=run, data=counts)

"""Records that contradict themselves: found, repaired, dismissed, taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.lib.scoping import prefix_filter

from ..enums import DiscrepancyState
from ..models import Discrepancy, Person, Tie
from ..queries import known_at
from ..rules import ALL, Declined, Fault
from ..rules.finding import Found, faults_among, mark_of
from .repair import apply_steps, take_back

AT_ONCE = 2_000
KEPT = (DiscrepancyState.OPEN, DiscrepancyState.DISMISSED)


def check_people(people: Iterable[int]) -> Counter[str]:
    """Look at these people and their households; what does not hold waits in the worklist, what holds again
    leaves it, what was dismissed stays so. Running it again changes nothing.

    Returns:
        How many faults there are by rule, and under "new" how many were not known.
    """
    counts: Counter[str] = Counter()
    for some in _batched(people):
        with transaction.atomic():
            found = faults_among(some, timezone.localdate())
            counts["new"] += _keep(found)
            counts.update(fault.rule for fault in found.faults)
    return counts


def _batched(people: Iterable[int]) -> Iterator[tuple[int, ...]]:
    rest = iter(people)
    while some := tuple(islice(rest, AT_ONCE)):
        yield some


def _keep(found: Found) -> int:
    held = Discrepancy._base_manager.filter(Q(person__in=found.people) | Q(household__in=found.homes))
    rows = {(row.person_id, row.rule, row.mark): row for row in held}
    now = {(fault.person, fault.rule, mark_of(fault)): fault for fault in found.faults}
    new = [_row(fault, mark) for (*_key, mark), fault in now.items() if (*_key, mark) not in rows]
    Discrepancy._base_manager.bulk_create(new, ignore_conflicts=True)
    back = [row.pk for key, row in rows.items() if key in now and row.state not in KEPT]
    Discrepancy._base_manager.filter(pk__in=back).update(state=DiscrepancyState.OPEN, undo_sealed="")
    for key, row in rows.items():
        if key in now and row.area_code != now[key].area_code:
            Discrepancy._base_manager.filter(pk=row.pk).update(area_code=now[key].area_code)
    gone = [row.pk for key, row in rows.items() if key not in now and _is_gone(row, found)]
    Discrepancy._base_manager.filter(pk__in=gone).update(state=DiscrepancyState.GONE)
    return len(new) + len(back)


def _is_gone(row: Discrepancy, found: Found) -> bool:
    open_still = row.state == DiscrepancyState.OPEN
    return open_still and (row.rule not in ALL or found.looked_at(row.rule, row.person_id, row.household_id))


def _row(fault: Fault, mark: str) -> Discrepancy:
    return Discrepancy(
        area_code=fault.area_code, rule=fault.rule, person_id=fault.person, household_id=fault.household,
        ties=list(fault.ties), mark=mark,
    )  # fmt: skip


def check_area(prefix: str) -> Counter[str]:
    """Check everybody with a present tie inside an area, some thousands at a time."""
    inside = Tie.objects.filter(known_at(None), prefix_filter("area_code", prefix), valid_to=None)
    people = inside.order_by("person").values_list("person", flat=True).distinct()
    counts = check_people(people.iterator(chunk_size=AT_ONCE))
    counts["people"] = people.count()
    return counts


def fault_behind(row: Discrepancy) -> Fault | None:
    """What the record says now of a discrepancy; None when it no longer holds so."""
    found = faults_among([row.person_id], timezone.localdate())
    same = (fault for fault in found.faults if fault.person == row.person_id and fault.rule == row.rule)
    return next((fault for fault in same if mark_of(fault) == row.mark), None)


@transaction.atomic
def repair_discrepancy(*, actor: Any, discrepancy: Discrepancy, reason: str = "") -> Discrepancy:
    """Write what the sentence proposes, through the same verbs as by hand; ``undo_repair`` takes it back.

    Raises:
        Declined: decided already, the record has changed, nothing is proposed, or a part lies outside the
            caller's reach.
    """
    row = _waiting(discrepancy)
    Person._base_manager.select_for_update().get(pk=row.person_id)
    fault = fault_behind(row)
    if fault is None:
        raise Declined("changed", _("这条记录已经变了，矛盾不再是原来的样子；请刷新页面。"))
    if not fault.steps:
        raise Declined("nothing_proposed", _("这一条没有建议的改法，需要有人核实后在人员页修改。"))
    written = apply_steps(fault.steps)
    _decide(row, DiscrepancyState.REPAIRED, actor, reason, undo=written.sealed())
    changes = {"rule": row.rule, "fields": written.names, "source": int(written.source)}
    _record("discrepancy.repaired", actor, row, reason, changes)
    check_people([row.person_id])
    return row


@transaction.atomic
def dismiss_discrepancy(*, actor: Any, discrepancy: Discrepancy, reason: str) -> Discrepancy:
    """It is right as it stands: remembered, and not raised again while these facts stay.

    Raises:
        Declined: decided already, or no reason.
    """
    if len(reason.strip()) < 2:
        raise Declined("no_reason", _("请写明为什么不是问题（至少两个字）。"))
    row = _waiting(discrepancy)
    _decide(row, DiscrepancyState.DISMISSED, actor, reason)
    _record("discrepancy.dismissed", actor, row, reason, {"rule": row.rule})
    return row


@transaction.atomic
def reopen_discrepancy(*, actor: Any, discrepancy: Discrepancy, reason: str = "") -> Discrepancy:
    """Take a repair or a dismissal back: what the repair wrote is undone, and the matter waits again.

    Raises:
        Declined: it waits already, what the repair wrote was changed since, or it is older than 180 days.
    """
    row = Discrepancy._base_manager.select_for_update().get(pk=discrepancy.pk)
    if row.state not in (DiscrepancyState.REPAIRED, DiscrepancyState.DISMISSED):
        raise Declined("waiting", _("这一条没有可以撤销的处理。"))
    if row.state == DiscrepancyState.REPAIRED:
        if not row.undo_sealed:
            raise Declined(
                "forgotten", _("修复已超过 180 天，原来的内容已按期销毁，不能再撤销；请直接更正。")
            )
        Person._base_manager.select_for_update().get(pk=row.person_id)
        take_back(row.undo_sealed)
    _decide(row, DiscrepancyState.OPEN, actor, "")
    _record("discrepancy.reopened", actor, row, reason, {"rule": row.rule})
    check_people([row.person_id])
    row.refresh_from_db()
    return row


def _waiting(discrepancy: Discrepancy) -> Discrepancy:
    row = Discrepancy._base_manager.select_for_update().get(pk=discrepancy.pk)
    if row.state != DiscrepancyState.OPEN:
        raise Declined("decided", _("这一条已有人处理，或已不存在；请刷新页面。"))
    return row


def _decide(row: Discrepancy, state: DiscrepancyState, actor: Any, reason: str, undo: str = "") -> None:
    row.state, row.undo_sealed, row.decided_at = state, undo, timezone.now()
    row.decided_by = journal.account_of(actor)
    row.reason = journal.without_personal(reason)[:200]
    row.save()


def _record(kind: str, actor: Any, row: Discrepancy, reason: str, changes: dict[str, Any]) -> None:
    journal.record(kind, actor=actor, area=row.area_code, subject=row.person, changes=changes, reason=reason)

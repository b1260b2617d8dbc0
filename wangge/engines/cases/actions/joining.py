"""Two numbers that are one matter, and one number that is two."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal import actions as journal

from ..models import Case, Follower
from ..rules import capacities, may_see
from . import clocks, tallies
from .chain import Wish, write
from .opening import Matter, open_case

MERGERS = {"community", "street", "district"}


@transaction.atomic
def merge_case(*, actor: Any, case: Case, into: Case, op: UUID, words: str = "") -> Case:
    """``case`` goes on under ``into``; whoever follows it follows that one from now on.

    Raises:
        Refused: not in the actor's capacity. Unacceptable: closed, merged before, or of another system.
    """
    first, second = sorted((case.pk, into.pk))
    rows = {
        row.pk: row
        for row in Case._base_manager.select_for_update().filter(pk__in=[first, second]).order_by("pk")
    }
    row, target = rows[case.pk], rows[into.pk]
    if row.merged_into_id == target.pk:
        return target
    _may_join(actor, row, target)
    before, now = tallies.counted(row), timezone.now()
    running = list(row.clocks.filter(stopped_at=None))
    for clock in running:
        clocks.stop_one(clock, now)
        clock.save()
    row.merged_into, row.closed_at, row.next_at, row.due_at, row.late = target, now, None, None, False
    _write_both(actor, row, target, op, words)
    tallies.shift(before, tallies.counted(row))
    Follower.objects.filter(case=row).update(case=target)
    data = {"number": row.number, "into": target.number}
    journal.record("case.merged", actor=actor, area=row.area_code, subject=row, data=data)
    return target


def _may_join(actor: Any, row: Case, target: Case) -> None:
    for each in (row, target):
        if not may_see(actor, each) or not capacities(actor, each) & MERGERS:
            raise Refused(_("合并要由社区或镇街来办，两件事都要在您的范围内。"))
    if row.pk == target.pk or row.system != target.system:
        raise Unacceptable(_("只能并入同一类的另一件事。"))
    if row.closed_at or target.closed_at:
        raise Unacceptable(_("办结的事项不能合并。"))


def _write_both(actor: Any, row: Case, target: Case, op: UUID, words: str) -> None:
    now = timezone.now()
    for each, key, other in ((row, "merge", target), (target, "merged", row)):
        wish = Wish(key, uuid5(op, key), words=words, data={"other": other.number})
        write(actor=actor, case=each, who="", came_from=each.state, wish=wish, at=now)
        each.save()


@transaction.atomic
def split_case(*, actor: Any, case: Case, matter: Matter, words: str = "") -> Case:
    """A part of a case gets a number of its own; both name each other.

    Raises:
        Refused: not in the actor's capacity. Unacceptable: what ``open_case`` raises, or it is closed.
    """
    row = Case._base_manager.select_for_update().get(pk=case.pk)
    if not may_see(actor, row) or not capacities(actor, row) & MERGERS:
        raise Refused(_("拆分要由社区或镇街来办。"))
    if row.closed_at:
        raise Unacceptable(_("办结的事项不能拆分。"))
    part = open_case(actor=actor, matter=matter, split_from=row)
    op = uuid5(matter.op, "split")
    if not row.steps.filter(op=op).exists():
        wish = Wish("split", op, words=words, data={"other": part.number})
        write(actor=actor, case=row, who="", came_from=row.state, wish=wish, at=timezone.now())
        row.save(update_fields=["version", "head"])
        data = {"number": row.number, "part": part.number}
        journal.record("case.split", actor=actor, area=row.area_code, subject=row, data=data)
    return part

"""Two numbers that are one matter, and one number that is two."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal import actions as journal

from ..kinds import may_split
from ..models import Case, Follower, Step
from ..rules import capacities, may_see
from .chain import Wish, write
from .opening import Matter, open_case
from .steps import take_step

MERGERS = {"community", "street", "district"}


@transaction.atomic
def merge_case(*, actor: Any, case: Case, wish: Wish) -> Step:
    """The case goes on under ``wish.other``; whoever follows it follows that one from now on. ``wish.key`` is
    a step of the procedure that needs another case.

    Raises:
        What ``take_step`` raises; Refused where the other case is not in her hands either; Unacceptable where
        it is closed, the same, or of another system.
    """
    into = wish.other
    if into is None:
        raise Unacceptable(_("请选并入哪一件事项。"))
    known = case.steps.filter(op=wish.op).first()
    if known is not None:
        return known
    keys = sorted({case.pk, into.pk})
    locked = {
        row.pk: row for row in Case._base_manager.select_for_update().filter(pk__in=keys).order_by("pk")
    }
    row, target = locked[case.pk], locked[into.pk]
    _may_join(actor, row, target)
    told = replace(wish, other=target, data={**wish.data, "other": target.number})
    step = take_step(actor=actor, case=row, wish=told, joins=True)
    _write_at_target(actor, row, target, wish)
    Follower.objects.filter(case=row).update(case=target)
    data = {"number": row.number, "into": target.number}
    journal.record("case.merged", actor=actor, area=row.area_code, subject=row, data=data)
    return step


def _may_join(actor: Any, row: Case, target: Case) -> None:
    if not may_see(actor, target) or not capacities(actor, target) & MERGERS:
        raise Refused(_("合并要由社区或镇街来办，两件事都要在您的范围内。"))
    if row.pk == target.pk or row.system != target.system:
        raise Unacceptable(_("只能并入同一类的另一件事。"))
    if target.closed_at or target.merged_into_id:
        raise Unacceptable(_("办结的事项不能再并入别的。"))


def _write_at_target(actor: Any, row: Case, target: Case, wish: Wish) -> None:
    told = Wish("merged", uuid5(wish.op, "merged"), words=wish.words, data={"other": row.number})
    write(actor=actor, case=target, who="", came_from=target.state, wish=told, at=timezone.now())
    target.save(update_fields=["version", "head"])


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
    if not may_split(row):
        raise Unacceptable(_("这类事项不能拆分。"))
    part = open_case(actor=actor, matter=matter, split_from=row)
    op = uuid5(matter.op, "split")
    if not row.steps.filter(op=op).exists():
        wish = Wish("split", op, words=words, data={"other": part.number})
        write(actor=actor, case=row, who="", came_from=row.state, wish=wish, at=timezone.now())
        row.save(update_fields=["version", "head"])
        data = {"number": row.number, "part": part.number}
        journal.record("case.split", actor=actor, area=row.area_code, subject=row, data=data)
    return part

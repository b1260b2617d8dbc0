"""调解一次: a step of the case, with who mediated and what each side said."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.engines.cases.actions import Wish, take_step
from wangge.engines.cases.enums import When
from wangge.engines.cases.models import Case
from wangge.foundation.access.models import User
from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.lib.sealing import blind

from ..models import Mediator, Session
from ..queries.parties import rows_of
from ..reading.days import lately
from .parties import look_at_name
from .words import sealed


@dataclass(frozen=True)
class Told:
    """A sitting. ``said``: by the party's number; ``others``: who mediated without an account."""

    op: UUID
    held_on: date
    place: str
    way: str
    result: str
    words: str
    mediators: Sequence[User] = ()
    others: Sequence[str] = ()
    said: dict[int, str] = field(default_factory=dict)
    next_on: date | None = None
    photos: tuple[str, ...] = ()

    def digest(self) -> str:
        """Two of one op are the same when this is."""
        told = [self.held_on, self.place, self.way, self.result, sorted(user.pk for user in self.mediators),
                list(self.others), self.said, self.next_on]  # fmt: skip
        return blind(json.dumps(told, sort_keys=True, default=str), "disputes.session")


@transaction.atomic
def record_session(*, actor: Any, case: Case, told: Told, seen: int | None = None) -> Session:
    """Write a sitting down; the same op again is the same one.

    Args:
        seen: the last step of the case she saw.

    Raises:
        NotNow, Stale, Refused, Unacceptable: what ``take_step`` raises; nobody mediated, a mediator is a
            party, or the day is still to come.
    """
    row = Case._base_manager.select_for_update().get(pk=case.pk)
    known = Session._base_manager.filter(op=told.op).first()
    if known is not None:
        return _same(known, told)
    _look_at(row, told)
    number = Session._base_manager.filter(case=row).count() + 1
    photos = tuple((digest, str(When.OTHER)) for digest in told.photos)
    data = {"session": number, "result": told.result}
    step = take_step(
        actor=actor, case=row, wish=Wish("session", told.op, seen, words=told.words, photos=photos, data=data)
    )
    kept = {number: words.strip() for number, words in told.said.items() if words.strip()}
    made = Session._base_manager.create(
        op=told.op, digest=told.digest(), case=row, number=number, step=step.number, held_on=told.held_on,
        place=told.place.strip()[:120], way=told.way, others="、".join(told.others)[:120],
        said_sealed=sealed(json.dumps(kept, ensure_ascii=False)) if kept else "", result=told.result,
        next_on=told.next_on, account=journal.account_of(actor),
    )  # fmt: skip
    for user in told.mediators:
        Mediator._base_manager.create(session=made, user=user)
    told_data = {"number": row.number, **data, "mediators": len(told.mediators) + len(told.others)}
    journal.record("dispute.mediated", actor=actor, area=row.area_code, subject=made, data=told_data)
    return made


def _same(known: Session, told: Told) -> Session:
    if known.digest != told.digest():
        raise Unacceptable(_("这一次调解已经记过，内容不同；请刷新后再试。"))
    return known


def _look_at(case: Case, told: Told) -> None:
    if not told.mediators and not told.others:
        raise Unacceptable(_("请选谁来调解，或写外请的调解人。"))
    for name in [*(user.name for user in told.mediators), *told.others]:
        look_at_name(case, name)
    if told.held_on > timezone.localdate():
        raise Unacceptable(_("调解的日子还没有到；调解过了再记。"))
    if not lately(told.held_on, timezone.localdate()):
        raise Unacceptable(_("日子太早，超过一年了；请核对年份。"))
    if set(told.said) - set(rows_of(case).values_list("number", flat=True)):
        raise Unacceptable(_("当事人刚才改过；请刷新后再记。"))

"""回访: whether what was agreed on is done; then it is closed, or mediated again."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.engines.cases.actions import Wish, take_step
from wangge.engines.cases.models import Case
from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.lib.sealing import blind

from ..models import Agreement, FollowUp, Term
from ..queries.agreements import draft_of, terms_in_force
from ..reading.days import lately
from .words import sealed

STEPS = ("visit", "close", "broken")


@dataclass(frozen=True)
class Told:
    """What was found. ``do``: one of ``STEPS``; ``kept``: by the term's key, True, False or None."""

    op: UUID
    do: str
    on: date
    by: str
    words: str
    kept: dict[int, bool | None] = field(default_factory=dict)
    opinion: int | None = None

    def digest(self) -> str:
        """Two of one op are the same when this is."""
        told = [self.do, self.on, self.by, self.kept, self.opinion]
        return blind(json.dumps(told, sort_keys=True, default=str), "disputes.follow_up")


@transaction.atomic
def follow_up(*, actor: Any, case: Case, told: Told, seen: int | None = None) -> FollowUp:
    """Write down what was found and take the step; the same op again is the same one.

    Raises:
        NotNow, Stale, Refused, Unacceptable: what ``take_step`` raises; closed although something is not
            done, broken although everything is.
    """
    row = Case._base_manager.select_for_update().get(pk=case.pk)
    known = FollowUp._base_manager.filter(op=told.op).first()
    if known is not None:
        return _same(known, told)
    _look_at(row, told)
    done = _mark(row, told)
    data = {"kept": done, "on": told.on.isoformat()}
    step = take_step(actor=actor, case=row, wish=Wish(told.do, told.op, seen, words=told.words, data=data))
    made = FollowUp._base_manager.create(
        op=told.op, digest=told.digest(), case=row, step=step.number, on=told.on, by=told.by, kept=done,
        opinion=told.opinion, words_sealed=sealed(told.words.strip()), account=journal.account_of(actor),
        user=None if isinstance(actor, str) else actor,
    )  # fmt: skip
    if told.do != "visit":
        _end(row, told.do == "close")
    entry = {"number": row.number, "step": told.do, "kept": done}
    journal.record("dispute.followed_up", actor=actor, area=row.area_code, subject=made, data=entry)
    return made


def _same(known: FollowUp, told: Told) -> FollowUp:
    if known.digest != told.digest():
        raise Unacceptable(_("这一次回访已经记过，内容不同；请刷新后再试。"))
    return known


def _look_at(case: Case, told: Told) -> None:
    if told.do not in STEPS:
        raise Unacceptable(_("规程里没有这一步。"))
    if told.on > timezone.localdate():
        raise Unacceptable(_("回访的日子还没有到；回访过了再记。"))
    if not lately(told.on, timezone.localdate()):
        raise Unacceptable(_("日子太早，超过一年了；请核对年份。"))
    if told.do != "visit" and (draft := draft_of(case)) is not None and draft.supplement_to_id:
        raise Unacceptable(_("补充协议还没有签；请先签好，再结案或再调解。"))


def _mark(case: Case, told: Told) -> bool | None:
    """Mark each term; True when all are done, False when one is not, None while nobody knows."""
    terms = terms_in_force(case)
    for term in terms:
        said = told.kept.get(term.pk, term.kept)
        if said != term.kept:
            Term._base_manager.filter(pk=term.pk).update(kept=said, kept_on=told.on if said else None)
            term.kept = said
    states = {term.kept for term in terms}
    done = True if states == {True} else False if False in states else None
    if told.do == "close" and done is not True:
        raise Unacceptable(_("还有没履行的协议内容，不能结案；请逐条标明，或再调解。"))
    if told.do == "broken" and done is True:
        raise Unacceptable(_("协议内容都已履行，不用再调解；请结案。"))
    return done


def _end(case: Case, kept: bool) -> None:
    """What was in force is fulfilled, or is broken and holds no more."""
    keys = {term.agreement_id for term in terms_in_force(case)}
    Agreement._base_manager.filter(pk__in=keys).update(kept=kept)

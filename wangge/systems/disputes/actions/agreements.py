"""The agreement: drafted, signed on paper, never changed afterwards; what comes later is a supplement."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.engines.cases.actions import NotNow, Stale, Wish, take_step
from wangge.engines.cases.enums import When
from wangge.engines.cases.models import Case
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal import actions as journal

from ..models import Agreement, Party, Term
from ..queries.agreements import draft_of, in_force, terms_in_force
from ..queries.parties import rows_of
from ..queries.record import opened
from ..reading.days import lately, owed
from ..rules import leads
from .words import sealed

MOST_TERMS = 20
FOLLOWED = timedelta(days=7)  # 示例
MOST_MONEY = Decimal("9999999999.99")


@dataclass(frozen=True)
class TermTold:
    """One thing agreed on. ``party``: the number of who owes it, None for all."""

    words: str
    due_on: date
    party: int | None = None
    amount: Decimal | None = None


@dataclass(frozen=True)
class Told:
    """A draft. ``version``: of the draft she saw, 0 where there was none."""

    op: UUID
    facts: str
    terms: Sequence[TermTold]
    version: int = 0


@dataclass(frozen=True)
class Signed:
    """The paper that was signed."""

    op: UUID
    signed_on: date
    photos: tuple[str, ...]
    words: str = ""


@transaction.atomic
def draft_agreement(*, actor: Any, case: Case, told: Told) -> Agreement:
    """Keep a draft: of the agreement while it is mediated, of a supplement once one is in force. The same op
    again is the same draft.

    Raises:
        Refused: she does not lead it. NotNow: it is neither mediated nor agreed on. Stale: somebody changed
            the draft meanwhile. Unacceptable: no facts, no term, a term without words or of nobody.
    """
    row = Case._base_manager.select_for_update().get(pk=case.pk)
    if not leads(actor, row):
        raise Refused(_("协议由承办人起草。"))
    draft = draft_of(row)
    if draft is not None and draft.last_op == told.op:
        return draft
    if Agreement._base_manager.filter(case=row, signed_op=told.op).exists():
        raise Unacceptable(_("协议已经签订，不能再改；有变化请另写补充协议。"))
    if row.state not in ("mediating", "agreed"):
        raise NotNow(_("现在不能起草协议：调解中才能写协议，已达成的可以写补充协议。"))
    if told.version != (draft.version if draft else 0):
        raise Stale(_drafted_meanwhile(draft))
    owners = _look_at(row, told)
    draft = _kept(actor, row, draft, told)
    _write_terms(draft, told.terms, owners)
    data = {
        "number": row.number,
        "agreement": draft.number,
        "version": draft.version,
        "terms": len(told.terms),
    }
    journal.record("dispute.drafted", actor=actor, area=row.area_code, subject=draft, data=data)
    return draft


def _drafted_meanwhile(draft: Agreement | None) -> str:
    if draft is None:
        return _("协议已经签订，不能再改；有变化请另写补充协议。")
    return _("刚才有人改过这份协议；请看过最新的再改。")


def _look_at(case: Case, told: Told) -> dict[int, Party]:
    owners = {party.number: party for party in rows_of(case)}
    if not told.facts.strip() or not told.terms:
        raise Unacceptable(_("请写清纠纷事实，至少写一条协议内容。"))
    if len(told.terms) > MOST_TERMS:
        raise Unacceptable(_("协议内容最多 %(most)d 条。") % {"most": MOST_TERMS})
    today = timezone.localdate()
    for at, term in enumerate(told.terms, 1):
        if not term.words.strip():
            raise Unacceptable(_("第 %(at)d 条没有写内容。") % {"at": at})
        if term.party is not None and term.party not in owners:
            raise Unacceptable(_("第 %(at)d 条的履行人不是当事人；请重新选。") % {"at": at})
        if not owed(term.due_on, today):
            raise Unacceptable(_("第 %(at)d 条的日子太早或太晚；请核对年份。") % {"at": at})
        if term.amount is not None and not 0 < term.amount <= MOST_MONEY:
            raise Unacceptable(_("第 %(at)d 条的金额不对；不涉及钱的请空着。") % {"at": at})
    return owners


def _kept(actor: Any, case: Case, draft: Agreement | None, told: Told) -> Agreement:
    if draft is None:
        number = Agreement._base_manager.filter(case=case).count() + 1
        main = in_force(case) if case.state == "agreed" else None
        draft = Agreement(op=told.op, case=case, number=number, supplement_to=main, version=0)
    draft.facts_sealed, draft.version, draft.last_op = sealed(told.facts.strip()), draft.version + 1, told.op
    draft.drafted_by = journal.account_of(actor)
    draft.save()
    return draft


def _write_terms(draft: Agreement, terms: Sequence[TermTold], owners: dict[int, Party]) -> None:
    Term._base_manager.filter(agreement=draft).delete()
    for number, term in enumerate(terms, 1):
        Term._base_manager.create(
            agreement=draft, number=number, party=owners.get(term.party or 0), due_on=term.due_on,
            words_sealed=sealed(term.words.strip()), amount=term.amount,
        )  # fmt: skip


@transaction.atomic
def sign_agreement(*, actor: Any, agreement: Agreement, told: Signed, seen: int | None = None) -> Agreement:
    """The paper was signed: the step 达成协议 (or 补充协议), with photos. The same op again is the same.

    Raises:
        NotNow, Stale, Refused, Unacceptable: what ``take_step`` raises; no photo, signed already, or the day
            is still to come.
    """
    case = Case._base_manager.select_for_update().get(pk=agreement.case_id)
    row = Agreement._base_manager.select_for_update().get(pk=agreement.pk)
    if row.signed_op == told.op:
        return row
    if not leads(actor, case):
        raise Refused(_("协议由承办人签办。"))
    if row.signed_on is not None:
        raise Unacceptable(_("协议已经签订，不能再改；有变化请另写补充协议。"))
    if told.signed_on > timezone.localdate():
        raise Unacceptable(_("签字的日子还没有到。"))
    if not lately(told.signed_on, timezone.localdate()):
        raise Unacceptable(_("日子太早，超过一年了；请核对年份。"))
    if not told.photos:
        raise Unacceptable(_("请拍下签了字的协议书。"))
    digest = digest_of(row)
    wish = Wish(
        "supplement" if row.supplement_to_id else "agree", told.op, seen,
        words=told.words.strip() or _("各方已在协议书上签字。"),
        photos=tuple((photo, str(When.OTHER)) for photo in told.photos), until=_followed_by(case, row),
        data={"agreement": row.number, "signed_on": told.signed_on.isoformat(), "text": digest},
    )  # fmt: skip
    take_step(actor=actor, case=case, wish=wish)
    row.signed_op, row.signed_on, row.digest = told.op, told.signed_on, digest
    row.photos = list(told.photos)
    row.save()
    data = {"number": case.number, "agreement": row.number}
    journal.record("dispute.signed", actor=actor, area=case.area_code, subject=row, data=data)
    return row


def _followed_by(case: Case, row: Agreement) -> datetime:
    """By when it has to be known whether all is kept: some days after the last term is due."""
    held = {term.due_on for term in terms_in_force(case)}
    last = max({*row.terms.values_list("due_on", flat=True), *held, timezone.localdate()})
    return timezone.make_aware(datetime.combine(last + FOLLOWED, time(23, 59, 59)))


def digest_of(row: Agreement) -> str:
    """What the text was when it was signed, under its op: shows whether somebody changed it behind us."""
    terms = [[opened(term.words_sealed), str(term.amount or ""), term.due_on.isoformat()]
             for term in Term._base_manager.filter(agreement=row).order_by("number")]  # fmt: skip
    told = json.dumps([str(row.op), opened(row.facts_sealed), terms], ensure_ascii=False)
    return sha256(told.encode()).hexdigest()

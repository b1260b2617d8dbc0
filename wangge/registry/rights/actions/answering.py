"""The desk answers: does what was asked, or says on which ground of the law it does not."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access import queries as access
from wangge.foundation.access.rules import Refused, is_trusted
from wangge.foundation.journal import actions as journal
from wangge.lib.sealing import seal
from wangge.registry.people import actions as people
from wangge.registry.people.enums import Source

from ..enums import Ground, Kind, State
from ..models import RightsRequest
from ..queries.requests import SEALED_FOR, due_day, must_keep, wish_of

MOST_EXTENDED = 15  # working days, once


class Unfit(ValueError):
    """What was asked cannot be; says what to do instead."""


@transaction.atomic
def answer(
    *,
    actor: Any,
    request: RightsRequest,
    state: str,
    text: str,
    ground: str = "",
    fields: list[str] | None = None,
    source: int = Source.CERTIFICATE,
) -> RightsRequest:
    """Answer, and do in the same transaction what the answer says was done.

    Args:
        state: granted, partly or refused. ground: of the law, for what is refused.
        fields: which of the wished corrections or erasures are carried out.
        source: how a correction was checked, hence how far it is trusted.

    Raises:
        Refused: no right there. Unfit: answered already, no ground, a fact that duty keeps, or the register
        trusts another source more.
    """
    row = _open(actor, request)
    _check(row, state, ground, fields or [])
    row.done = _carry_out(actor, row, fields or [], source)
    if state == State.GRANTED and row.kind in (Kind.CORRECT, Kind.ERASE) and not row.done and row.fields:
        raise Unfit(_("没有勾选任何一项，就不是“已办理”；请勾选，或改选“不予办理”。"))
    row.state, row.ground, row.answer_sealed = state, ground, seal(text, SEALED_FOR)
    row.answered_at, row.answered_by = timezone.now(), journal.account_of(actor)
    row.save()
    told = {
        "state": state,
        "ground": ground,
        "fields": row.done,
        "on_time": row.due_on >= timezone.localdate(),
    }
    journal.record("rights.answered", actor=actor, area=row.area_code, subject=row, changes=told)
    return row


def _open(actor: Any, request: RightsRequest) -> RightsRequest:
    row = RightsRequest.objects.select_for_update().get(pk=request.pk)
    if not is_trusted(actor) and not access.may(actor, "rights.answer", row.area_code):
        raise Refused(_("您不能答复这个辖区的个人信息请求。"))
    if row.state != State.OPEN:
        raise Unfit(_("这个请求已经答复或撤回，请刷新页面。"))
    return row


def _check(row: RightsRequest, state: str, ground: str, fields: list[str]) -> None:
    if state not in (State.GRANTED, State.PARTLY, State.REFUSED):
        raise Unfit(_("请选择办理结果。"))
    if state != State.GRANTED and ground not in Ground.values:
        raise Unfit(_("不办理或只办理一部分，须选择法律依据。"))
    if state == State.REFUSED and fields:
        raise Unfit(_("既然不予办理，就不要勾选要办的项目。"))
    kept = sorted(set(fields) & set(must_keep())) if row.kind == Kind.ERASE else []
    if kept or set(fields) - set(row.fields):
        raise Unfit(_("勾选的项目中有履行职责必须保留的，或不在请求之内，不能办理。"))


def _carry_out(actor: Any, row: RightsRequest, fields: list[str], source: int) -> list[str]:
    if not fields or row.person is None:
        return []
    reason = _("个人信息请求 %(number)s") % {"number": row.number}
    if row.kind == Kind.ERASE:
        return people.forget_facts(actor=actor, person=row.person, fields=fields, reason=reason)
    wanted = {name: value for name, value in wish_of(row).items() if name in fields}
    try:
        outcome = people.update_person(
            actor=actor, person=row.person, facts=wanted, source=source, reason=reason
        )
    except people.Declined as why:
        raise Unfit(why.message) from why
    if outcome.contradicted:
        raise Unfit(_("登记册里的说法来源更可信，没有更正；请核验证件后选“证件核验”，或选不予办理。"))
    return sorted({*outcome.changed, *outcome.confirmed})


@transaction.atomic
def extend(*, actor: Any, request: RightsRequest, days: int, why: str) -> RightsRequest:
    """Give the clock more working days, once, with the reason she will read.

    Raises:
        Refused, Unfit: as ``answer``; or extended before, or too long.
    """
    row = _open(actor, request)
    if row.extended_days:
        raise Unfit(_("期限已经延长过一次，不能再延长。"))
    if not 1 <= days <= MOST_EXTENDED or len(why.strip()) < 2:
        raise Unfit(_("最多延长 %(most)d 个工作日，并写明理由。") % {"most": MOST_EXTENDED})
    row.extended_days, row.extended_why = days, journal.without_personal(why.strip())[:200]
    row.due_on = due_day(row.due_on, days)
    row.save(update_fields=["extended_days", "extended_why", "due_on"])
    told = {"days": days, "due_on": row.due_on}
    journal.record("rights.extended", actor=actor, area=row.area_code, subject=row, changes=told, reason=why)
    return row

"""由我承办, and who is named: each stands in the trail."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.engines.cases.models import Case
from wangge.foundation.access.models import User
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal import actions as journal

from ..enums import How
from ..models import Handler
from ..queries.handlers import able, active
from ..rules import may_appoint, may_take_on
from .parties import look_at_name


@transaction.atomic
def take_on(*, actor: Any, case: Case) -> Handler:
    """Handle a dispute that nobody handles; again it is the same.

    Raises:
        Refused: not her community or street, or somebody handles it already. Unacceptable: she is a party.
    """
    row = Case._base_manager.select_for_update().get(pk=case.pk)
    mine = active(row).filter(user=actor.pk).first()
    if mine is not None:
        return mine
    if not may_take_on(actor, row):
        raise Refused(_("这件纠纷已经有人承办，或不在您的社区、镇街；需要参加的话请承办人或上级指定您。"))
    look_at_name(row, actor.name)
    active(row).update(until=timezone.now())  # who is in no office there any more
    return _named(actor, row, actor, How.TOOK, "dispute.taken_on")


@transaction.atomic
def appoint(*, actor: Any, case: Case, user: User) -> Handler:
    """Name somebody for a dispute; again it is the same.

    Raises:
        Refused: she neither leads it nor manages offices there, or names herself. Unacceptable: no office
            there, or a party.
    """
    row = Case._base_manager.select_for_update().get(pk=case.pk)
    known = active(row).filter(user=user).first()
    if known is not None:
        return known
    if not may_appoint(actor, row):
        raise Refused(_("承办人由正在承办的人或上级指定。"))
    if not isinstance(actor, str) and user.pk == actor.pk:
        raise Refused(_("不能指定自己；没有人承办的纠纷请点“由我承办”。"))
    if user not in able(row):
        raise Unacceptable(_("请选在这个网格、社区或镇街任职的人。"))
    look_at_name(row, user.name)
    return _named(actor, row, user, How.APPOINTED, "dispute.appointed")


def _named(actor: Any, case: Case, user: User, how: How, kind: str) -> Handler:
    row = Handler._base_manager.create(case=case, user=user, how=how, by=journal.account_of(actor))
    data = {"number": case.number, "account": user.username, "how": str(how)}
    journal.record(kind, actor=actor, area=case.area_code, subject=case, data=data)
    return row


@transaction.atomic
def release(*, actor: Any, case: Case, user: User) -> None:
    """Somebody handles it no more; again nothing happens.

    Raises:
        Refused: she may not name anybody there. Unacceptable: nobody would be left.
    """
    row = Case._base_manager.select_for_update().get(pk=case.pk)
    if not may_appoint(actor, row):
        raise Refused(_("承办人由正在承办的人或上级指定。"))
    held = active(row).filter(user=user)
    if not held.exists():
        return
    if active(row).count() == 1:
        raise Unacceptable(_("至少要有一位承办人；请先指定另一位。"))
    held.update(until=timezone.now())
    data = {"number": row.number, "account": user.username}
    journal.record("dispute.released", actor=actor, area=row.area_code, subject=row, data=data)

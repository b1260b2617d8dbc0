"""Marking how far a resident is with the 粤居码: the status as a fact of the person, the rest beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.registry.people.actions import Outcome, update_person
from wangge.registry.people.enums import Source
from wangge.registry.people.models import Person
from wangge.registry.people.rules import Declined

from ..enums import CodeStatus
from ..models import ResidenceCode


@transaction.atomic
def mark_code(
    *,
    actor: Any,
    person: Person,
    status: str = "",
    on: date | None = None,
    guided: bool = False,
    address_agrees: bool | None = None,
) -> tuple[ResidenceCode, Outcome]:
    """What a worker saw or did. The same mark again on the same day is the same mark.

    Args:
        status: a ``CodeStatus``; "" leaves it. on: the day it was reached. guided: the worker helped.

    Returns:
        The mark, and what became of the status (a more trusted source makes it a contradiction).

    Raises:
        Declined: nothing to mark, no such status, a day to come, or nobody of this area.
    """
    today = timezone.localdate()
    if status and status not in CodeStatus.values:
        raise Declined("status", _("请选择粤居码状态。"))
    if not (status or guided or address_agrees is not None):
        raise Declined("nothing", _("请选择状态，或标记已指导申领。"))
    if on and on > today:
        raise Declined("future", _("日期不能晚于今天。"))
    outcome = Outcome()
    if status:
        outcome = update_person(
            actor=actor, person=person, facts={"residence_code_status": status}, source=Source.VISIT, on=today
        )
    told = {
        "code_date": on,
        "guided_by": journal.account_of(actor) if guided else "",
        "address_agrees": address_agrees,
    }
    same = ResidenceCode._base_manager.filter(
        **told, person=person, by=journal.account_of(actor), at__date=today, list_says=""
    )
    if not outcome.changed and (held := same.first()):
        return held, outcome
    mark = ResidenceCode._base_manager.create(
        **told, person=person, area_code=person.area_code, by=journal.account_of(actor), at=timezone.now(),
        demo=person.demo,
    )  # fmt: skip
    named = [name for name, value in {**told, "status": status}.items() if value not in ("", None)]
    journal.record(
        "residence_code.marked", actor=actor, area=mark.area_code, subject=person, changes={"fields": named}
    )
    return mark, outcome

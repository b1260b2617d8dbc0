"""An order starts, and is extended."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.lib.sealing.envelope import new_data_key

from ..enums import State
from ..models import EmergencyOrder
from ..queries import forget
from ..rules import codes_of, must_issue


def start_order(*, actor: Any, order: EmergencyOrder) -> EmergencyOrder:
    """Switch it on: from its start to its end its functions and fields exist in its areas.

    Raises:
        Refused: an area outside the actor's reach. Unacceptable: started before, or over already.
    """
    must_issue(actor, codes_of(order))
    with transaction.atomic():
        order = EmergencyOrder._base_manager.select_for_update().get(pk=order.pk)
        if order.state != State.DRAFT:
            raise Unacceptable(_("指令已经启动过。"))
        if order.ends <= timezone.now():
            raise Unacceptable(_("结束时间已经过去；请先修改结束时间。"))
        order.state, order.key_sealed = State.ACTIVE, new_data_key()
        order.started_by, order.started_at = journal.account_of(actor), timezone.now()
        order.save(update_fields=["state", "key_sealed", "started_by", "started_at"])
        data = {"number": order.number, "areas": codes_of(order), "until": order.ends.isoformat()}
        journal.record("order.started", actor=actor, area=order.area_code, subject=order, data=data)
        transaction.on_commit(forget)
    forget()
    return order


def extend_order(*, actor: Any, order: EmergencyOrder, ends: datetime, reason: str) -> EmergencyOrder:
    """Let an active order last longer.

    Raises:
        Refused: an area outside the actor's reach. Unacceptable: not active, not later, or no reason.
    """
    must_issue(actor, codes_of(order))
    if len(reason.strip()) < 2:
        raise Unacceptable(_("请写明延长的理由。"))
    with transaction.atomic():
        order = EmergencyOrder._base_manager.select_for_update().get(pk=order.pk)
        if order.state != State.ACTIVE:
            raise Unacceptable(_("只有已启动的指令可以延长。"))
        if ends <= order.ends or ends <= timezone.now():
            raise Unacceptable(_("新的结束时间要晚于现在的结束时间。"))
        before, order.ends, order.warned_at = order.ends, ends, None
        told = journal.without_personal(reason.strip())[:200]
        extended = [before.isoformat(), ends.isoformat(), told, journal.account_of(actor)]
        order.extensions = [*order.extensions, extended]
        order.save(update_fields=["ends", "warned_at", "extensions"])
        changes = {"ends": [before.isoformat(), ends.isoformat()]}
        journal.record(
            "order.extended", actor=actor, area=order.area_code, subject=order, changes=changes, reason=reason
        )
        transaction.on_commit(forget)
    forget()
    return order

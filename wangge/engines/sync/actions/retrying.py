"""A rejected operation is handled again, after the reason is gone."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.lib.sealing import unseal

from ..enums import State
from ..models import Operation
from ..reading import read_operation
from .receiving import decide


@transaction.atomic
def retry_operation(*, actor: Any, operation: Operation) -> Operation:
    """Handle it as if it came now, on behalf of who recorded it and for the time it was recorded.

    What it says is unchanged. The phone learns the outcome with its next pull, or when it sends it again.

    Raises:
        Unacceptable: it is not rejected (any more), or it is so old that it was emptied.
    """
    row = Operation._base_manager.select_for_update(of=("self",)).get(pk=operation.pk)
    if row.state != State.REJECTED:
        raise Unacceptable(_("这条记录已经处理过了，请刷新页面。"))
    if not row.payload_sealed:
        raise Unacceptable(_("这条记录已超过保存期，内容已经清除，不能再处理。"))
    sent = read_operation(json.loads(unseal(row.payload_sealed)), row.op, timezone.now())
    decide(row, sent, row.phone.user, row.phone, by_hand=True)
    data = {"kind": row.kind, "state": str(row.state)}
    journal.record("operation.retried", actor=actor, area=row.area_code, subject=row, data=data)
    return row

"""An order is closed here, not while somebody's browser waits."""

from __future__ import annotations

from wangge.flows.reactions import Postponed, own_transactions
from wangge.foundation.journal.models import Entry
from wangge.foundation.orders.actions import Busy, Remaining, carry_on
from wangge.foundation.orders.models import Closing


@own_transactions
def close_order(entry: Entry) -> None:
    """On order.closing_requested and order.remains_accepted: freeze, count, erase, verify, certify; after a
    kill it goes on where it stood. What a human has to decide about waits on the order's page."""
    closing = Closing.objects.filter(order__pk=int(entry.subject_id)).first()
    if closing is None:
        return
    try:
        carry_on(closing)
    except Busy as busy:
        raise Postponed(15) from busy
    except Remaining:
        return

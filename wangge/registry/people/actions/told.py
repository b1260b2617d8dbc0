"""What was told at the door against the register: it waits in the worklist until somebody settles it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from wangge.foundation.journal import actions as journal

from ..enums import DiscrepancyState
from ..models import Discrepancy, Tie
from ..queries.records import HeldTie
from ..rules.finding import mark_of
from ..rules.persons import told_wrong
from .discrepancies import dismiss_discrepancy


@transaction.atomic
def tell_wrong_address(*, actor: Any, homes: Iterable[Tie]) -> int:
    """Nobody of that name at the registered address. Told again while it waits, nothing changes; told again
    after it was settled, it waits anew.

    Args:
        homes: present ties of kind LIVES, of whoever was looked for.

    Returns:
        How many were not waiting yet.
    """
    new = 0
    for tie in homes:
        fault = told_wrong(HeldTie.of(tie))
        row, made = Discrepancy._base_manager.select_for_update().get_or_create(
            person_id=fault.person, rule=fault.rule, mark=mark_of(fault),
            defaults={"area_code": fault.area_code, "ties": list(fault.ties)},
        )  # fmt: skip
        if made or row.state != DiscrepancyState.OPEN:
            row.state, row.decided_by, row.decided_at, row.reason = DiscrepancyState.OPEN, "", None, ""
            row.save(update_fields=["state", "decided_by", "decided_at", "reason"])
            changes = {"rule": row.rule}
            journal.record(
                "discrepancy.told", actor=actor, area=row.area_code, subject=row.person, changes=changes
            )
            new += 1
    return new


@transaction.atomic
def settle_wrong_address(*, actor: Any, homes: Iterable[Tie], reason: str) -> int:
    """They were found at the registered address after all; returns how many waited."""
    settled = 0
    for tie in homes:
        fault = told_wrong(HeldTie.of(tie))
        waiting = Discrepancy._base_manager.filter(
            person=fault.person, rule=fault.rule, mark=mark_of(fault), state=DiscrepancyState.OPEN
        )
        for row in waiting:
            dismiss_discrepancy(actor=actor, discrepancy=row, reason=reason)
            settled += 1
    return settled

"""One step of a declaration: the table asked, the row locked, what it was kept, the trail written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from wangge.foundation.journal import actions as journal

from ..enums import DECIDED, Verb
from ..models import Decision, Declaration
from ..queries.profile import profile_of
from ..rules.states import leads_to

# The columns a step may change; "before" holds them for the way back. None of them is personal.
STEPPED = (
    "state",
    "state_at",
    "verify_by",
    "clock",
    "decided_by",
    "decided_at",
    "on_time",
    "note",
    "calls",
    "area_code",
    "from_area",
    "matched",
    "person_id",
    "room_id",
    "address_says",
)
EVENTS = {
    Verb.CALL: "declaration.called",
    Verb.NOBODY: "declaration.visited",
    Verb.TRANSFER: "declaration.transferred",
    Verb.ADDRESS: "declaration.address_taken",
    Verb.KEEP: "declaration.address_kept",
    Verb.CORRECT: "declaration.corrected",
    Verb.TAKE: "declaration.taken",
    Verb.WITHDRAW: "declaration.withdrawn",
}


def locked(declaration: Declaration) -> Declaration:
    """The row as it stands now, held until the transaction ends."""
    return Declaration._base_manager.select_for_update().get(pk=declaration.pk)


def take_step(
    *,
    actor: Any,
    row: Declaration,
    verb: Verb,
    note: str = "",
    fields: Sequence[str] = (),
    answered: str = "",
    step_sealed: str = "",
    at: datetime | None = None,
    **changes: Any,
) -> Decision:
    """Carry out ``verb`` on a locked row; the caller's transaction holds it.

    Raises:
        Declined: the table of states does not allow it.
    """
    after = leads_to(row.state, verb)
    now, before = at or timezone.now(), {name: getattr(row, name) for name in STEPPED}
    if after in DECIDED and verb in (Verb.VERIFY, Verb.WRONG, Verb.NOT_FOUND):
        changes |= _closed(actor, row, now)
    elif row.state != after:
        changes.setdefault("state_at", now)
    area = row.area_code
    for name, value in {"state": after, **changes}.items():
        setattr(row, name, value)
    row.save(update_fields=sorted({"state", *changes}))
    kept = {name: value for name, value in before.items() if getattr(row, name) != value}
    made = Decision(
        declaration=row, area_code=area, verb=verb, before_state=before["state"], after_state=after,
        fields=list(fields), answered=answered, note=journal.without_personal(note)[:200],
        before=_plain(kept), step_sealed=step_sealed, by=journal.account_of(actor), at=now,
        on_time=changes.get("on_time"),
    )  # fmt: skip
    made.save(force_insert=True)
    _tell(actor, row, made)
    return made


def _closed(actor: Any, row: Declaration, now: Any) -> dict[str, Any]:
    """In time or not is counted from the report, also where it was passed on (spec 4.1: verified ≤ 12 h)."""
    return {
        "state_at": now,
        "decided_by": journal.account_of(actor),
        "decided_at": now,
        "on_time": now <= profile_of(row.received_at).verify_by(row.received_at),
    }


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()
    }


def _tell(actor: Any, row: Declaration, made: Decision) -> None:
    changes: dict[str, Any] = {"state": [made.before_state, made.after_state], "decision": made.pk}
    if made.fields:
        changes["fields"] = made.fields
    if made.area_code != row.area_code:
        changes["area_code"] = [made.area_code, row.area_code]
    kind = EVENTS.get(Verb(made.verb), "declaration.decided")
    # the note is the decision's and goes with it: free words would stay in the trail for ever
    journal.record(kind, actor=actor, area=made.area_code, subject=row, changes=changes)

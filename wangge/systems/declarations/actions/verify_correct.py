"""A worker corrects what was declared wrongly; what stood there before is kept, sealed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.lib.sealing import blind, seal, unseal
from wangge.registry.people.rules import Declined

from ..enums import AddressSays, Matched, Verb
from ..models import Amendment, Decision, Declaration
from .verify import taken
from .verify_step import locked, take_step

SEALED = {"phone": ("phone_sealed", "phone_index"), "id_no": ("id_sealed", "id_index")}
TRIP = ("from_text", "depart_at", "arrive_at", "transport", "trip_no")
PLAIN = ("name", *TRIP, "stay_address", "stay_until", "host_name", "purpose")
CORRECTABLE = (*PLAIN, *SEALED)
WHO_OR_WHERE = {"name", "id_no", "phone", "stay_address"}  # matching looks again


@transaction.atomic
def correct_declaration(
    *,
    actor: Any,
    declaration: Declaration,
    values: Mapping[str, Any],
    note: str = "",
    takes_over: bool = True,
) -> Decision:
    """Put right what ``values`` name; the declaration waits to be verified again.

    Args:
        values: of ``CORRECTABLE``, cleaned by the caller; an equal value changes nothing.
        takes_over: a worker's correction takes over what was passed on, a resident's does not.

    Raises:
        Declined: nothing differs, or the declaration is over.
        TypeError: a field that cannot be corrected.
    """
    if wrong := set(values) - set(CORRECTABLE):
        raise TypeError(f"not correctable: {sorted(wrong)}")
    row = locked(declaration)
    before = {name: _held(row, name) for name, value in values.items() if _held(row, name) != value}
    if not before:
        raise Declined("nothing", _("没有改动任何一项；请先改好再保存。"))
    fields = sorted(before)
    changed = {column: value for name in fields for column, value in _columns(name, values[name]).items()}
    again = {
        "matched": Matched.WAITING,
        "address_says": AddressSays.UNKNOWN,
        "person_id": None,
        "room_id": None,
    }
    if WHO_OR_WHERE & set(fields):
        changed |= again
    said = seal(json.dumps({name: _text(value) for name, value in before.items()}))
    Amendment._base_manager.create(
        declaration=row,
        area_code=row.area_code,
        fields=fields,
        before_sealed=said,
        by=journal.account_of(actor),
    )
    return take_step(
        actor=actor,
        row=row,
        verb=Verb.CORRECT,
        fields=fields,
        note=note,
        **changed,
        **(taken(row) if takes_over else {}),
    )


def _held(row: Declaration, name: str) -> Any:
    if name in SEALED:
        text = getattr(row, SEALED[name][0])
        return unseal(text) if text else ""
    return getattr(row, name)


def _columns(name: str, value: Any) -> dict[str, Any]:
    if name not in SEALED:
        return {name: value}
    sealed, index = SEALED[name]
    return {sealed: seal(value) if value else "", index: blind(value) if value else ""}


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value or "")

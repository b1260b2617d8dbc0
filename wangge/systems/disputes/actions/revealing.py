"""Looks at parties: each is logged, and she can see it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from wangge.engines.cases.models import Case
from wangge.foundation.access import actions as access
from wangge.foundation.access.enums import What
from wangge.foundation.access.rules import Refused, Unacceptable

from ..models import Party
from ..queries.parties import rows_of
from ..rules import handles

# As asked for → as sealed, and as the log of reads calls it.
FIELDS = {
    "phone": ("phone", "phone"),
    "id_no": ("id", "id_no"),
    "guardian_phone": ("guardian_phone", "guardian"),
}


def note_look(*, actor: Any, case: Case, what: What = What.VIEW) -> None:
    """Log that an actor reads who the parties are and what was said of them."""
    access.note_readings(actor=actor, subjects=list(rows_of(case).select_related("case")), what=str(what))


def reveal_party(*, actor: Any, party: Party, field: str, reason: str) -> str:
    """One value of a party in full.

    Raises:
        Refused: she does not handle the dispute, or may not reveal there. Unacceptable: no reason.
    """
    if not handles(actor, party.case):
        raise Refused(_("当事人的信息只给承办的人看。"))
    if field not in FIELDS:
        raise Unacceptable(_("没有这一项；请从列表里选。"))
    sealed, called = FIELDS[field]
    access.reveal(actor=actor, subject=party, field=called, reason=reason, kind="dispute.revealed")
    return party.clear(sealed)

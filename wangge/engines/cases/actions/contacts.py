"""A reporter's name and phone in full, after the reason was logged."""

from __future__ import annotations

from typing import Any

from wangge.foundation.access import actions as access

from ..models import Case
from ..queries.shown import Contact, contacts_of


def reveal_contacts(*, actor: Any, case: Case, reason: str) -> list[Contact]:
    """Whom to call.

    Raises:
        Refused: no right to reveal there. Unacceptable: no reason.
    """
    access.reveal(actor=actor, subject=case, field="reporter", reason=reason, kind="case.revealed")
    return contacts_of(case, clear=True)

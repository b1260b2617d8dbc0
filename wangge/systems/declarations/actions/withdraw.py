"""A resident takes her own declaration back (PIPL art. 15: as easily as she agreed)."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ..enums import State, Verb
from ..models import Declaration
from .verify_step import locked, take_step


@transaction.atomic
def withdraw(*, actor: Any, declaration: Declaration) -> Declaration:
    """Nobody verifies it any more and its clock stops; its values go at the end of their time as all do.
    Withdrawn again, nothing changes.

    Raises:
        Declined: it is over already.
    """
    row = locked(declaration)
    if row.state != State.WITHDRAWN:
        take_step(actor=actor, row=row, verb=Verb.WITHDRAW, verify_by=None, clock="")
    return row

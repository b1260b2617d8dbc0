"""What is done by the clock."""

from __future__ import annotations

from django.db import transaction

from wangge.foundation.access.rules import Unacceptable

from .actions.major import tell_authority
from .queries.authorities import untold

MOST = 500


def tell_authorities() -> int:
    """Major hazards nobody reported are told to their authority: those graded so later, and those whose
    authority was named only now. Returns how many were told."""
    told = 0
    for case in list(untold()[:MOST]):
        with transaction.atomic():
            try:
                told += tell_authority(case=case) is not None
            except Unacceptable:  # somebody was quicker
                continue
    return told

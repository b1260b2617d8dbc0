"""Somebody else follows a case that is there already."""

from __future__ import annotations

from wangge.lib.serials import new_receipt_number

from ..models import Case, Follower
from .opening import Reporter


def follow_case(*, case: Case, reporter: Reporter | None = None) -> Follower:
    """One more who is told how it goes, with a receipt of her own; the caller journals why."""
    sealed = reporter.sealed() if reporter else ""
    return Follower.objects.create(
        case=case, came_with=case, contact_sealed=sealed, receipt=new_receipt_number()
    )

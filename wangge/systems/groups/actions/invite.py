"""Inviting: a link and a QR code that let people in for a day."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from wangge.foundation.journal import actions as journal

from ..enums import MOST_MEMBERS
from ..models import Group, Invitation
from ..queries.terms import terms
from ..rules import check_open
from .locking import locked


@transaction.atomic
def issue_invitation(*, actor: Any, group: Group, max_uses: int = MOST_MEMBERS) -> Invitation:
    """A new invitation, valid 24 hours (spec 2.1); the ones before no longer let anybody in.

    Raises:
        Declined: the group is not in use.
    """
    row, now = locked(group), timezone.now()
    check_open(row)
    Invitation._base_manager.filter(group=row, revoked_at=None).update(revoked_at=now)
    made = Invitation._base_manager.create(
        group=row, made_by=journal.account_of(actor), ends_at=now + terms().invitation,
        max_uses=max(1, min(max_uses, MOST_MEMBERS)),
    )  # fmt: skip
    journal.record(
        "group.invited", actor=actor, area=row.area_code, subject=row, changes={"max_uses": made.max_uses}
    )
    return made

"""What every write of a session has in common: the row is held, it was sent once, nobody was before."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Refused, Unacceptable

from ..models import Session
from ..rules import may_plan


class Stale(Unacceptable):
    """Somebody else wrote between looking and writing."""


def held_row(actor: Any, session: Session) -> Session:
    """The row, locked, of a session that the actor may write.

    Raises:
        Refused: it is not in her areas.
    """
    row = Session._base_manager.select_for_update().get(pk=session.pk)
    if not may_plan(actor, row.area_code):
        raise Refused(_("这次活动不在您的辖区，不能由您修改。"))
    return row


def done_before(row: Session, op: UUID, seen: int) -> bool:
    """Whether this write came before.

    Raises:
        Stale: the row is not as it was seen.
    """
    if row.last_op == op:
        return True
    if row.version != seen:
        raise Stale(_("刚才有人改过这次活动；请看过最新的内容再保存，您写的还在下面。"))
    return False


def written(row: Session, op: UUID, **columns: Any) -> Session:
    """Saved as the next version."""
    for name, value in columns.items():
        setattr(row, name, value)
    row.last_op, row.version = op, row.version + 1
    row.save()
    return row

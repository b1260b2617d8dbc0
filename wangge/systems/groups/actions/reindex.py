"""Key rotation: the blind indexes of members under the key to come."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from wangge.foundation.journal import actions as journal
from wangge.lib.sealing import blind_many, reindex

from ..models import Member
from .create import WHO

AT_ONCE = 2_000


@transaction.atomic
def reindex_members(*, actor: Any, key_id: int) -> int:
    """Write the indexes that hold once ``key_id`` stands first in the ring; returns rows written.

    All or nothing; stop the writers first, as for ``people.actions.reindex_people``. Codes on their way then
    prove nothing more.
    """
    last, total = 0, 0
    while rows := list(Member._base_manager.select_for_update().filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        _reindex(rows, key_id)
        last, total = rows[-1].pk, total + len(rows)
    journal.record("keys.reindexed", actor=actor, area="", changes={"rows": total, "key": key_id})
    return total


def _reindex(rows: list[Member], key_id: int) -> None:
    phones = reindex([row.phone_sealed for row in rows], key_id=key_id)
    numbers = reindex([row.id_sealed for row in rows], key_id=key_id)
    names = blind_many(
        [f"{row.name}|{row.phone}" if row.phone_sealed else "" for row in rows], WHO, key_id=key_id
    )
    for row, phone, number, name in zip(rows, phones, numbers, names, strict=True):
        row.phone_index, row.id_index, row.who = phone, number, name or number
    Member._base_manager.bulk_update(rows, ["phone_index", "id_index", "who"])

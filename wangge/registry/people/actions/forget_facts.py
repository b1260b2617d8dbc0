"""Erasing what the register holds of a person beyond its duty (PIPL 47): the fact, its trace, its rivals."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from wangge.foundation.journal import actions as journal
from wangge.lib.sealing import seal, unseal

from ..enums import DiscrepancyState
from ..models import Contradiction, Discrepancy, Merge, Person
from .footprint import snapshot
from .values import PLAIN, SEALED, put, value_of


@transaction.atomic
def forget_facts(*, actor: Any, person: Person, fields: Iterable[str], reason: str = "") -> list[str]:
    """Erase these facts, who said them, and both sides of contradictions about them; also in rows that were
    merged into this one and in what a merge or a repair could be undone with, which would bring them back.
    Returns the names of those that were known."""
    wanted, gone = sorted(set(fields)), set()
    merges = list(Merge._base_manager.filter(kept=person))
    absorbed = [merge.absorbed_id for merge in merges if merge.undone_at is None]
    for row in Person._base_manager.select_for_update().filter(pk__in=[person.pk, *absorbed]):
        known = [name for name in wanted if value_of(row, name) != ""]
        for name in known:
            _forget(row, name)
        if known:
            row.save()
            gone.update(known)
    Contradiction._base_manager.filter(person=person, field__in=wanted).delete()
    for merge in merges:
        _forget_before(merge, wanted)
    repaired = Discrepancy._base_manager.filter(person=person, state=DiscrepancyState.REPAIRED)
    repaired.update(undo_sealed="")  # the repair stands; what was there before it is gone
    if gone:
        journal.record(
            "person.facts_erased", actor=actor, area=person.area_code, subject=person,
            changes={"fields": sorted(gone)}, reason=reason,
        )  # fmt: skip
    return sorted(gone)


def _forget_before(merge: Merge, names: list[str]) -> None:
    """Take the facts out of the picture of both rows that an un-merge restores."""
    if not merge.before_sealed:
        return
    before = json.loads(unseal(merge.before_sealed))
    empty = snapshot(Person(id_index=None))
    for name in names:
        for column in SEALED.get(name, (name,)):
            for side in (before["keep"], before["absorb"], before["filled"]):
                if column in side:
                    side[column] = empty[column]
        for side in (before["keep"], before["absorb"], before["filled"]):
            for held in ("facts", "provenance"):
                side.get(held, {}).pop(name, None)
    merge.before_sealed = seal(json.dumps(before))
    merge.save(update_fields=["before_sealed"])


def _forget(person: Person, name: str) -> None:
    if name in SEALED or name in PLAIN:
        put(person, name, None if name == "birth" else "")
    else:
        person.facts.pop(name, None)
    person.provenance.pop(name, None)

"""One key takes the last decision back: the declaration, and what it wrote into the register."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.lib.sealing import unseal
from wangge.registry.people import actions as people
from wangge.registry.people.rules import Declined

from ..models import Decision, Declaration


@transaction.atomic
def undo_decision(*, actor: Any, decision: Decision) -> Declaration:
    """Make it what it was before this decision. Undone twice is undone once.

    Raises:
        Declined: something was done to the declaration since, it is archived, or the person changed since.
    """
    decision = Decision._base_manager.select_for_update().get(pk=decision.pk)
    row = Declaration._base_manager.select_for_update().get(pk=decision.declaration_id)
    if decision.undone_at:
        return row
    _must_be_the_last(decision, row)
    _write_back(row, decision.before)
    if decision.step_sealed:
        _take_back(json.loads(unseal(decision.step_sealed)))
    decision.undone_at, decision.undone_by, decision.step_sealed = (
        timezone.now(),
        journal.account_of(actor),
        "",
    )
    decision.save(update_fields=["undone_at", "undone_by", "step_sealed"])
    journal.record(
        "declaration.reopened", actor=actor, area=decision.area_code, subject=row,
        changes={"state": [decision.after_state, decision.before_state], "decision": decision.pk},
    )  # fmt: skip
    return row


def _must_be_the_last(decision: Decision, row: Declaration) -> None:
    since = Decision._base_manager.filter(declaration=row, undone_at=None, pk__gt=decision.pk)
    if row.state != decision.after_state or since.exists():
        raise Declined("decided_since", _("之后又有人办理过这条报备，不能直接撤销；请打开它看办理记录。"))


def _write_back(row: Declaration, before: dict[str, Any]) -> None:
    fields = {field.attname: field for field in row._meta.concrete_fields}
    for name, value in before.items():
        setattr(row, name, fields[name].to_python(value))
    row.save(update_fields=[fields[name].name for name in before])


def _take_back(step: dict[str, Any]) -> None:
    if step["registered"]:
        people.unregister(step, {})
    else:
        people.take_back(step)

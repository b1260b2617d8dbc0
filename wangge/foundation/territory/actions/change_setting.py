"""A parameter of the district gets another value."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from wangge.foundation.journal import actions as journal
from wangge.foundation.territory.models import Setting
from wangge.foundation.territory.queries.settings import setting


@transaction.atomic
def change_setting(*, actor: Any, key: str, value: Any, note: str = "") -> None:
    """Set a parameter from today on; what was in force before stays on record. An equal value changes
    nothing."""
    before = setting(key)
    if before == value:
        return
    today = timezone.localdate()
    row, _new = Setting.objects.update_or_create(
        key=key, valid_from=today, defaults={"value": value, "note": note}
    )
    journal.record("setting.changed", actor=actor, area="", subject=row, changes={key: [before, value]})

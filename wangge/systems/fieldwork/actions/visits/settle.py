"""Of two visits at odds somebody says which holds."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.registry.people.rules import Declined

from ...models import Visit
from ...reading.answers import read_answers
from .answers import answers_of, write_answers


@transaction.atomic
def settle_visits(*, actor: Any, visit: Visit, reason: str = "") -> Visit:
    """``visit`` holds, the one it is at odds with does not; what it said where they differ is written again.

    Raises:
        Unacceptable: settled already, or not at odds with anything.
    """
    row = Visit.objects.select_for_update().get(pk=visit.pk)
    other = Visit.objects.select_for_update().filter(pk=row.at_odds.get("visit")).first()
    if other is None:
        raise Unacceptable(_("这次走访没有与别的走访不一致。"))
    if row.holds is not None:
        raise Unacceptable(_("已有人决定以哪次为准，请刷新页面。"))
    keys = set(row.at_odds["keys"])
    said = read_answers({key: value for key, value in answers_of(row).items() if key in keys}).answers
    try:
        write_answers(actor=actor, visit=row, answers=said, day=timezone.localdate())
    except Declined as why:
        raise Unacceptable(why.message) from why
    for one, holds in ((row, True), (other, False)):
        one.holds, one.settled_at = holds, timezone.now()
        one.settled_by = actor if isinstance(actor, str) else actor.get_username()
        one.save(update_fields=["holds", "settled_at", "settled_by"])
    journal.record(
        "visit.settled", actor=actor, area=row.area_code, subject=row, reason=reason,
        changes={"holds": row.pk, "not": other.pk, "fields": sorted(key.rpartition(":")[2] for key in keys)},
    )  # fmt: skip
    return row

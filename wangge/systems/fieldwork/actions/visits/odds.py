"""Two workers at one door the same day: both visits are kept, and where they differ is said."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from wangge.foundation.journal import actions as journal

from ...enums import VisitResult
from ...models import Visit
from ...queries.visits import odds_words, same_door
from .answers import answers_of

# Results that cannot both be true of one door on one day.
APART = (
    {VisitResult.VACANT.value, VisitResult.DONE.value}, {VisitResult.VACANT.value, VisitResult.PARTLY.value},
    {VisitResult.VACANT.value, VisitResult.REFUSED.value}, {VisitResult.WRONG.value, VisitResult.DONE.value},
    {VisitResult.WRONG.value, VisitResult.VACANT.value},
)  # fmt: skip


def note_odds(*, actor: Any, visit: Visit) -> str:
    """Compare with the other workers' visits of the day and note it on both; in words, "" when they agree."""
    start = timezone.make_aware(datetime.combine(timezone.localtime(visit.at).date(), time.min))
    others = [
        one
        for one in same_door(visit)
        if start <= one.at < start + timedelta(days=1) and one.worker != visit.worker
    ]
    for other in sorted(others, key=lambda one: (one.at, str(one.op)), reverse=True):
        if keys := _apart(visit, other):
            for one, beside in ((visit, other), (other, visit)):
                if one.holds is None:
                    one.at_odds = {"visit": beside.pk, "keys": keys}
                    one.save(update_fields=["at_odds"])
            data = {"other": other.pk, "fields": sorted({key.rpartition(":")[2] for key in keys})}
            journal.record("visit.differs", actor=actor, area=visit.area_code, subject=visit, data=data)
            return odds_words(visit, other)
    return ""


def _apart(one: Visit, other: Visit) -> list[str]:
    said, beside = answers_of(one), answers_of(other)
    silent = (None, False, "")
    keys = [
        key
        for key in said.keys() & beside.keys()
        if said[key] not in silent and beside[key] not in silent and str(said[key]) != str(beside[key])
    ]
    if {one.result, other.result} in APART:
        keys.append("result")
    return sorted(keys)

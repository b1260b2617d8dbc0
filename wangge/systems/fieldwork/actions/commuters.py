"""跨城通勤 (S78): who works in another city, and reminding them to report when they come home."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.registry.people.models import Person

from ..models import Commuter


@transaction.atomic
def note_commuter(
    *, actor: Any, person: Person, city: str, returns: str = "", on: date | None = None
) -> Commuter:
    """The person lives here and works in ``city``; another city than before is a new tag, the same is kept.

    Raises:
        Unacceptable: no city, or nowhere known to live.
    """
    city, area = city.strip()[:40], person.area_code
    if not city:
        raise Unacceptable(_("请填写在哪个城市工作。"))
    if not area:
        raise Unacceptable(_("登记册里没有此人的住处，请先登记住在哪里。"))
    day = on or timezone.localdate()
    held = Commuter._base_manager.select_for_update().filter(person=person, ends_on=None).first()
    if held is not None and held.city == city:
        if returns and held.returns != returns[:40]:
            held.returns = returns[:40]
            held.save(update_fields=["returns"])
        return held
    if held is not None:
        held.ends_on = max(day, held.begins_on)
        held.save(update_fields=["ends_on"])
    row = Commuter.objects.create(
        person=person, area_code=area, city=city, returns=returns[:40], begins_on=day
    )
    journal.record("commuter.noted", actor=actor, area=area, subject=row)
    return row


@transaction.atomic
def end_commuter(*, actor: Any, commuter: Commuter, on: date | None = None) -> Commuter:
    """Works here again. Raises Unacceptable when that was said already."""
    row = Commuter.objects.select_for_update().get(pk=commuter.pk)
    if row.ends_on is not None:
        raise Unacceptable(_("这个标记已经取消，请刷新页面。"))
    row.ends_on = max(on or timezone.localdate(), row.begins_on)
    row.save(update_fields=["ends_on"])
    journal.record("commuter.ended", actor=actor, area=row.area_code, subject=row)
    return row


@transaction.atomic
def remind_commuters(*, actor: Any, commuters: Iterable[Commuter]) -> int:
    """Say that these people should be asked to report; whoever sends messages listens. Returns how many."""
    rows = [row for row in commuters if row.ends_on is None]
    for row in rows:
        journal.record(
            "commuter.reminded", actor=actor, area=row.area_code, subject=row, data={"person": row.person_id}
        )
    return len(rows)

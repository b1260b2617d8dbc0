"""A unit beside the lead is late: said once, on the timeline and to the ladder of the whistle's level."""

from __future__ import annotations

from uuid import uuid5

from django.db import transaction
from django.utils import timezone

from wangge.engines.cases.actions import Wish
from wangge.engines.cases.actions.chain import write
from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.procedures import procedure_of
from wangge.foundation.journal import actions as journal

from ..models import Call


@transaction.atomic
def tell_late(*, call: Call, clock: str) -> bool:
    """Tell street and district, as the level's ladder says, that a unit let a clock run out; False where it
    was told before. The step is the clock's, as those the engine writes of the lead."""
    case = Case._base_manager.select_for_update().get(pk=call.whistle.case_id)
    call.refresh_from_db(fields=["told"])
    if clock in call.told:
        return False
    tells = [rung.tell for rung in procedure_of(case).level_of(case.level).ladder] or ["street"]
    due = getattr(call, f"{clock}_due")
    told = {"clock": clock, "what": "late", "tell": tells[0], "due": due.isoformat(), "call": call.pk}
    wish = Wish("clock", uuid5(case.op, f"call:{call.pk}:{clock}"), words=call.unit.name, data=told)
    now = timezone.now()
    write(actor="clock", case=case, who="clock", came_from=case.state, wish=wish, at=now)
    case.save(update_fields=["version", "head"])
    call.told = [*call.told, clock]
    call.save(update_fields=["told"])
    data = {"number": case.number, "unit": call.unit.key, "clock": clock, "tells": tells}
    journal.record("whistle.late", actor="clock", area=case.area_code, subject=call, data=data)
    return True

"""What the steps of a whistle mean for the units it calls. The steps are the truth: times, places and scores
are written from them, in their transaction, and by nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wangge.engines.cases.models import Case, Step, Unit
from wangge.engines.cases.queries.procedures import procedure_of
from wangge.engines.cases.queries.similar import metres_between
from wangge.foundation.journal import actions as journal
from wangge.lib.scoping import EVERYWHERE, within

from ..enums import CLOCKS, Ending, What
from ..models import Call, Score, Whistle
from ..models.whistle import DONE_AT
from ..queries.calls import live_calls
from ..queries.terms import due_at
from ..queries.whistles import whistle_of
from .distance import tell_far


def follow(case: Case, step: Step) -> None:
    """Told of every step of a whistle."""
    row, then = whistle_of(case), THEN.get(step.key)
    if row is not None and then is not None:
        then(row, case, step)


def _approved(row: Whistle, case: Case, step: Step) -> None:
    lead = step.unit
    if lead is None:
        return
    keys = set(step.data.get("units") or row.asked) | {lead.pk}
    row.lead, row.asked = lead, sorted(keys)
    row.save(update_fields=["lead", "asked"])
    for call in live_calls(row):  # called before, and the lead sent it back
        if call.unit_id not in keys or call.unit == lead:
            _end(call, step, Ending.REPLACED)
    called = set(live_calls(row).values_list("unit", flat=True))
    _call(row, case, step, Unit._base_manager.filter(pk__in=keys - called))
    with within(EVERYWHERE):  # units work for wider areas than their callers see
        case.helpers.set(keys - {lead.pk})


def _one_more(row: Whistle, case: Case, step: Step) -> None:
    if step.unit is not None:
        row.asked = sorted({*row.asked, step.unit.pk})
        row.save(update_fields=["asked"])
        _call(row, case, step, [step.unit])


def _call(row: Whistle, case: Case, step: Step, units: Iterable[Unit]) -> None:
    procedure, units = procedure_of(case), list(units)
    due = {f"{clock}_due": due_at(procedure, case.level, clock, step.at) for clock in ("sign", "arrive")}
    Call._base_manager.bulk_create(
        Call(whistle=row, unit=unit, lead=unit == row.lead, called_at=step.at, **due) for unit in units
    )
    data = {"number": case.number, "units": [unit.key for unit in units]}
    actor = step.actor_user or step.actor
    journal.record("whistle.called", actor=actor, area=case.area_code, subject=row, data=data)


def _lead_did(row: Whistle, case: Case, step: Step) -> None:
    call = live_calls(row).filter(lead=True).first()
    if call is not None:
        _did(call, case, step, step.key)


def _joined(row: Whistle, case: Case, step: Step) -> None:
    call = Call._base_manager.get(pk=step.data["call"], whistle=row)
    _did(call, case, step, str(step.data["what"]))


def _did(call: Call, case: Case, step: Step, what: str) -> None:
    if what == What.OBJECT:
        call.objection = str(step.data.get("said", step.words))[:500]
        _end(call, step, Ending.OBJECTED)
        return
    if what not in CLOCKS:
        return
    setattr(call, DONE_AT[what], step.at)
    if what == What.SIGN:
        call.contact_due = due_at(procedure_of(case), case.level, "contact", step.at)
    if what == What.ARRIVE:
        call.lon, call.lat = step.lon, step.lat
        metres = metres_between((step.lon, step.lat), (case.lon, case.lat))
        call.metres = None if metres is None else round(metres)
    call.save()
    if what == What.ARRIVE:
        tell_far(call=call, case=case, step=step)


def _end(call: Call, step: Step, ending: str) -> None:
    call.ended_at, call.ending = step.at, ending
    call.save()


def _withdrawn(row: Whistle, case: Case, step: Step) -> None:
    for call in live_calls(row):
        _end(call, step, Ending.WITHDRAWN)


def _scored(row: Whistle, case: Case, step: Step) -> None:
    numbers = {name: step.data[name] for name in ("response", "attitude", "result")}
    Score._base_manager.create(
        op=step.op, call_id=step.data["call"], words=str(step.data.get("said", "")), account=step.actor,
        name=step.name, at=step.at, **numbers,
    )  # fmt: skip


def _again(row: Whistle, case: Case, step: Step) -> None:
    Score._base_manager.filter(call__whistle=row, standing=True).update(standing=False)


THEN: dict[str, Callable[[Whistle, Case, Step], None]] = {
    "approve": _approved, "call": _one_more, "join": _joined, "score": _scored, "again": _again,
    "withdraw": _withdrawn, "decline": _withdrawn,
    **dict.fromkeys(("sign", "contact", "arrive", "object"), _lead_did),
}  # fmt: skip

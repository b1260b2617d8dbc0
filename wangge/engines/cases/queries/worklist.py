"""What waits for whom, ordered by what runs out first."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from wangge.foundation.access.enums import Role as Office
from wangge.foundation.access.queries import grants_of

from ..kinds import admitted, also_waiting
from ..models import Case, ProcedureText
from ..reading.procedure import Procedure
from ..reading.procedure import Step as Rule
from .capacity import CAPACITY, capacities, steps_open_to, visible_to
from .procedures import by_pk
from .units import units_of

MOST = 200


def cases_for(actor: Any) -> QuerySet[Case]:
    """The cases of the reach that the actor may see."""
    return visible_to(actor, Case.objects.all())


def open_cases(actor: Any) -> QuerySet[Case]:
    """Those that are not closed, what runs out first on top; those without a running clock last."""
    return cases_for(actor).filter(closed_at=None).order_by(F("due_at").asc(nulls_last=True), "pk")


def waiting_for(actor: Any, cases: QuerySet[Case] | None = None) -> QuerySet[Case]:
    """Open cases in which the actor can take a step now: by the states in which one of her capacities may,
    of every procedure that an open case goes by."""
    rows = open_cases(actor) if cases is None else cases
    held = {str(CAPACITY[Office(g.role)]) for g in grants_of(actor) if g.role in CAPACITY}
    own = units_of(actor)
    wanted = Q(pk__in=[])
    for pk in _in_use():
        procedure = by_pk(pk)
        wanted |= Q(procedure=pk, state__in=_states(procedure, held))
        wanted |= Q(procedure=pk, state__in=_states(procedure, {"unit"}), unit__in=own)
        wanted |= Q(procedure=pk, state__in=_states(procedure, {"launcher"}), launcher=actor)
    return rows.filter(wanted | also_waiting(actor))


def _in_use() -> list[str]:
    return list(ProcedureText.objects.values_list("pk", flat=True))


def _states(procedure: Procedure, held: set[str]) -> list[str]:
    """States in which somebody in these capacities has something to do; a mere note does not count."""
    able = [step for step in procedure.steps if step.to and held & set(step.roles)]
    return sorted({state for step in able for state in step.origins if not procedure.state(state).end})


def steps_for(actor: Any, case: Case, *, as_reporter: bool = False) -> list[Rule]:
    """The steps the actor may take now."""
    if not as_reporter and not admitted(actor, case):
        return []
    held = {"reporter"} if as_reporter else capacities(actor, case)
    return steps_open_to(by_pk(case.procedure_id), case, held)


def case_numbered(actor: Any, number: str) -> Case | None:
    """One of the cases the actor may see, by its number."""
    return cases_for(actor).select_related("unit", "merged_into").filter(number=number).first()

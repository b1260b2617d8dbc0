"""In what capacities somebody stands to a case: what she sees of cases, which steps are open to her."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from wangge.foundation.access.enums import MAY
from wangge.foundation.access.enums import Role as Office
from wangge.foundation.access.queries import grants_of, may
from wangge.lib.scoping import Reach, prefix_of

from ..enums import Role
from ..kinds import systems
from ..models import Case
from ..reading.procedure import Procedure
from ..reading.procedure import Step as Rule
from .units import units_of

CAPACITY = {
    Office.GRID_WORKER: Role.WORKER,
    Office.COMMUNITY_SECRETARY: Role.COMMUNITY,
    Office.STREET_OFFICER: Role.STREET,
    Office.DISTRICT_CENTRE: Role.DISTRICT,
}
MACHINE = frozenset(Role) - {Role.REPORTER}


def capacities(actor: Any, case: Case) -> set[str]:
    """In what capacities somebody stands to a case. The machine's own hand (a name) stands in all but the
    reporter's; a reporter proves herself at the residents' door, which says so itself."""
    if isinstance(actor, str):
        return {str(who) for who in MACHINE}
    found = {str(CAPACITY[Office(g.role)]) for g in grants_of(actor) if _covers(g, case)}
    if case.launcher_id == actor.pk:
        found.add(str(Role.LAUNCHER))
    own = units_of(actor)
    if case.unit_id in own:
        found.add(str(Role.UNIT))
    if own and Case.helpers.through._default_manager.filter(case=case, unit__in=own).exists():
        found.add(str(Role.HELPER))
    return found


def _covers(grant: Any, case: Case) -> bool:
    return Office(grant.role) in CAPACITY and bool(grant.reach.covers(case.area_code))


def visible_to(actor: Any, cases: QuerySet[Case]) -> QuerySet[Case]:
    """Of the cases in reach those an actor may see: a department's officer sees what was given to her
    units, everybody else with the right sees the area, and who decided something sees that."""
    if isinstance(actor, str):
        return cases
    held = grants_of(actor)
    wide = [g for g in held if "case.view" in MAY[g.role] and g.role != Office.DEPARTMENT]
    reach = Reach(tuple({prefix_of(g.area_code) for g in wide}))
    if wide and all(reach.covers(g.area_code) for g in held):  # what is hers elsewhere is out of reach
        return cases.filter(reach.q("area_code"))
    seen = reach.q("area_code") if wide else Q(pk__in=[])
    own = units_of(actor)
    if own:
        helped = Case.helpers.through._default_manager.filter(unit__in=own).values("case")
        seen |= Q(unit__in=own) | Q(pk__in=helped)
    return cases.filter(seen | _opened_herself(actor))


def _opened_herself(actor: Any) -> Q:
    """What she opened with a right of its system's own: who decides follows what she decided."""
    own = [s.key for s in systems() if any(may(actor, r) for r in s.opened_with if r != "case.open")]
    return Q(launcher=actor, system__in=own) if own else Q(pk__in=[])


def steps_open_to(procedure: Procedure, case: Case, held: set[str]) -> list[Rule]:
    """The steps of the procedure that somebody in these capacities may take now."""
    if case.merged_into_id is not None:
        return []
    return [step for step in procedure.steps_from(case.state) if held & set(step.roles)]

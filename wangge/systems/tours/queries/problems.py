"""What was raised on a tour: where each matter stands, what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from wangge.engines.cases.models import Case, Step
from wangge.engines.cases.queries.procedures import procedure_of
from wangge.engines.cases.queries.shown import PhotoLine, StepLine, step_lines
from wangge.engines.cases.queries.worklist import steps_for
from wangge.engines.cases.words import Left, left
from wangge.foundation.photos.queries import whole_of

from ..enums import Raised
from ..models import Problem, Stop, Tour

RESULTS = ("done", "progress")  # steps in which the unit says what came of it
CONFIRMS, REPORTED = "close", "done"  # the step by which it is over, the state in which it waits for that
SHOWS = ("open", "confirm", "late", "all")


@dataclass(frozen=True)
class Outcome:
    """What the unit told."""

    words: str
    at: datetime
    unit: str
    photos: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ProblemLine:
    """A matter in words; ``may``: the keys of the steps the reader may take."""

    problem: Problem
    state: str
    over: bool
    owner: str
    left: Left
    due: datetime | None
    outcome: Outcome | None
    may: frozenset[str] = frozenset()

    @property
    def case(self) -> Case:
        """The matter."""
        return self.problem.case

    @property
    def decided(self) -> bool:
        """Whether it was decided on the spot."""
        return self.case.kind == Raised.DECISION

    @property
    def confirm(self) -> bool:
        """Whether the reader is to say if it is done."""
        return CONFIRMS in self.may


def problems_of(tour: Tour, stop: Stop | None = None) -> list[Problem]:
    """What was raised inside the reach, in the order it was raised."""
    rows = Problem.objects.filter(stop__tour=tour).select_related("case__unit", "stop")
    rows = rows.filter(stop=stop) if stop else rows
    return list(rows.order_by("stop__order", "pk"))


def listed(show: str = "open") -> QuerySet[Problem]:
    """Of all tours, inside the reach: open ones by their day, those to be confirmed, late ones, or all."""
    rows = Problem.objects.select_related("case__unit", "stop__tour")
    if show == "all":
        return rows.order_by("-case__raised_at", "-pk")
    asked = {
        "confirm": Q(case__state=REPORTED),
        "late": Q(case__due_at__lt=timezone.now()),
    }.get(show, Q())
    rows = rows.filter(asked, case__closed_at=None)
    return rows.order_by(F("case__handle_due").asc(nulls_last=True), "pk")


def problem_numbered(number: str) -> Problem | None:
    """One in reach by the number of its case."""
    rows = Problem.objects.select_related("case__unit", "stop__tour", "stop__organisation")
    return rows.filter(case__number=number).first()


def lines_of(rows: Sequence[Problem], actor: Any = None) -> list[ProblemLine]:
    """The problems in words; for an actor also what she may do with each."""
    outcomes, now = _outcomes([row.case for row in rows]), timezone.now()
    return [_line(row, outcomes.get(row.case_id), now, actor) for row in rows]


def _line(row: Problem, outcome: Outcome | None, now: datetime, actor: Any) -> ProblemLine:
    case = row.case
    state = procedure_of(case).state(case.state)
    runs = _left(case, now)
    may = frozenset(rule.key for rule in steps_for(actor, case)) if actor is not None else frozenset()
    owner = case.unit.name if case.unit else ""
    return ProblemLine(row, state.label, state.end, owner, runs, case.handle_due, outcome, may)


def _left(case: Case, now: datetime) -> Left:
    """Until the day that was named; what is late already, such as taking it on, comes first."""
    if case.closed_at is not None:
        return Left("", "none")
    late = case.due_at is not None and case.due_at <= now
    end = case.due_at if late or case.handled_at else case.handle_due
    return left(end, now, paused=case.paused)


def _outcomes(cases: Sequence[Case]) -> dict[int, Outcome]:
    """The newest word of each unit; two queries."""
    steps = Step._base_manager.filter(case__in=cases, key__in=RESULTS).select_related("case__unit")
    found: dict[int, Step] = {step.case_id: step for step in steps.order_by("number")}
    here = whole_of(photo["digest"] for step in found.values() for photo in step.photos)
    return {
        pk: Outcome(
            step.words, step.at, step.case.unit.name if step.case.unit else "",
            [photo["digest"] for photo in step.photos if photo["digest"] in here],
        )
        for pk, step in found.items()
    }  # fmt: skip


def history_of(case: Case) -> list[StepLine]:
    """Its steps in their order, with words; who acted is told by capacity and unit only on these pages."""
    return step_lines(case, procedure_of(case))


def photos_of(lines: Sequence[StepLine]) -> list[PhotoLine]:
    """Photos that are there."""
    return [photo for line in lines for photo in line.photos if photo.here]


def by_stop(lines: Sequence[ProblemLine]) -> dict[int, list[ProblemLine]]:
    """The lines of each stop."""
    found: dict[int, list[ProblemLine]] = defaultdict(list)
    for line in lines:
        found[line.problem.stop_id].append(line)
    return found

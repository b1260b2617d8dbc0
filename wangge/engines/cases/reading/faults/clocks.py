"""Clocks: each begins, and none still runs when the case is over, whatever way it went."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..procedure import OPEN, Clock, Procedure, Step

Spot = tuple[str, bool]  # a state, and whether the clock runs


def clock_faults(procedure: Procedure) -> Iterator[str]:
    """Clocks with unknown steps, never begun, never stopped, or running in an end."""
    steps = {step.key for step in procedure.steps}
    levels = {level.key for level in procedure.levels}
    for clock in procedure.clocks:
        yield from _words(clock, steps, levels)
        yield from _still_running(procedure, clock)


def _words(clock: Clock, steps: set[str], levels: set[str]) -> Iterator[str]:
    for name, said, known in (
        ("starts", clock.starts, steps | {OPEN}), ("stops", clock.stops, steps),
        ("levels", clock.levels, levels),
    ):  # fmt: skip
        for word in said:
            if word not in known:
                yield _("计时 %(clock)s 的 %(name)s 写了“%(word)s”，流程里没有。") % {
                    "clock": clock.key, "name": name, "word": word[:40],
                }  # fmt: skip
    if not clock.starts:
        yield _("计时 %(clock)s 没有写何时开始（starts）。") % {"clock": clock.key}
    if not clock.stops:
        yield _("计时 %(clock)s 没有写何时停止（stops），永远停不下来。") % {"clock": clock.key}


def runs_after(clock: Clock, step: Step, before: bool) -> bool:
    """Whether the clock runs after a step: stops are done first, starts after."""
    return step.key in clock.starts or (before and step.key not in clock.stops)


def spots_of(procedure: Procedure, clock: Clock) -> dict[Spot, str]:
    """Every state a case can stand in, with the clock running or not, and the step that brings it there."""
    leaving: dict[str, list[Step]] = {state.key: [] for state in procedure.states}
    for step in procedure.steps:
        for origin in leaving.keys() & set(step.origins):
            leaving[origin].append(step)
    first: Spot = (procedure.start, OPEN in clock.starts)
    found, waiting = ({first: OPEN}, [first]) if procedure.start in leaving else ({}, [])
    while waiting:
        state, runs = waiting.pop()
        for step in leaving[state]:
            spot = (step.to or state, runs_after(clock, step, runs))
            if spot[0] in leaving and spot not in found:
                found[spot] = step.key
                waiting.append(spot)
    return found


def _still_running(procedure: Procedure, clock: Clock) -> Iterator[str]:
    ends = {state.key for state in procedure.states if state.end}
    for (state, runs), step in spots_of(procedure, clock).items():
        if runs and state in ends:
            yield _("计时 %(clock)s 到了结束状态 %(state)s 还在走（经步骤 %(step)s）；请写进 stops。") % {
                "clock": clock.key, "state": state, "step": step,
            }  # fmt: skip

"""A case walked by hand through every step a procedure allows: what ``faults`` is measured against."""

from __future__ import annotations

from wangge.engines.cases.reading.procedure import OPEN, Procedure, Step

Stand = tuple[str, frozenset[str]]  # the state, and the clocks that run


def after(procedure: Procedure, stand: Stand, step: Step) -> Stand:
    state, running = stand
    stopped = {clock.key for clock in procedure.clocks if step.key in clock.stops}
    started = {clock.key for clock in procedure.clocks if step.key in clock.starts}
    return step.to or state, frozenset((running - stopped) | started)


def stands_of(procedure: Procedure) -> dict[Stand, set[Stand]]:
    """Every way a case can stand, and the ways it can stand one step later."""
    first = (procedure.start, frozenset(clock.key for clock in procedure.clocks if OPEN in clock.starts))
    found: dict[Stand, set[Stand]] = {}
    waiting = [first]
    while waiting:
        stand = waiting.pop()
        if stand not in found:
            steps = [step for step in procedure.steps if stand[0] in step.origins]
            found[stand] = {after(procedure, stand, step) for step in steps}
            waiting += found[stand]
    return found


def is_sound(procedure: Procedure) -> bool:
    """Every state is stood in; from every stand a walk ends with no clock running; in no end one runs."""
    stands, ends = stands_of(procedure), {state.key for state in procedure.states if state.end}
    good = {stand for stand in stands if stand[0] in ends and not stand[1]}
    late = {stand for stand in stands if stand[0] in ends and stand[1]}
    while more := {stand for stand, to in stands.items() if to & good} - good:
        good |= more
    every = {state.key for state in procedure.states} == {state for state, _running in stands}
    return every and not late and good == set(stands)


def can_be_kept(procedure: Procedure) -> bool:
    """Every step is somebody's, and every clock has a limit at every level at which it runs."""
    return all(step.roles for step in procedure.steps) and all(
        clock.key in level.limits
        for level in procedure.levels
        for clock in procedure.clocks
        if not clock.levels or level.key in clock.levels
    )

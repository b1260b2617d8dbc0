"""Walks through the states: every one is reached, and from every one an end is."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..procedure import Procedure, State


def walk_faults(procedure: Procedure) -> Iterator[str]:
    """No or a wrong start, states nobody comes to, states without a way out, rounds without an end."""
    states = {state.key: state for state in procedure.states}
    if procedure.start not in states:
        yield _("流程的起点（start）写了“%(state)s”，但没有这个状态。") % {"state": procedure.start[:40]}
    elif states[procedure.start].end:
        yield _("起点 %(state)s 就是结束，事项一上报就完了。") % {"state": procedure.start}
    if not any(state.end for state in procedure.states):
        yield _("没有一个状态是结束（end = true），事项永远办不结。")
    for state in procedure.states:
        if state.end and state.paused:
            yield _("状态 %(state)s 既是结束又是停表；结束的事项没有表可停。") % {"state": state.key}
    ways = ways_of(procedure)
    yield from _unreached(procedure, ways, states)
    yield from _endless(procedure, ways)


def ways_of(procedure: Procedure) -> dict[str, set[str]]:
    """To which states one step leads from each; unknown states are told elsewhere."""
    ways: dict[str, set[str]] = {state.key: set() for state in procedure.states}
    for step in procedure.steps:
        for origin in step.origins:
            if origin in ways and step.to in ways:
                ways[origin].add(step.to)
    return ways


def reached(ways: dict[str, set[str]], begin: set[str]) -> set[str]:
    """All that can be come to from the beginnings, these included."""
    seen, waiting = set(begin), list(begin)
    while waiting:
        fresh = ways[waiting.pop()] - seen
        seen |= fresh
        waiting += fresh
    return seen


def _unreached(procedure: Procedure, ways: dict[str, set[str]], states: dict[str, State]) -> Iterator[str]:
    if procedure.start not in states:
        return
    found = reached(ways, {procedure.start})
    for key in states:
        if key not in found:
            yield _("没有哪一步通到状态 %(state)s；请从别的状态连过来，或删去它。") % {"state": key}


def _endless(procedure: Procedure, ways: dict[str, set[str]]) -> Iterator[str]:
    back: dict[str, set[str]] = {key: set() for key in ways}
    for key, to in ways.items():
        for other in to:
            back[other].add(key)
    ending = reached(back, {state.key for state in procedure.states if state.end})
    lost = [state.key for state in procedure.states if state.key not in ending]
    for key in lost:
        if not ways[key] - {key}:
            yield _("状态 %(state)s 没有出路：没有一步离开它，它又不是结束。") % {"state": key}
    if round_ := [key for key in lost if ways[key] - {key}]:
        yield _("从状态 %(states)s 走不到任何结束，只会绕圈；请加一步通到结束的状态。") % {
            "states": "、".join(round_)
        }

"""Procedures changed at random: the shipped ones as tables, and the slips of a pen that writes them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from wangge.engines.cases.reading.packs import SHIPPED

Told = dict[str, Any]
PACKS = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(SHIPPED.glob("*.toml"))}


def pack(name: str = "incident") -> Told:
    """A shipped procedure as a table of its own."""
    return deepcopy(PACKS[name])


def part(told: Told, kind: str, key: str) -> Told:
    """One state, step, clock or level of it."""
    return next(each for each in told[kind] if each["key"] == key)


def _state(draw: Any, told: Told) -> str:
    return str(draw(st.sampled_from(told["states"]))["key"])


def _drop(kind: str) -> Callable[[Any, Told], None]:
    def slip(draw: Any, told: Told) -> None:
        told[kind].pop(draw(st.integers(0, len(told[kind]) - 1)))

    return slip


def redirect(draw: Any, told: Told) -> None:
    draw(st.sampled_from(told["steps"]))["to"] = draw(st.sampled_from(["", _state(draw, told)]))


def leave_elsewhere(draw: Any, told: Told) -> None:
    draw(st.sampled_from(told["steps"]))["from"] = [_state(draw, told), _state(draw, told)]


def turn_flag(draw: Any, told: Told) -> None:
    state, flag = draw(st.sampled_from(told["states"])), draw(st.sampled_from(["end", "paused"]))
    state[flag] = not state.get(flag, False)


def forget_stop(draw: Any, told: Told) -> None:
    stops = draw(st.sampled_from(told["clocks"]))["stops"]
    if stops:
        stops.pop(draw(st.integers(0, len(stops) - 1)))


def start_more(draw: Any, told: Told) -> None:
    step = draw(st.sampled_from(told["steps"]))["key"]
    draw(st.sampled_from(told["clocks"]))["starts"].append(step)


def begin_elsewhere(draw: Any, told: Told) -> None:
    told["start"] = _state(draw, told)


def forget_roles(draw: Any, told: Told) -> None:
    draw(st.sampled_from(told["steps"]))["roles"] = []


def forget_limit(draw: Any, told: Told) -> None:
    limits = draw(st.sampled_from(told["levels"]))["limits"]
    limits.pop(draw(st.sampled_from(sorted(limits))), None) if limits else None


HARMLESS_OFTEN = [redirect, leave_elsewhere, turn_flag, start_more, begin_elsewhere, _drop("steps")]
HARMFUL_OFTEN = [forget_stop, forget_roles, forget_limit, _drop("states"), _drop("clocks"), _drop("levels")]


@st.composite
def changed_packs(draw: Any) -> Told:
    """A shipped procedure with up to four slips; without any it is as shipped."""
    told = pack(draw(st.sampled_from(sorted(PACKS))))
    for slip in draw(st.lists(st.sampled_from([*HARMLESS_OFTEN, *HARMFUL_OFTEN]), max_size=4)):
        if all(told[kind] for kind in ("states", "steps", "clocks", "levels")):
            slip(draw, told)
    return told

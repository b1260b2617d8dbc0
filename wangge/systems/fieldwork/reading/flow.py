"""A disposal flow (处置流程图, S85) as it is written in a table, and whether it can be walked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

Step = Mapping[str, Any]  # {"name", "who", "then": [[words, index], …]}
MOST = 30  # steps; a picture of more is not read
_BRANCH = re.compile(r"^(?:(?P<words>.*?)\s*(?:→|->|－>|=>))?\s*(?P<number>\d{1,2})$")


class FlowFault(ValueError):
    """A flow that cannot be drawn or walked: says at which step and what to do."""


def read_then(text: str, at: int) -> list[list[Any]]:
    """What follows a step: "4" is "then step 4"; "已整改→5；未整改→3" are two ways. Numbers count from 1;
    nothing at all ends the flow.

    Args:
        at: the step's own number, for the message.

    Raises:
        FlowFault: a part that is neither.
    """
    ways: list[list[Any]] = []
    for part in re.split(r"[;；\n]+", text.strip()):
        if not part.strip():
            continue
        found = _BRANCH.match(part.strip())
        if found is None:
            raise FlowFault(
                _("第 %(at)d 步的“下一步”看不懂：%(part)s。请写步骤号，或写“情况→步骤号”，用分号隔开。")
                % {"at": at, "part": part.strip()[:40]}
            )
        ways.append([(found["words"] or "").strip()[:20], int(found["number"]) - 1])
    return ways


def write_then(then: Sequence[Sequence[Any]]) -> str:
    """The same as it is typed."""
    return "；".join(f"{words}→{index + 1}" if words else str(index + 1) for words, index in then)


def check_flow(steps: Sequence[Step]) -> None:
    """A flow begins at its first step, every step can be reached, and none leads back.

    Raises:
        FlowFault: too long, a name missing, a number that is no step, a step nobody comes to, a loop.
    """
    if len(steps) > MOST:
        raise FlowFault(_("流程最多 %(most)d 步；请拆成几个场景。") % {"most": MOST})
    for at, step in enumerate(steps, 1):
        if not str(step["name"]).strip():
            raise FlowFault(_("第 %(at)d 步没有名称。") % {"at": at})
        for _words, index in step["then"]:
            if not 0 <= index < len(steps):
                raise FlowFault(
                    _("第 %(at)d 步的下一步写了 %(to)d，但没有这一步。") % {"at": at, "to": index + 1}
                )
    if steps:
        _must_end(steps)
        _must_be_reached(steps)


def _must_end(steps: Sequence[Step]) -> None:
    state = [0] * len(steps)  # 0 not seen, 1 on the way, 2 leads to an end

    def walk(at: int) -> None:
        state[at] = 1
        for _words, index in steps[at]["then"]:
            if state[index] == 1:
                raise FlowFault(
                    _("流程绕回去了：第 %(at)d 步又回到第 %(to)d 步。请让流程一直向前，重做的写成新的一步。")
                    % {"at": at + 1, "to": index + 1}
                )
            if state[index] == 0:
                walk(index)
        state[at] = 2

    for at in range(len(steps)):
        if state[at] == 0:
            walk(at)


def _must_be_reached(steps: Sequence[Step]) -> None:
    reached, waiting = {0}, [0]
    while waiting:
        for _words, index in steps[waiting.pop()]["then"]:
            if index not in reached:
                reached.add(index)
                waiting.append(index)
    lost = sorted(set(range(len(steps))) - reached)
    if lost:
        raise FlowFault(
            _("没有哪一步通到第 %(at)d 步。请从前面的步骤连过来，或删去它。") % {"at": lost[0] + 1}
        )


def layers_of(steps: Sequence[Step]) -> list[int]:
    """How far down each step stands: one below the lowest that leads to it. The flow has no loop."""
    depth = [0] * len(steps)
    for _round in steps:
        for at, step in enumerate(steps):
            for _words, index in step["then"]:
                depth[index] = max(depth[index], depth[at] + 1)
    return depth

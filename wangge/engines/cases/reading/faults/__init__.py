"""Whether a procedure makes sense: all that is wrong with it, in words that say what and where.

A procedure in which this finds nothing has from every state a walk to an end, and no clock runs in an end.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..procedure import Procedure
from .clocks import clock_faults
from .counts import count_faults
from .levels import level_faults
from .names import name_faults
from .steps import step_faults
from .walks import walk_faults


def faults(procedure: Procedure) -> list[str]:
    """Every fault once, in the order of the file's parts; [] for a procedure that can be used."""
    return list(dict.fromkeys(_all(procedure)))


def _all(procedure: Procedure) -> Iterator[str]:
    for asked in (name_faults, step_faults, walk_faults, clock_faults, level_faults, count_faults):
        yield from asked(procedure)

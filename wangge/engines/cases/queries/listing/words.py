"""What the filters offer."""

from __future__ import annotations

from ...kinds import systems
from ...models import ProcedureText
from ...reading.procedure import Procedure
from ..procedures import by_pk

Choices = list[tuple[str, str]]


def kinds_known(system: str = "") -> Choices:
    """The classes of one system, or of all."""
    found = {
        key: str(name) for each in systems() if system in ("", each.key) for key, name in each.kinds.items()
    }
    return list(found.items())


def states_known() -> Choices:
    """The states of every procedure that a case goes by, in the order of the procedures."""
    return list({state.key: state.label for each in _in_use() for state in each.states}.items())


def levels_known() -> Choices:
    """Their levels."""
    return list({level.key: level.label for each in _in_use() for level in each.levels}.items())


def _in_use() -> list[Procedure]:
    return [by_pk(pk) for pk in ProcedureText.objects.order_by("pk").values_list("pk", flat=True)]

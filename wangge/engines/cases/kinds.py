"""Which systems keep their matters here. A system says so when it is ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class System:
    """A system with cases: ``kinds`` name its classes, ``procedures`` the default procedure of each
    ("" for all others); ``route`` is the url name of a case's page, asked for with its number. ``panel`` is
    the system's own part of that page: (template, context) for a case, or None where it has none.
    ``opened_with``: rights of which one is enough to open its matters; who holds one that is not case.open
    sees the matters she opened herself."""

    key: str
    name: str | Promise
    route: str
    kinds: Mapping[str, str | Promise]
    procedures: Mapping[str, str] = field(default_factory=dict)
    panel: Callable[[Any], tuple[str, dict[str, Any]] | None] | None = None
    opened_with: tuple[str, ...] = ("case.open",)

    def procedure_for(self, kind: str) -> str:
        """The key of the procedure by which a kind is handled."""
        return self.procedures.get(kind) or self.procedures[""]


_systems: dict[str, System] = {}


def register(system: System) -> None:
    """Tell the engine of a system; telling it again replaces what was said."""
    _systems[system.key] = system


def forget(key: str) -> None:
    """Tell the engine that a system is gone; its cases stay, under their bare keys."""
    _systems.pop(key, None)


def system_of(key: str) -> System:
    """Raises KeyError for one that was never registered."""
    return _systems[key]


def systems() -> list[System]:
    """All of them, in the order they were told."""
    return list(_systems.values())


def panel_of(case: Any) -> tuple[str, dict[str, Any]] | None:
    """The system's own part of a case's page."""
    system = _systems.get(case.system)
    return system.panel(case) if system and system.panel else None


def kind_name(case: Any) -> str:
    """The words for a case's kind; the bare key where its system does not know it any more."""
    system = _systems.get(case.system)
    return str(system.kinds.get(case.kind, case.kind)) if system else str(case.kind)

"""Which systems keep their matters here. A system says so when it is ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.functional import Promise


@dataclass(frozen=True)
class Confidential:
    """What is said in a system's cases is not for all who see them: the system keeps the words, and only whom
    it admits reads them, sees photos and takes steps.

    ``admits(actor, case)``; ``keep(actor=, case=, op=, words=)`` keeps what was said with a step;
    ``told(case)`` gives it back by the step's op.
    """

    admits: Callable[[Any, Any], bool]
    keep: Callable[..., None]
    told: Callable[[Any], dict[UUID, str]]


@dataclass(frozen=True)
class System:
    """A system with cases: ``kinds`` name its classes, ``procedures`` the default procedure of each
    ("" for all others); ``route`` is the url name of a case's page, asked for with its number. ``panel`` is
    the system's own part of that page: (template, context) for a case, or None where it has none;
    ``panel_for`` is the same for a case and its reader. ``pages``: steps that are taken on a page of the
    system's own, with its url name, asked for with the number. ``opened_with``: rights of which one is enough
    to open its matters; who holds one that is not case.open sees the matters she opened herself."""

    key: str
    name: str | Promise
    route: str
    kinds: Mapping[str, str | Promise]
    procedures: Mapping[str, str] = field(default_factory=dict)
    panel: Callable[[Any], tuple[str, dict[str, Any]] | None] | None = None
    opened_with: tuple[str, ...] = ("case.open",)
    panel_for: Callable[[Any, Any], tuple[str, dict[str, Any]] | None] | None = None
    pages: Mapping[str, str] = field(default_factory=dict)
    confidential: Confidential | None = None

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


def panel_of(case: Any, reader: Any = None) -> tuple[str, dict[str, Any]] | None:
    """The system's own part of a case's page."""
    system = _systems.get(case.system)
    if system and system.panel_for:
        return system.panel_for(case, reader)
    return system.panel(case) if system and system.panel else None


def pages_of(case: Any) -> Mapping[str, str]:
    """Steps that are taken on pages of the system's own."""
    system = _systems.get(case.system)
    return system.pages if system else {}


def confidential(case: Any) -> Confidential | None:
    """How what is said in the case is kept; None where all who see it read it."""
    system = _systems.get(case.system)
    return system.confidential if system else None


def admitted(actor: Any, case: Any) -> bool:
    """Whether an actor reads what is said in the case and may act in it; the machine's own hand does."""
    secret = confidential(case)
    return secret is None or isinstance(actor, str) or secret.admits(actor, case)


def kind_name(case: Any) -> str:
    """The words for a case's kind; the bare key where its system does not know it any more."""
    system = _systems.get(case.system)
    return str(system.kinds.get(case.kind, case.kind)) if system else str(case.kind)

"""Which systems keep their matters here. A system says so when it is ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q
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
    ``panel_for`` is the same for a case and its reader.

    Args:
        pages: steps that are taken on a page of the system's own, with its url name, asked for with the
            number.
        own_steps: steps the system asks for with forms of its own; the shared page offers none.
        opened_with: rights of which one is enough to open its matters; who holds one that is not case.open
            sees the matters she opened herself.
        splits: a part of its matters may get a number of its own; never of a confidential one.
        any_unit: its matters may go to every unit, whatever classes the unit names.
        look: told (actor, case, wish) before a step; raises Refused or Unacceptable where it may not be.
        follow: told (case, step) after a step, in its transaction.
        waiting: which of its cases wait for somebody besides those the procedure tells of.
        confidential: how what is said in its cases is kept; None where all who see one read it.
    """

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
    splits: bool = True
    any_unit: bool = False
    own_steps: frozenset[str] = frozenset()
    look: Callable[[Any, Any, Any], None] | None = None
    follow: Callable[[Any, Any], None] | None = None
    waiting: Callable[[Any], Q] | None = None

    def procedure_for(self, kind: str) -> str:
        """The key of the procedure by which a kind is handled."""
        return self.procedures.get(kind) or self.procedures[""]


Beside = Callable[[Any, Any], tuple[str, dict[str, Any]] | None]  # (request, case)
_systems: dict[str, System] = {}
_besides: dict[str, Beside] = {}


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


def stand_beside(key: str, part: Beside) -> None:
    """A system adds a part to the page of every case, its own and others': (template, context) for a request
    and a case, or None; ``doing`` in the context says that the reader has something to do there. Telling it
    again replaces what was said."""
    _besides[key] = part


def parts_beside(request: Any, case: Any) -> list[tuple[str, dict[str, Any]]]:
    """What systems add to a case's page for its reader."""
    return [found for part in _besides.values() if (found := part(request, case))]


def takes_any_unit(case: Any) -> bool:
    """Whether its system asks units of every class."""
    system = _systems.get(case.system)
    return bool(system and system.any_unit)


def may_split(case: Any) -> bool:
    """Whether a part of it may get a number of its own."""
    system = _systems.get(case.system)
    return system is None or (system.splits and system.confidential is None)


def own_steps_of(case: Any) -> frozenset[str]:
    """The steps its system has forms of its own for."""
    system = _systems.get(case.system)
    return system.own_steps if system else frozenset()


def look_at(actor: Any, case: Any, wish: Any) -> None:
    """Ask the case's system whether the step may be taken; raises what it raises."""
    system = _systems.get(case.system)
    if system and system.look:
        system.look(actor, case, wish)


def follow(case: Any, step: Any) -> None:
    """Tell the case's system of a step that was taken."""
    system = _systems.get(case.system)
    if system and system.follow:
        system.follow(case, step)


def also_waiting(actor: Any) -> Q:
    """Cases that wait for somebody besides those the procedures tell of."""
    found = Q(pk__in=[])
    for system in _systems.values():
        if system.waiting:
            found |= Q(system=system.key) & system.waiting(actor)
    return found


def kind_name(case: Any) -> str:
    """The words for a case's kind; the bare key where its system does not know it any more."""
    system = _systems.get(case.system)
    return str(system.kinds.get(case.kind, case.kind)) if system else str(case.kind)

"""What other parts of the product hold about a person: each registers what it shows her, at start-up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Line:
    """One thing that is held: masked for the screen, in clear for her own copy, who said it and when."""

    label: Text
    text: str
    clear: str = ""
    source: Text = ""
    on: str = ""  # a day, ISO

    def told(self) -> dict[str, str]:
        """The line in her own copy."""
        return {
            "label": str(self.label),
            "value": self.clear or self.text,
            "source": str(self.source),
            "confirmed": self.on,
        }


@dataclass(frozen=True)
class Section:
    """A heading, why it is held and for how long, and the lines. ``subjects``: rows of the read log that
    also belong to her, as (type, id)."""

    title: Text
    why: Text
    lines: tuple[Line, ...] = ()
    subjects: tuple[tuple[str, str], ...] = field(default=())

    def told(self) -> dict[str, Any]:
        """The section in her own copy."""
        return {
            "title": str(self.title),
            "why": str(self.why),
            "lines": [line.told() for line in self.lines],
        }


Provider = Callable[[Any], Section]
_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    """From now on ask ``provider(person)`` too; one for a name, a second call replaces it. It runs with the
    reach of everywhere: what is hers is hers, wherever it lies."""
    _providers[name] = provider


def registered(person: Any) -> list[Section]:
    """What everybody who registered holds about the person, in the order of the names."""
    return [_providers[name](person) for name in sorted(_providers)]

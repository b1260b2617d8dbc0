"""What a carrier is given, and what it must be able to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


class NotSent(Exception):
    """A message did not go out; ``why`` is a word for programs such as "unconfigured" or "refused"."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True)
class Template:
    """``name`` is ours, ``text`` has {names} in it, ``code`` is the carrier's number of the approved text."""

    name: str
    text: str
    code: str = ""


@dataclass(frozen=True)
class Message:
    """One message on its way. The number and the text stay out of ``repr``, hence out of tracebacks."""

    phone: str = field(repr=False)
    text: str = field(repr=False)
    template: Template
    values: dict[str, str] = field(repr=False)


class Carrier(Protocol):
    """Whoever carries messages. ``shows`` says whether they may be shown on screen in demo mode."""

    shows: bool

    def carry(self, message: Message) -> None:
        """Hand the message over; raises NotSent."""
        ...


class Nobody:
    """No carrier is set: nothing is sent, and it is said."""

    shows = False

    def carry(self, message: Message) -> None:
        raise NotSent("unconfigured")

"""Who asks through the API: a client with a key, or a person who is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from wangge.foundation.clients.models import Client


@dataclass(frozen=True)
class Caller:
    """The client behind a request. It is no string: strings are the machine's own hand, which may all."""

    client: Client

    def get_username(self) -> str:
        """How the trail and the read log name it."""
        return f"client:{self.client.name}"

    @property
    def name(self) -> str:
        """What a resident reads when she asks who looked: the unit that answers for the program."""
        return self.client.owner

    def holds(self, scope: str) -> bool:
        """Whether the client was given this scope."""
        return scope in self.client.scopes


def caller_of(request: HttpRequest) -> Any:
    """The actor of a call: a ``Caller``, or the signed-in user."""
    held = getattr(request, "auth", None)
    return held if isinstance(held, Caller) else request.user

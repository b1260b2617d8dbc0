"""Invented programs with a key, and a receiver that stands on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import count
from typing import Any

from django.test import Client as Browser

from tests import cast
from wangge.foundation.clients import actions
from wangge.foundation.clients.enums import Scope
from wangge.foundation.clients.models import Client
from wangge.lib.scoping import EVERYWHERE, within

_numbers = count(1)


def program(area: str = cast.TOWN, scopes: list[str] | None = None, **values: Any) -> tuple[Client, str]:
    """A client with a key: (row, key in clear)."""
    with within(EVERYWHERE):
        made = actions.make_client(
            actor="test", name=values.pop("name", f"program-{next(_numbers)}"), owner="区示范局",
            area_code=area, scopes=list(Scope) if scopes is None else scopes, **values,
        )  # fmt: skip
        _key, token = actions.give_key(actor="test", client=made)
    return made, token


def calling(token: str) -> Browser:
    """A browser that sends the key with every request."""
    return Browser(headers={"authorization": f"Bearer {token}"})


@dataclass
class Receiver:
    """What arrived, and what is answered next."""

    url: str
    got: list[tuple[dict[str, str], str]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)  # the last one is repeated; none = 204


@contextmanager
def receiver(*answers: int) -> Iterator[Receiver]:
    """A local HTTP server that keeps what is posted to it."""
    held = Receiver("", answers=list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            held.got.append((dict(self.headers.items()), body))
            status = held.answers.pop(0) if len(held.answers) > 1 else (held.answers or [204])[0]
            self.send_response(status)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()
            self.wfile.write(b"" if status == 204 else b"taken")

        def log_message(self, *_args: Any) -> None:
            """Silent."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    held.url = f"http://127.0.0.1:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)

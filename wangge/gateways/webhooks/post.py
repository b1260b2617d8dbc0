"""One POST over http.client: to the checked address, within a time, keeping nothing of the answer."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from .guard import Target

CONNECT = 3.0  # seconds
WHOLE = 10.0  # seconds from the first byte sent to the answer's head, however slowly it drips
READ = 64 * 1024  # of the answer, only to know its size; it is not kept


class Unsent(Exception):
    """It did not arrive; ``why`` is timeout, tls or unreachable."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True)
class Answer:
    """What the other side said: its status and the size of its words, not the words."""

    status: int
    size: int

    @property
    def good(self) -> bool:
        """Whether it took the message (2xx); a redirect is not followed and not good."""
        return 200 <= self.status < 300


class _Pinned(http.client.HTTPConnection):
    """Connects to the address that was checked; TLS still asks for the name."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=CONNECT)
        self._target = target

    def connect(self) -> None:
        opened = socket.create_connection((self._target.ip, self._target.port), CONNECT)
        opened.settimeout(WHOLE)
        if self._target.secure:
            opened = ssl.create_default_context().wrap_socket(opened, server_hostname=self._target.host)
        self.sock = opened


def post(target: Target, body: bytes, headers: Mapping[str, str], *, whole: float = WHOLE) -> Answer:
    """Send once.

    Raises:
        Unsent: no connection, no trust, or no answer in time.
    """
    connection, late = _Pinned(target), threading.Event()
    try:
        connection.connect()
        with _deadline(connection, whole, late):
            connection.request("POST", target.path, body, {"Host": target.authority, **headers})
            answer = connection.getresponse()
            return Answer(answer.status, len(answer.read(READ)))
    except ssl.SSLError as error:
        raise Unsent("tls") from error
    except (OSError, http.client.HTTPException) as error:
        raise Unsent(
            "timeout" if late.is_set() or isinstance(error, TimeoutError) else "unreachable"
        ) from error
    finally:
        connection.close()


@contextmanager
def _deadline(
    connection: http.client.HTTPConnection, seconds: float, late: threading.Event
) -> Iterator[None]:
    """Cut the line after ``seconds``: a time limit per read is no limit on someone who sends byte by byte."""
    line = connection.sock

    def cut() -> None:
        late.set()
        with suppress(OSError):  # gone already
            line.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()

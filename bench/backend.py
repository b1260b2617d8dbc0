"""The database's process behind a connection, where it runs on this machine: its priority and its time."""

from __future__ import annotations

from pathlib import Path

from bench.machine import priority


class Backend:
    """The server process of Django's connection; without one on this machine it took no time we know of."""

    def __init__(self) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.pid: int = cursor.fetchone()[0]
        self.told = Path(f"/proc/{self.pid}/schedstat")

    @property
    def here(self) -> bool:
        return self.told.exists() and b"postgres" in Path(f"/proc/{self.pid}/cmdline").read_bytes()

    def take_our_priority(self) -> None:
        """A run that goes before other work on the machine does so in the database, too."""
        if self.here and priority() != priority(self.pid):
            Path(f"/proc/{self.pid}/autogroup").write_text(str(priority()))

    def spent(self) -> float:
        """Milliseconds of processor so far."""
        return int(self.told.read_text().split()[0]) / 1e6 if self.here else 0.0

"""Declarations through the endpoint with everything on: signature of the code checked, limits counted and not
reached, raw payload kept sealed, repeats recognised, rows and trail line durable before the receipt; then
every declaration matched to person and room and every event's reaction run before the clock stops
("drained").

Each line stands beside floors of the same run on the same machine: durable single-row commits by pgbench, a
Django view that does nothing and a bare django-ninja insert (one ORM row, one index) on granian with the
same processes and threads. Half of those who declare are registered with their number, a quarter without, a
quarter are new. ``python -m bench.declaring.drive --url … --body-file …`` drives any other server's endpoint
the same way.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.databases import NAMES, ROOT, Place, throw_away
from bench.declaring.drive import Load, drive
from bench.declaring.serving import CONSTANT, FLOORS, OURS, Server, asking, commits, inside, served, worker

DOOR, CLIENTS = "/api/v1/declarations", (1, 16, 64)
GOAL_RATE, GOAL_P99, GOAL_SQLITE, GOAL_SHARE = 1_500, 100, 500, 0.6
START = "from wangge.site.cli import everywhere, start_django\nstart_django()\n"
FLOOR_TABLES = """
from bench.declaring import floors
floors.make()
from django.db import connection
connection.cursor().execute("CREATE TABLE floor_commits (id bigserial PRIMARY KEY, body text)")
"""
# For each line it is sent: waits until nothing is left to match or to react to, prints how many stand.
DRAIN = (
    START
    + """
import sys, time
from wangge.foundation.journal.models import Delivery
from wangge.systems.declarations.models import Declaration
with everywhere():
    for _line in sys.stdin:
        while (Declaration.objects.filter(matched="waiting").exists()
               or Delivery.objects.filter(state__in=["waiting", "running"]).exists()):
            time.sleep(0.02)
        print(Declaration.objects.count(), flush=True)
"""
)


@dataclass
class Ours:
    """One run of the endpoint: the load, and declarations a second with everything after them done."""

    load: Load
    drained: float


def run(*, db: str = "both", quick: bool = False, full: bool = False) -> list[dict[str, Any]]:
    """The rows of this benchmark."""
    seconds, people = (3, 400) if quick else (15, 4_000)
    rows: list[dict[str, Any]] = []
    if db in ("both", "postgres"):
        with throw_away("postgres") as place:
            bodies = prepared(place, people)
            rows += on_postgres(place, bodies, seconds)
            if full or quick:
                most = max(row["ours"] for row in rows if row["name"].endswith("answered"))
                rows.append(soak(place, bodies, most / 3, 5 if quick else 600))
    if db in ("both", "sqlite"):
        with throw_away("sqlite") as place:
            rows.append(on_sqlite(place, prepared(place, people), seconds))
    return rows


def prepared(place: Place, people: int) -> Path:
    """People, codes and bodies."""
    bodies = place.home / "bodies.txt"
    call = [sys.executable, "-m", "bench.declaring.sending", str(bodies), str(people)]
    subprocess.run(call, cwd=ROOT, env=place.env, check=True)
    return bodies


def on_postgres(place: Place, bodies: Path, seconds: int) -> list[dict[str, Any]]:
    """Ours and the floors, by the number of clients, one after the other for each number."""
    inside(place, FLOOR_TABLES)
    short = max(2, seconds // 3)
    ceiling = floor(place, CONSTANT, bodies, 16, short).rate
    rows = []
    for clients in CLIENTS:
        durable = commits(place, clients, short)
        empty = floor(place, FLOORS, bodies, clients, short, "/nothing").rate
        bare = floor(place, FLOORS, bodies, clients, seconds, "/bare")
        ours = declared(place, bodies, clients, seconds)
        rows += lines(clients, ours, bare, durable, empty, ceiling)
    return rows


def floor(place: Place, application: str, bodies: Path, clients: int, seconds: int, path: str = "/") -> Load:
    """One floor, warmed up."""
    with served(place, application, path) as server:
        drive(server.url, bodies, clients=clients, seconds=1)
        return drive(server.url, bodies, clients=clients, seconds=seconds)


def declared(place: Place, bodies: Path, clients: int, seconds: int) -> Ours:
    """Ours with the worker beside it, from the first request to the last reaction."""
    with served(place, OURS, DOOR) as server, worker(place), draining(place) as drained:
        _warm(server, bodies, clients)
        before = drained()
        begun = time.monotonic()
        load = drive(server.url, bodies, clients=clients, seconds=seconds, device="X-Device")
        held = drained() - before
        taken = time.monotonic() - begun
    if load.failed or held < load.requests:
        raise RuntimeError(f"{load.failed} of {load.requests} failed, {held} stand")
    return Ours(load, held / taken)


@contextmanager
def draining(place: Place) -> Iterator[Callable[[], int]]:
    """Something to call: it comes back when all is drained, with how many declarations stand."""
    with asking(place, DRAIN) as ask:
        yield lambda: int(ask())


def _warm(server: Server, bodies: Path, clients: int) -> None:
    drive(server.url, bodies, clients=max(clients, 16), seconds=1, device="X-Device")


def lines(
    clients: int, ours: Ours, bare: Load, durable: float, empty: float, ceiling: float
) -> list[dict[str, Any]]:
    """What one number of clients says."""
    load = ours.load
    note = (
        f"answered {load.rate:,.0f}/s (p50 {load.p50:.1f}, p95 {load.p95:.1f}, p99 {load.p99:.1f} ms); bare "
        f"insert {bare.rate:,.0f}/s (p99 {bare.p99:.1f} ms); durable commits {durable:,.0f}/s; Django no-op "
        f"{empty:,.0f}/s; the load generator reaches {ceiling:,.0f}/s"
    )
    name = f"PostgreSQL, {clients} client{'s' if clients > 1 else ''}"
    rows = [
        row(f"{name}, answered", load.rate, bare.rate, "/s", "bare ninja insert", f"≥ {GOAL_SHARE} ×", note),
        row(f"{name}, drained", ours.drained, bare.rate, "/s", "bare ninja insert", f"≥ {GOAL_SHARE} ×"),
    ]
    if clients == 16:
        rows.append(row(f"{name}, answered", load.rate, GOAL_RATE, "/s", "aim", f"{GOAL_RATE}/s"))
    if clients == 64:
        rows.append(
            row(f"{name}, 99th percentile", load.p99, GOAL_P99, "ms", "goal", f"< {GOAL_P99} ms", less=True)
        )
    return rows


def on_sqlite(place: Place, bodies: Path, seconds: int) -> dict[str, Any]:
    """The default installation."""
    ours = declared(place, bodies, 16, seconds)
    note = f"p50 {ours.load.p50:.1f}, p99 {ours.load.p99:.1f} ms; drained {ours.drained:,.0f}/s"
    name = f"{NAMES[place.kind]}, 16 clients, answered"
    return row(name, ours.load.rate, GOAL_SQLITE, "/s", "goal", f"≥ {GOAL_SQLITE}/s", note)


def soak(place: Place, bodies: Path, rate: float, seconds: int) -> dict[str, Any]:
    """A third of the maximum for ten minutes: memory flat, no error."""
    with served(place, OURS, DOOR) as server, worker(place):
        _warm(server, bodies, 16)
        call = [
            sys.executable,
            "-m",
            "bench.declaring.steady",
            server.url,
            str(bodies),
            str(rate),
            str(seconds),
        ]
        sending = subprocess.Popen(call, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        time.sleep(seconds / 10)
        early = server.memory_mb()
        told = json.loads(sending.communicate()[0])
        late = server.memory_mb()
    note = (
        f"{told['sent']:,} sent in {told['seconds']:.0f} s, {told['failed']} failed, "
        f"p99 {told['p99']:.0f} ms; "
        f"memory of the server after a tenth of the time compared with the end"
    )
    name = (
        f"PostgreSQL, {rate:,.0f}/s for {seconds // 60 or seconds} {'min' if seconds >= 60 else 's'}, memory"
    )
    return row(name, late, early, "MB", "after a tenth", "flat", note, less=True)


def row(
    name: str,
    ours: float,
    peer: float,
    unit: str,
    against: str,
    goal: str,
    note: str = "",
    *,
    less: bool = False,
) -> dict[str, Any]:
    """One line; ``less`` where a smaller figure is the better one."""
    ratio = peer / ours if less else ours / peer
    return {
        "name": name, "ours": round(ours, 1), "peer": round(peer, 1), "unit": unit, "ratio": round(ratio, 2),
        "against": against, "goal": goal, "note": note,
    }  # fmt: skip

"""The first sync of a grid worker's phone: 3,000 people, 800 rooms, 280 organisations of one grid among ten,
through the whole product in process (session, rights, read log of every person, unsealing and masking of
every phone, JSON, gzip); the median of five. The seconds on a 3G line are computed: 1.6 Mbit/s, 300 ms there
and back, three round trips to connect, two more until the line is full, the server's time, the bytes. Then
what a later pull costs after so many people were changed: it must follow the changes and not the grid.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from bench.databases import NAMES, ROOT, Place, throw_away
from bench.declare import row

LINE, ROUND_TRIP, ROUND_TRIPS = 1_600_000 / 8, 0.3, 5  # bytes a second, seconds, to connect and to fill it
GOAL_MS, GOAL_3G = 1_000, 10


def run(*, db: str = "both") -> list[dict[str, Any]]:
    """The rows of this benchmark."""
    rows: list[dict[str, Any]] = []
    for kind in NAMES if db == "both" else (db,):
        with throw_away(kind) as place:
            rows += lines(place)
    return rows


def lines(place: Place) -> list[dict[str, Any]]:
    """What one database says."""
    call = [sys.executable, "-m", "bench.syncing.first"]
    env = place.env | {"WANGGE_LOG_LEVEL": "ERROR"}
    done = subprocess.run(call, cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-3_000:])
    told, name = json.loads(done.stdout.splitlines()[-1]), NAMES[place.kind]
    first, deltas = told["first"], told["deltas"]
    seconds = ROUND_TRIPS * ROUND_TRIP + first["ms"] / 1000 + first["bytes"] / LINE
    note = (
        f"{first['cpu']:.0f} ms of processor, Python's and the database's; {first['bytes']:,} bytes, "
        f"{first['queries']} queries"
    )
    told_deltas = "; ".join(
        f"{number} changed: {one['ms']:.0f} ms ({one['cpu']:.0f} of processor), {one['bytes']:,} bytes, "
        f"{one['queries']} queries"
        for number, one in deltas.items()
    )
    whole, few, many = first["ms"], deltas["0"], deltas["1000"]
    return [
        row(f"{name}, first sync, server", whole, GOAL_MS, "ms", "goal", f"< {GOAL_MS} ms", note, less=True),
        row(f"{name}, first sync, 3G (computed)", seconds, GOAL_3G, "s", "goal", f"< {GOAL_3G} s", less=True),
        row(
            f"{name}, nothing changed, server", few["ms"], whole, "ms", "the first sync",
            "follows the changes", told_deltas, less=True,
        ),
        row(f"{name}, 1,000 of 3,000 changed, server", many["ms"], whole, "ms", "first sync", "", less=True),
    ]  # fmt: skip

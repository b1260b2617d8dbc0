"""A grid worker opens the field app on a phone: seconds until today's list can be used. The first time
nothing is on the phone (page, scripts, the grid of 3,000 people come down); opened again, the list is there.
Chromium with its processor slowed four times and a line of 1.6 Mbit/s with 300 ms there and back, against
granian with two processes on the same machine; the median of three. The bytes are what came over the line
until the list stood.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from bench.databases import NAMES, ROOT, throw_away
from bench.declare import row
from bench.declaring.serving import OURS, inside, served

GOAL, GOAL_KB = 2.0, 400
PREPARE = """
import sys
from bench.syncing.opening import prepare
prepare(quick=sys.argv[1] == "1")
"""


def run(*, db: str = "postgres", quick: bool = False) -> list[dict[str, Any]]:
    """The rows of this benchmark."""
    rows: list[dict[str, Any]] = []
    for kind in NAMES if db == "both" else (db,):
        with throw_away(kind) as place:
            inside(place, PREPARE, "1" if quick else "0")
            with served(place, OURS, "") as server:
                call = [sys.executable, "-m", "bench.syncing.opening", server.url]
                done = subprocess.run(call, cwd=ROOT, env=place.env, capture_output=True, text=True)
            if done.returncode:
                raise RuntimeError(done.stderr[-3_000:])
            rows += lines(NAMES[kind], json.loads(done.stdout.splitlines()[-1]))
    return rows


def lines(name: str, told: dict[str, Any]) -> list[dict[str, Any]]:
    """What one database says."""
    first, again = told["first"], told["again"]
    note = f"{told['duties']} duties of today; Chromium {told['chromium']}; each time: {told['all']}"
    goal = f"< {GOAL:.0f} s"
    return [
        row(f"{name}, list the first time", first["seconds"], GOAL, "s", "goal", goal, note, less=True),
        row(f"{name}, list when opened again", again["seconds"], GOAL, "s", "goal", goal, less=True),
        row(
            f"{name}, over the line until then, first time", first["kb"], GOAL_KB, "KB", "goal",
            f"< {GOAL_KB} KB", less=True,
        ),
    ]  # fmt: skip

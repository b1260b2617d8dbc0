"""Cases on PostgreSQL: 10,000 and 1,000,000 of them with ten steps each, one in twenty not closed, spread
over all grids and a thousand days.

Pages are asked for as in "Pages on the whole district": in process, signed in, each line so many requests,
the 95th percentile from the request to the last byte. The figure of the 10,000 stands beside that of the
1,000,000 (growth). The sweep of all clocks is told when nothing is due, when clocks of 5,000 cases ended
since (a bad quarter of an hour), and for all open ones at once (after days of downtime). The recount reads
every row and compares; beside it stands the floor of the same run, reading the same rows as plain tuples.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from bench.databases import ROOT, Place, throw_away
from bench.declare import row

NEEDS_POSTGRES = True
SIZES, REQUESTS, BAD = (10_000, 1_000_000), 30, 5_000
GOALS = {"workbench": 100, "a case": 100, "indicators": 300, "map": 150}
SWEEP = 10  # seconds


def run(*, quick: bool = False) -> list[dict[str, Any]]:
    """The rows of this benchmark."""
    small, large = (1_000, 3_000) if quick else SIZES
    number = 3 if quick else REQUESTS
    with throw_away("postgres") as place:
        before = at_size(place, small, number)
        after = at_size(place, large, number)
        counted = after["count"]
        quiet = asked(place, "sweep", BAD if not quick else 50)
        every = asked(place, "sweep", large)
    rows = [page(one, two, small, large) for one, two in zip(after["pages"], before["pages"], strict=True)]
    return rows + sweeps(quiet, every) + [recounted(counted)]


def at_size(place: Place, size: int, number: int) -> dict[str, Any]:
    asked(place, "fill", size)
    return {"count": asked(place, "count"), **asked(place, "ask", number)}


def asked(place: Place, *words: Any) -> dict[str, Any]:
    call = [sys.executable, "-m", "bench.matters.asking", *map(str, words)]
    env = place.env | {"WANGGE_LOG_LEVEL": "ERROR"}
    done = subprocess.run(call, cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-3_000:])
    if os.environ.get("WANGGE_BENCH_LOUD"):
        print(words, done.stdout.splitlines()[-1], flush=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def page(ours: dict[str, Any], smaller: dict[str, Any], small: int, large: int) -> dict[str, Any]:
    """One page among the many cases, with its growth."""
    goal = next((most for name, most in GOALS.items() if ours["name"].startswith(name)), 100)
    low, high = ours["queries"]
    note = (
        f"median {ours['p50']:.1f} ms, slowest {ours['max']:.0f} ms, processor time {ours['cpu95']:.1f} ms, "
        f"{low if low == high else f'{low}–{high}'} queries; among {small:,} cases {smaller['p95']:.1f} ms, "
        f"growth {ours['p95'] / smaller['p95']:.2f} × for {large // small} × the cases"
    )
    return row(
        ours["name"], ours["p95"], goal, "ms", "goal, 95th percentile", f"< {goal} ms", note, less=True
    )


def sweeps(quiet: dict[str, Any], every: dict[str, Any]) -> list[dict[str, Any]]:
    goal = f"< {SWEEP} s"
    told = f"{quiet['told']:,} cases told of; again at once {quiet['again']:.3f} s"
    all_told = f"{every['told']:,} cases told of"
    return [
        row("all clocks swept, nothing due", quiet["idle"], SWEEP, "s", "goal", goal, less=True),
        row(
            f"all clocks swept, {BAD:,} cases due",
            quiet["seconds"],
            SWEEP,
            "s",
            "goal",
            goal,
            told,
            less=True,
        ),
        row(
            "all clocks swept, every open case due",
            every["seconds"],
            SWEEP,
            "s",
            "goal",
            goal,
            all_told,
            less=True,
        ),
    ]


def recounted(count: dict[str, Any]) -> dict[str, Any]:
    note = f"{count['cases']:,} cases, {count['counts']:,} counts kept"
    return row(
        "recount of everything",
        count["seconds"],
        count["floor"],
        "s",
        "reading the rows",
        "",
        note,
        less=True,
    )

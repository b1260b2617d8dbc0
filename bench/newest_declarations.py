"""The newest 100 declarations of one community among 10,000 and among 1,000,000 of it, on PostgreSQL.

The rows lie under the community's own code and those of its grids, as they do after matching, and are asked
for as the pages and the API ask: within a reach, newest first, a hundred, some going on behind a key. Each
answer is read to its last row by one process; answers a second of one process, and of two at once.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from bench.databases import ROOT, Place, throw_away

NEEDS_POSTGRES = True
SIZES, GOAL = (10_000, 1_000_000), 500


def run(*, quick: bool = False) -> list[dict[str, Any]]:
    """The rows of this benchmark."""
    sizes = (1_000, 10_000) if quick else SIZES
    seconds = 2 if quick else 10
    rates = {}
    with throw_away("postgres") as place:
        for size in sizes:
            ask(place, "fill", size)
            rates[size] = [together(place, seconds, processes) for processes in (1, 2)]
    small, large = (max(rates[size]) for size in sizes)
    note = f"one process {rates[sizes[1]][0]:,.0f}/s, two {rates[sizes[1]][1]:,.0f}/s"
    return [
        line(f"newest 100 of {sizes[1]:,}", large, GOAL, "goal", f"≥ {GOAL}/s", note),
        line(f"newest 100 of {sizes[1]:,}", large, small, f"of {sizes[0]:,}", "as fast"),
    ]


def line(name: str, ours: float, peer: float, against: str, goal: str, note: str = "") -> dict[str, Any]:
    return {
        "name": name, "ours": round(ours, 1), "peer": round(peer, 1), "unit": "/s", "note": note,
        "ratio": round(ours / peer, 2), "against": against, "goal": goal,
    }  # fmt: skip


def together(place: Place, seconds: int, processes: int) -> float:
    """Answers a second of some processes at once."""
    running = [start(place, "ask", seconds) for _process in range(processes)]
    return sum(json.loads(process.communicate()[0])["rate"] for process in running)


def ask(place: Place, *words: Any) -> str:
    return str(start(place, *words).communicate()[0])


def start(place: Place, *words: Any) -> subprocess.Popen:
    call = [sys.executable, "-m", "bench.declaring.newest", *map(str, words)]
    return subprocess.Popen(call, cwd=ROOT, env=place.env, stdout=subprocess.PIPE, text=True)

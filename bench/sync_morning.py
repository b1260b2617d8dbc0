"""Grid workers' phones in the morning, through granian with two processes: the list down, twelve visits up
in three posts, six photos of 200 KB in pieces, each hashed, decoded and sealed. A sample of 150 of the
district's 9,660 workers is run, 32 at a time, the load generator on the same cores; what all would need is
computed from it. "Changes down": the phones held their grid of 1,900 people since the evening; "grid down":
every phone begins anew. Each visit answers every question of its door's script (what is held is confirmed,
what is missing told), so facts are written with source and time, the ledgers named, the trail kept. The floor
is a bare django-ninja insert in the same run: twelve a worker, and nothing else.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from bench.databases import NAMES, ROOT, Place, throw_away
from bench.declare import FLOOR_TABLES, floor, row
from bench.declaring.serving import FLOORS, OURS, inside, served

WORKERS, SAMPLE, AT_ONCE, RESULTS = 9_660, 150, 32, 12
GRIDS, PEOPLE = 10, 1_900  # 780,000 people in 410 grids
MORNING = 120  # minutes in which all want to be done
PREPARE = """
import json, sys
from pathlib import Path
from wangge.site.cli import everywhere, start_django
start_django()
from django.conf import settings
from django.db import connection
from bench.syncing import ground
grids, people, sample = map(int, sys.argv[1:4])
with everywhere():
    areas = ground.grids(grids)
    ground.fill(areas, people, people // 4, 280)
    sessions = [(key, n // grids) for n, (_user, key) in enumerate(ground.workers(areas, sample))]
    connection.cursor().execute("ANALYZE")
Path(settings.HOME, "sessions.json").write_text(json.dumps(sessions))
Path(settings.HOME, "photo.jpg").write_bytes(ground.a_photo(150_000))
"""


def run(*, db: str = "postgres", quick: bool = False) -> list[dict[str, Any]]:
    """The rows of this benchmark."""
    rows: list[dict[str, Any]] = []
    sample, people = (20, 200) if quick else (SAMPLE, PEOPLE)
    for kind in NAMES if db == "both" else (db,):
        with throw_away(kind) as place:
            inside(place, PREPARE, str(GRIDS), str(people), str(sample))
            bare = floor_of(place) if kind == "postgres" else 0.0
            for whole in (False, True):
                rows += lines(place, driven(place, sample, whole), bare, whole)
    return rows


def floor_of(place: Place) -> float:
    """Bare inserts a second."""
    inside(place, FLOOR_TABLES)
    bodies = place.home / "bodies.txt"
    human = {"name": "甲一"}
    body = {
        "report": "@REPORT@", "code": "x", "kind": "note", "reported_by": "self", "consent": {},
        "people": [human], "trip": {}, "stay": {"address": "楼道堆放杂物，已当场劝离。" * 8},
    }  # fmt: skip
    bodies.write_text(json.dumps(body, ensure_ascii=False) + "\n", encoding="utf-8")
    return floor(place, FLOORS, bodies, 16, 8, "/bare").rate


def driven(place: Place, sample: int, whole: bool) -> dict[str, Any]:
    """One morning."""
    with served(place, OURS, "") as server:
        skip = -(-sample // GRIDS) * RESULTS if whole else 0  # doors of the morning before
        call = [sys.executable, "-m", "bench.syncing.morning", server.url, str(sample), str(AT_ONCE)]
        call += ["1" if whole else "0", str(skip)]
        done = subprocess.run(call, cwd=ROOT, env=place.env, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-3_000:])
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if told["failed"]:
        why = "; ".join(told["reasons"])
        raise RuntimeError(f"{told['failed']} of {told['requests']} requests or visits failed: {why}")
    return told


def lines(place: Place, told: dict[str, Any], bare: float, whole: bool) -> list[dict[str, Any]]:
    """What one morning says."""
    name = f"{NAMES[place.kind]}, {'grid' if whole else 'changes'} down"
    minute = told["phones"] / told["seconds"] * 60
    note = (
        f"{told['phones']} workers in {told['seconds']:.0f} s, {told['requests']:,} requests, no error; "
        f"a request p50 {told['p50']:.0f}, p99 {told['p99']:.0f}, slowest {told['slowest']:.0f} ms; "
        f"a worker's round {told['round']:.1f} s, {told['down'] / 1000:,.0f} KB down; all {WORKERS:,} in "
        f"{WORKERS / minute:.0f} minutes (computed)"
    )
    rows = [row(f"{name}, workers", minute, WORKERS / MORNING, "/min", "goal", f"all in {MORNING} min", note)]
    if bare:
        against = f"{RESULTS} bare inserts a worker"
        rows.append(row(f"{name}, workers", minute, bare / RESULTS * 60, "/min", against, ""))
    return rows

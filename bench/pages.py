"""Server time of pages on the whole district (780,000 people) on PostgreSQL, in process, signed in.

Each line is 100 requests with different inputs after a few untimed ones; its figure is the 95th percentile,
from the request to the last byte of the answer, sessions, rights and templates included. The goal is 100 ms
(ratio = goal / figure). Processor time, of Python and the database together, is told beside it: what the page
itself costs, whatever else runs on the machine. The number of queries is counted in extra requests with other
inputs. The district is loaded once and kept as database wangge_bench_full until its tables change; what the
worker does every night (counts of ledgers) and what autovacuum does by itself is done after loading.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.databases import FULL, ROOT, WORKING, Place, command, comment_on, drop, note_on

NEEDS_POSTGRES = True
GOAL = 100  # ms
REQUESTS = 100


def tables_digest() -> str:
    """Changes when a migration does: the kept database no longer fits then."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "wangge").rglob("migrations/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def district(scale: str) -> Iterator[Place]:
    """The demo district; the full one is kept, the sample thrown away."""
    home = Path(tempfile.mkdtemp(prefix="wangge-bench-"))
    place = Place("postgres", home, FULL if scale == "full" else WORKING)
    try:
        loaded = scale == "full" and comment_on(FULL) == tables_digest()
        if not loaded:
            drop(place.name)
            command("CREATE DATABASE {}", place.name)
        wangge = [sys.executable, "-c", "import sys; from wangge.site.cli import main; sys.exit(main())"]
        setup = [*wangge, "setup", "--demo", "--scale", scale]  # also collects the static files of this home
        subprocess.run(setup, cwd=ROOT, env=place.env, check=True)
        if not loaded:
            subprocess.run(
                [sys.executable, "-m", "bench.visiting", "settle"], cwd=ROOT, env=place.env, check=True
            )
            note_on(place.name, tables_digest())
        yield place
    finally:
        if scale != "full":
            drop(place.name)
        shutil.rmtree(home, ignore_errors=True)


def run(*, quick: bool = False) -> list[dict[str, Any]]:
    """The rows of this benchmark."""
    with district("sample" if quick else "full") as place:
        child = [sys.executable, "-m", "bench.visiting", "visit", str(5 if quick else REQUESTS)]
        env = place.env | {"WANGGE_LOG_LEVEL": "ERROR"}
        only = os.environ.get("WANGGE_BENCH_PAGES", "")  # part of a line's name, while working on one page
        done = subprocess.run([*child, only], cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    return [row_of(figures) for figures in json.loads(done.stdout.splitlines()[-1])]


def row_of(figures: dict[str, Any]) -> dict[str, Any]:
    low, high = figures["queries"]
    queries = f"{low}" if low == high else f"{low}–{high}"
    note = (
        f"median {figures['p50']:.1f} ms, slowest {figures['max']:.0f} ms, "
        f"processor time {figures['cpu95']:.1f} ms (median {figures['cpu50']:.1f}), {queries} queries"
    )
    return {
        "name": figures["name"], "ours": round(figures["p95"], 1), "peer": GOAL, "unit": "ms", "note": note,
        "ratio": round(GOAL / figures["p95"], 2), "against": "goal, 95th percentile", "goal": f"< {GOAL} ms",
    }  # fmt: skip

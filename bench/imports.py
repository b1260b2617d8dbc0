"""A messy ledger into the register, end to end, beside django-import-export and the floor of the machine.

Every measurement is one fresh process on a fresh copy of the empty district; figures are medians of
``repeats`` runs. The peer gets a plain model of text columns: no checks, no matching of addresses and
households, no sealing, no trail, no report. Its default form runs on a shorter file of the same make,
because it takes minutes for the long one (``--full``: on the same file); rows per second are compared.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.databases import NAMES, ROOT, Place, throw_away

AREA = "440703000000"
SEED = 7
FILES = ROOT / "var" / "bench" / "files"


@dataclass(frozen=True)
class Sizes:
    """How many rows; ``slice`` is for the default form of the peer, ``growth`` for ours alone."""

    main: int = 200_000
    slice: int = 5_000
    growth: tuple[int, ...] = (20_000,)
    repeats: int = 3


QUICK = Sizes(main=4_000, slice=300, growth=(1_000,), repeats=1)
FULL = Sizes(slice=200_000, growth=(20_000, 1_000_000))


def messy_file(rows: int) -> Path:
    """A workbook by the generator of the demo, kept until that generator changes."""
    digest = hashlib.sha256()
    for source in sorted((ROOT / "wangge" / "site" / "demo").glob("*.py")):
        digest.update(source.read_bytes())
    path = FILES / f"messy-{rows}-{SEED}-{digest.hexdigest()[:8]}.xlsx"
    if not path.exists():
        FILES.mkdir(parents=True, exist_ok=True)
        for old in FILES.glob(f"messy-{rows}-{SEED}-*"):
            old.unlink()
        arriving = path.with_suffix(".part")
        code = (
            "import sys, django; django.setup(); from pathlib import Path;"
            "from wangge.site.demo.workbook import write_messy;"
            "write_messy(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))"
        )
        command = [sys.executable, "-c", code, str(arriving), str(rows), str(SEED)]
        env = Place("sqlite", FILES.parent / "home").env
        subprocess.run(command, cwd=ROOT, env=env, check=True)
        arriving.rename(path)
    return path


def child(place: Place, way: str, rows: int) -> dict[str, Any]:
    """One measurement in its own process."""
    path = messy_file(rows)
    place.renew()
    settings = "wangge.site.settings" if way in ("ours", "floor") else "bench.peer.settings"
    command = [sys.executable, "-m", "bench.importing", way, str(path), AREA]
    env = place.env | {"DJANGO_SETTINGS_MODULE": settings}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{way} on {place.kind}, {rows} rows:\n{done.stderr[-3000:]}")
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(f"  {place.kind} {way} {rows:,}: {figures['rows'] / figures['seconds']:,.0f} rows/s", flush=True)
    return figures


def repeated(place: Place, way: str, rows: int, times: int) -> dict[str, Any]:
    """Medians of the figures; the rest as the last run had it."""
    runs = [child(place, way, rows) for _time in range(times)]
    figures = {name: median(run[name] for run in runs) for name in ("seconds", "cpu", "peak_mb")}
    return runs[-1] | figures | {"speed": runs[-1]["rows"] / figures["seconds"]}


def told(figures: dict[str, Any]) -> str:
    """What an import came to, in words."""
    counts = ", ".join(f"{name} {count:,}" for name, count in figures.get("counts", {}).items() if count)
    return f"{figures['seconds']:.1f} s, {figures['cpu']:.1f} s of processor; {counts}".rstrip("; ")


def line(
    name: str, ours: float, peer: float, *, against: str, unit: str, note: str = "", goal: str = "",
    ratio: float | None = None,
) -> dict[str, Any]:  # fmt: skip
    """A row of the report; ``ratio`` says how many times better ours is."""
    better = ratio if ratio is not None else ours / peer
    return {
        "name": name, "ours": round(ours), "peer": round(peer), "ratio": round(better, 2), "unit": unit,
        "against": against, "goal": goal, "note": note,
    }  # fmt: skip


def rows_for(kind: str, sizes: Sizes) -> list[dict[str, Any]]:
    """All lines of one database."""
    with throw_away(kind) as place:
        ours = repeated(place, "ours", sizes.main, sizes.repeats)
        floor = repeated(place, "floor", sizes.main, sizes.repeats)
        bulk = repeated(place, "use_bulk", sizes.main, 1)
        default = repeated(place, "default", sizes.slice, 1)
        grown = [(rows, repeated(place, "ours", rows, 1 if rows > sizes.main else sizes.repeats))
                 for rows in sizes.growth]  # fmt: skip
    title = f"{NAMES[kind]}, {sizes.main:,} messy rows × 15 columns"
    slow = f"on {sizes.slice:,} rows: {told(default)}"
    lines = [
        line(title, ours["speed"], default["speed"], against="django-import-export, default",
             unit="rows/s", goal="≥ 30 ×", note=f"ours {told(ours)}; the peer {slow}"),
        line(title, ours["speed"], bulk["speed"], against="django-import-export, use_bulk",
             unit="rows/s", goal="≥ 2 ×", note=f"the peer {told(bulk)}"),
        line(title, ours["speed"], floor["speed"], unit="rows/s", note=f"the floor {told(floor)}",
             against=f"floor: calamine + {'COPY' if kind == 'postgres' else 'executemany'} of raw cells"),
        line(f"{title}: peak memory of all its processes", ours["peak_mb"], bulk["peak_mb"], unit="MB",
             against="django-import-export, use_bulk", goal="< 1,000 MB",
             ratio=bulk["peak_mb"] / ours["peak_mb"]),
    ]  # fmt: skip
    return lines + [growth_line(kind, sizes.main, ours, rows, figures) for rows, figures in grown]


def growth_line(
    kind: str, main: int, ours: dict[str, Any], rows: int, figures: dict[str, Any]
) -> dict[str, Any]:
    """Speed at another size beside the speed at the main one: 1 is linear."""
    note = f"{told(figures)}; peak {figures['peak_mb']:,} MB"
    goal = "no worse than linear" + (", 1,000,000 in 60 s (16,667 rows/s)" if rows == 1_000_000 else "")
    return line(f"{NAMES[kind]}, {rows:,} rows of the same make", figures["speed"], ours["speed"],
                against=f"ours with {main:,} rows", unit="rows/s", note=note, goal=goal)  # fmt: skip


def run(*, db: str = "both", quick: bool = False, full: bool = False) -> list[dict[str, Any]]:
    """The rows of this benchmark."""
    sizes = QUICK if quick else FULL if full else Sizes()
    kinds = ("postgres", "sqlite") if db == "both" else (db,)
    return [row for kind in kinds for row in rows_for(kind, sizes)]

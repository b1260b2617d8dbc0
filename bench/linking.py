"""Who is the same person among 1,000,000 records, beside plain Splink in the same run, and on FEBRL 3 and 4.

Every measurement is one fresh process. Ours is the command line's ``registry link`` on a file, reading,
cleaning, counting, scoring, joining and writing included, at the threshold 0.8 that was set before any data
was seen. Plain Splink gets the same file, cleans it simply, uses its own comparisons and its own estimation,
and the best of seven thresholds. The recipe "unseen" and its seed were fixed before they were run, and
nothing was tuned to them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from bench import machine
from bench.linkage.febrl import febrl_rows
from bench.linkage.noise import RECIPES, make_records
from bench.linkage.population import make_people
from bench.pages import district
from wangge.lib.linking.quality import Quality, quality

NEEDS_POSTGRES = True
FOLDER = machine.ROOT / "var" / "bench" / "linking"
MILLION, PEOPLE_SEED = 1_000_000, 20261125
THRESHOLD = 0.8


@dataclass(frozen=True)
class Run:
    """One process: seconds, megabytes at most, and what came out."""

    seconds: float
    peak_mb: float
    found: Quality


def records_of(recipe: str, count: int) -> tuple[Path, pl.Series]:
    """The file of a recipe and the person of each record; made once."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{recipe}-{count}.parquet"
    if not path.exists():
        people = make_people(round(count * (1 - RECIPES[recipe].copies)), PEOPLE_SEED + len(recipe))
        make_records(people, RECIPES[recipe]).write_parquet(path)
    truth = pl.read_parquet(path, columns=["truth"])["truth"]
    bare = path.with_suffix(".given.parquet")
    if not bare.exists():
        pl.read_parquet(path).drop("truth").write_parquet(bare)
    return bare, truth


def alone(module: str, *words: str) -> tuple[float, float]:
    """Run a module in a process of its own: seconds and megabytes at most."""
    begun = time.monotonic()
    call = [sys.executable, "-m", "bench.linkage.alone", module, *words]
    done = subprocess.run(call, capture_output=True, text=True, cwd=machine.ROOT)
    if done.returncode:
        raise RuntimeError(done.stderr[-2_000:])
    return time.monotonic() - begun, json.loads(done.stdout.splitlines()[-1])["peak_mb"]


def ours(path: Path, truth: pl.Series) -> Run:
    out = path.with_suffix(".ours.csv")
    seconds, peak = alone("ours", str(path), str(out))
    return Run(seconds, peak, quality(_clusters(out), truth, THRESHOLD))


def plain(path: Path, truth: pl.Series) -> Run:
    """Plain Splink at the best of its thresholds."""
    out = path.with_suffix(".plain.parquet")
    seconds, peak = alone("plain", str(path), str(out))
    tables = pl.read_parquet(out)
    best = max(
        (quality(tables[name].to_list(), truth, float(name)) for name in tables.columns),
        key=lambda q: q.f1 or 0,
    )
    return Run(seconds, peak, best)


def _clusters(out: Path) -> list[Any]:
    return pl.read_csv(out, infer_schema=False)["cluster"].to_list()


def rows_for(recipe: str, count: int) -> list[dict[str, Any]]:
    """Speed, memory and F1 on one recipe, beside plain Splink."""
    path, truth = records_of(recipe, count)
    mine, theirs = ours(path, truth), plain(path, truth)
    name = f"{count:,} records, noise “{recipe}”"
    speed = Line(f"{name}: records/s", count / mine.seconds, count / theirs.seconds, "records/s")
    memory = Line(f"{name}: peak memory", mine.peak_mb, theirs.peak_mb, "MB", less=True)
    right = Line(f"{name}: F1", mine.found.f1 or 0, theirs.found.f1 or 0, "F1")
    spent = f"ours {mine.seconds:.1f} s, plain Splink {theirs.seconds:.1f} s"
    return [
        speed.against("plain Splink", "< 60 s, aim 20 s", spent),
        memory.against("plain Splink", "< 3,000 MB, aim 2,000", ""),
        right.against("plain Splink", "≥ 0.995", f"{_said(mine.found)}; plain Splink {_said(theirs.found)}"),
    ]


def _said(found: Quality) -> str:
    return f"precision {found.precision or 0:.4f}, recall {found.recall or 0:.4f} at {found.threshold}"


def growth(small: float, large: float) -> dict[str, Any]:
    line = Line("records/s with 1,000,000 records", large, small, "records/s")
    return line.against("ours with 100,000", "no worse than linear", "process start is counted in both")


def declaration(scale: str) -> dict[str, Any]:
    """Name, birth, sex and phone of a registered person, without the number, against the whole district on
    PostgreSQL: finding candidates, opening their sealed values and weighing them included."""
    with district(scale) as place:
        call = [sys.executable, "-m", "bench.linkage.declared"]
        done = subprocess.run(call, capture_output=True, text=True, cwd=machine.ROOT, env=place.env)
    if done.returncode:
        raise RuntimeError(done.stderr[-2_000:])
    told = json.loads(done.stdout.splitlines()[-1])
    spent = sorted(told["ms"])
    median, slow = spent[len(spent) // 2], spent[int(len(spent) * 0.95)]
    line = Line(f"one declaration against {told['newest']:,} people, PostgreSQL", median, 50, "ms", less=True)
    found = f"{told['found']} of {len(spent)} found as the likeliest"
    return line.against("the goal", "< 50 ms", f"95th percentile {slow:.1f} ms; {found}")


def run(*, quick: bool = False) -> list[dict[str, Any]]:
    """All rows; with ``quick`` on 20,000 records."""
    large, small = (20_000, 5_000) if quick else (MILLION, 100_000)
    lines = [line for recipe in RECIPES for line in rows_for(recipe, large)]
    path, truth = records_of("known", small)
    lines.append(growth(small / ours(path, truth).seconds, lines[0]["ours"]))
    return [*lines, declaration("sample" if quick else "full"), *febrl_rows()]


@dataclass(frozen=True)
class Line:
    """A figure and what it is compared with; less: a smaller one is better."""

    name: str
    mine: float
    peer: float
    unit: str
    less: bool = False

    def against(self, whom: str, goal: str, note: str) -> dict[str, Any]:
        """The row of the report."""
        ratio = self.peer / self.mine if self.less else self.mine / self.peer
        digits = 5 if self.unit == "F1" else 1
        figures = {"ours": self.mine, "peer": self.peer}
        return {
            "name": self.name,
            "unit": self.unit,
            "against": whom,
            "goal": goal,
            "note": note,
            "ratio": round(ratio, 4),
            **{name: round(figure, digits) for name, figure in figures.items()},
        }

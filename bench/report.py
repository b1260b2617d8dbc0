"""docs/benchmarks.md from what the runs left in var/bench."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HEAD = """# Benchmarks

Written by `make bench`; not edited by hand. Every line compares ours with a peer, the floor of the machine
or a goal **measured in the same run**; compare ratios, not absolute figures of different runs. A ratio over
1 means ours is better, for rows per second as for milliseconds and megabytes.
"""
TITLES = {
    "imports": "Ledgers into the register",
    "points": "Points into grids",
    "pages": "Pages on the whole district",
}


def write(target: Path, kept: Path) -> None:
    """All benches that were ever run here, each as it ran last."""
    found = {name: path for name in TITLES if (path := kept / f"{name}.json").exists()}
    parts = [section(name, json.loads(path.read_text(encoding="utf-8"))) for name, path in found.items()]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join([HEAD, *parts]), encoding="utf-8")


def section(name: str, run: dict[str, Any]) -> str:
    lines = [f"## {TITLES[name]}", "", *about(run), "", run["about"], ""]
    lines += ["| what | ours | compared with | its figure | ratio | goal |", "|---|---:|---|---:|---:|---|"]
    notes: list[str] = []
    for row in run["rows"]:
        mark = ""
        if row.get("note"):
            notes.append(row["note"])
            mark = f" ({len(notes)})"
        lines.append(
            f"| {row['name']}{mark} | {figure(row['ours'])} {row['unit']} "
            f"| {row.get('against', 'best peer')} "
            f"| {figure(row['peer'])} {row['unit']} | {row['ratio']:.2f} × | {row.get('goal', '')} |"
        )
    lines += ["", *(f"{number}. {note}" for number, note in enumerate(notes, 1)), ""]
    lines += [f"Skipped: {reason}\n" for reason in run["skipped"]]
    return "\n".join(lines)


def about(run: dict[str, Any]) -> list[str]:
    """When, where and by which command."""
    held = run["machine"]
    versions = ", ".join(f"{package} {number}" for package, number in held["packages"].items())
    busy = f" Load average before the run: {held['load_before'][0]} (other work on the machine counts)."
    return [
        f"{held['date']}, commit {held['commit'] or 'unknown'}, `{run['command']}`, {run['seconds']:.0f} s.",
        f"{held['cpu']}, {held['cores']} cores, {held['memory_gb']} GB, {held['system']}; client, server and "
        f"database share the machine.{busy}",
        f"Python {held['python']}, PostgreSQL {run['postgres'] or '–'}, SQLite {held['sqlite']}, {versions}.",
    ]


def figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or float(value).is_integer() else f"{value:,.1f}"

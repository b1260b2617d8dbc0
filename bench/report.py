"""docs/benchmarks.md from what the runs left in var/bench."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
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
    "questions": "Questions asked at a door",
    "pages": "Pages on the whole district",
    "linking": "Who is the same person",
    "declare": "Taking declarations",
    "newest_declarations": "The newest declarations of a community",
    "posters": "Posters of report codes",
    "duties": "A year of duties",
    "sync_first": "A phone's first sync, and those after it",
    "sync_morning": "A morning of grid workers",
    "first_list": "Today's list on a phone",
    "cases": "A million cases",
}


def write(target: Path, kept: Path, renewed: Collection[str] = ()) -> None:
    """Renew the sections of these benches from what their runs left in ``kept``. A section of another bench
    stays as it stands in the file: it may have been written on another day, or in another checkout."""
    standing = sections(target.read_text(encoding="utf-8")) if target.exists() else {}
    for name in renewed:
        standing[name] = section(name, json.loads((kept / f"{name}.json").read_text(encoding="utf-8")))
    target.parent.mkdir(parents=True, exist_ok=True)
    parts = [standing[name].strip() + "\n" for name in TITLES if name in standing]
    target.write_text("\n".join([HEAD, *parts]), encoding="utf-8")


def sections(text: str) -> dict[str, str]:
    """The sections of a report by the name of their bench, with heading; what has no bench is left out."""
    names = {title: name for name, title in TITLES.items()}
    found = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    return {names[title]: f"## {part}" for part in found if (title := part.splitlines()[0].strip()) in names}


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
    if "pace" in held:
        busy += f" Ten million additions took Python {held['pace']} s."
    busy += f" Run before that other work, at nice {held['nice']}." if held.get("nice") else ""
    return [
        f"{held['date']}, commit {held['commit'] or 'unknown'}, `{run['command']}`, {run['seconds']:.0f} s.",
        f"{held['cpu']}, {held['cores']} cores, {held['memory_gb']} GB, {held['system']}; client, server and "
        f"database share the machine.{busy}",
        f"Python {held['python']}, PostgreSQL {run['postgres'] or '–'}, SQLite {held['sqlite']}, {versions}.",
    ]


def figure(value: float) -> str:
    if 0 < value < 1:
        return f"{value:.4f}"
    return f"{value:,.0f}" if value >= 100 or float(value).is_integer() else f"{value:,.1f}"

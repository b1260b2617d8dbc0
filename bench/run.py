"""``make bench [ARGS="imports --db postgres --quick"]``: run benchmarks and write docs/benchmarks.md."""

from __future__ import annotations

import argparse
import importlib
import inspect
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import databases, machine, report

BENCHES = (
    "points", "imports", "pages", "linking", "declare", "newest_declarations", "posters", "duties",
    "questions", "sync_first", "sync_morning", "first_list", "cases",
)  # fmt: skip
DATABASES = ("sqlite", "postgres", "both")
KEPT = machine.ROOT / "var" / "bench"
TARGET = machine.ROOT / "docs" / "benchmarks.md"


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="BENCH", help=f"of {', '.join(BENCHES)}; all when none")
    parser.add_argument("--db", choices=DATABASES, default="both", help="where the bench knows both")
    parser.add_argument("--full", action="store_true", help="also the sizes that take long (1,000,000 rows)")
    parser.add_argument(
        "--quick", action="store_true", help="tiny sizes, to see that all works; not written to docs/"
    )
    args = parser.parse_args(argv)
    if unknown := set(args.names) - set(BENCHES):
        parser.error(f"no bench {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
    return args


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benches asked for, one after the other; each renews its own part of the report."""
    args = parse(argv)
    kept = KEPT / "quick" if args.quick else KEPT
    kept.mkdir(parents=True, exist_ok=True)
    done = {name: measure(name, args, kept) for name in args.names or BENCHES}
    target = kept / "benchmarks.md" if args.quick else TARGET
    report.write(target, kept, [name for name, rows in done.items() if rows])
    print(f"written: {target.relative_to(machine.ROOT)}")
    return 1 if None in done.values() else 0


def measure(name: str, args: argparse.Namespace, kept: Path) -> int | None:
    """Run one bench and keep what it found; returns the lines it measured, None when it broke."""
    bench = importlib.import_module(f"bench.{name}")
    options, skipped = options_for(bench, args)
    print(f"{name} {options or ''}", flush=True)
    before, begun = machine.describe(), time.monotonic()
    try:
        rows = bench.run(**options) if options is not None else []
    except Exception as broken:  # the other benches still run; the exit code tells
        print(f"  {name} broke: {broken}", file=sys.stderr)
        return None
    for reason in skipped:
        print(f"  skipped: {reason}")
    for row in rows:
        print(f"  {row['name']}: {row['ours']:,} against {row['peer']:,} {row['unit']} = {row['ratio']} ×")
    run = {
        "about": " ".join((bench.__doc__ or "").split()), "machine": before, "rows": rows, "skipped": skipped,
        "command": command(name, args), "seconds": time.monotonic() - begun,
        "postgres": databases.server_version(),
    }  # fmt: skip
    if rows:
        (kept / f"{name}.json").write_text(json.dumps(run, ensure_ascii=False, indent=1), encoding="utf-8")
    return len(rows)


def options_for(bench: Any, args: argparse.Namespace) -> tuple[dict[str, Any] | None, list[str]]:
    """What this bench wants to know of the command line; None when nothing is left to run."""
    wanted = inspect.signature(bench.run).parameters
    given = {name: getattr(args, name) for name in ("db", "quick", "full") if name in wanted}
    if "db" not in wanted and not getattr(bench, "NEEDS_POSTGRES", False):
        return given, []
    if databases.server_version():
        return given, []
    reason = f"the PostgreSQL leg: no server answers at {databases.address_of(databases.SERVER)[0]}"
    only = "db" not in wanted or args.db == "postgres"
    return (None if only else given | {"db": "sqlite"}), [reason]


def command(name: str, args: argparse.Namespace) -> str:
    words = [name, *(["--db", args.db] if args.db != "both" else []), *(["--full"] if args.full else [])]
    return f'make bench ARGS="{" ".join(words)}"'

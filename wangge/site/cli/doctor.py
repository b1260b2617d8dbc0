"""``wangge doctor``: what this installation has, what it lacks, and what to do about it."""

from __future__ import annotations

import argparse
from typing import Any

from wangge.site.cli import DONE, REFUSED, say_json


def add(subparsers: argparse._SubParsersAction) -> None:
    parser = subparsers.add_parser("doctor", help="检查这套安装：有什么、缺什么、怎么办")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=doctor)


def doctor(args: argparse.Namespace) -> int:
    """Exit code 1 when something fails; warnings do not fail."""
    from wangge.site.examination import examine

    findings = examine()
    failed = any(finding.state == "fail" for finding in findings)
    if args.json:
        say_json({"ok": not failed, "checks": [finding.__dict__ for finding in findings]})
    else:
        _show([finding.__dict__ for finding in findings])
    return REFUSED if failed else DONE


def _show(rows: list[dict[str, Any]]) -> None:
    marks = {"ok": "✓", "warn": "!", "fail": "✗"}
    for row in rows:
        print(f"{marks[row['state']]} {row['name']}: {row['found']}")
        if row["advice"]:
            print(f"    → {row['advice']}")

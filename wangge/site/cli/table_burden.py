"""``wangge table burden``: what departments asked of the grass roots in a month."""

from __future__ import annotations

import argparse
from typing import Any

from wangge.site.cli import DONE, Refused, everywhere, say_json, start_django


def add_burden(verbs: Any) -> None:
    """Add the verb to the noun ``table``."""
    verb = verbs.add_parser("burden", help="减负表：部门一个月要了多少表，省了多少，重复了多少")
    verb.add_argument("--month", metavar="YYYY-MM", default="", help="不写就是本月")
    verb.add_argument(
        "--before", metavar="YYYY-MM", default="", help="报表压减率和哪个月末比，不写就是去年同月"
    )
    verb.add_argument("--department", metavar="NAME", help="只看这个部门")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(run=run_burden)


def run_burden(args: argparse.Namespace) -> int:
    """One line a department and their sum; exit code 1 for what is no month."""
    start_django()
    from wangge.registry.tables.queries.burden import burden_of
    from wangge.registry.tables.queries.periods import Month, this_month
    from wangge.registry.tables.queries.rates import entered_once, reduction

    try:
        month = Month.parse(args.month) if args.month else this_month()
        before = Month.parse(args.before) if args.before else None
    except ValueError as wrong:
        raise Refused(f"“{wrong}”不是月份；请写成 2026-11 这样。") from wrong
    with everywhere():
        burden = burden_of(month, args.department)
        told = {
            "month": str(month),
            "departments": [_line(line) for line in burden.lines],
            "total": _line(burden.total),
            "minutes": {
                "per_cell": burden.minutes.per_cell,
                "per_table": burden.minutes.per_table,
                "note": burden.minutes.note,
            },
            "entered_once": _rate(entered_once(month)),
            **_reduced(reduction(month, before)),
        }
    if args.json:
        say_json(told)
        return DONE
    for line in [*told["departments"], told["total"] | {"department": "合计"}]:
        print("\t".join("—" if value is None else str(value) for value in line.values()))
    return DONE


def _line(line: Any) -> dict[str, Any]:
    return {
        "department": line.department, "tables": line.tables, "fills": line.fills, "cells": line.cells,
        "given": line.given, "by_hand": line.by_hand, "duplicates": line.duplicates,
        "questions": line.questions, "minutes_saved": line.saved, "minutes_spent": line.spent,
    }  # fmt: skip


def _rate(rate: Any) -> dict[str, Any]:
    return {"part": rate.part, "whole": rate.whole, "percent": rate.percent}


def _reduced(found: Any) -> dict[str, Any]:
    return {
        "before": str(found.before),
        "reduction_tables": _rate(found.tables),
        "reduction_items": _rate(found.items),
    }

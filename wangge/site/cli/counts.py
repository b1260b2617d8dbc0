"""``wangge counts``: the kept counts of matters, proved by counting every row anew."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from wangge.site.cli import DONE, REFUSED, everywhere, say_json, start_django

SPANS = {"day": "日", "town": "镇街日", "month": "月"}
SHOWN = 20  # differences printed


def add(nouns: Any) -> None:
    """Register the noun and its verb."""
    parser = nouns.add_parser("counts", help="指标用的计数")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    verify = verbs.add_parser("verify", help="从事项重新数一遍，和保存的计数比对")
    verify.add_argument("--repair", action="store_true", help="不一致的改成重新数出来的")
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(run=verify_counts)


def verify_counts(args: argparse.Namespace) -> int:
    """Exit code 0: every count is the sum of its rows, or was made so; 1: some are not."""
    start_django()
    with everywhere():
        from wangge.engines.cases.actions.tallies import recount
        from wangge.engines.cases.models import Case, MonthTally, Tally, TownTally

        kept = sum(table.objects.count() for table in (Tally, TownTally, MonthTally))
        cases = Case.objects.count()
        odd = recount(repair=args.repair)
    compared = kept + sum(1 for before, _now in odd.values() if before == 0)
    done = not odd or args.repair
    if args.json:
        say_json({"compared": compared, "cases": cases, "different": len(odd),
                  "repaired": bool(odd) and args.repair, "differences": _told(odd)})  # fmt: skip
    else:
        _say(compared, cases, odd, repaired=args.repair)
    return DONE if done else REFUSED


def _told(odd: dict[Any, tuple[int, int]]) -> list[dict[str, Any]]:
    return [
        {"span": span, "day": day, "area": area, "system": system, "kind": kind, "measure": measure,
         "kept": kept, "counted": counted}
        for (span, day, area, system, kind, measure), (kept, counted) in sorted(odd.items())[:SHOWN]
    ]  # fmt: skip


def _say(compared: int, cases: int, odd: dict[Any, tuple[int, int]], *, repaired: bool) -> None:
    if not odd:
        print(f"比对了 {compared} 个计数，数了 {cases} 件事项，全部一致。")
        return
    print(f"比对了 {compared} 个计数，数了 {cases} 件事项，{len(odd)} 个不一致：", file=sys.stderr)
    for one in _told(odd):
        what = f"{one['area']} {one['system']}.{one['kind']} {one['measure']}"
        told = f"保存的 {one['kept']}，应为 {one['counted']}"
        print(f"  {SPANS[one['span']]} {one['day']} {what}：{told}", file=sys.stderr)
    if len(odd) > SHOWN:
        print(f"  还有 {len(odd) - SHOWN} 个没有列出。", file=sys.stderr)
    if repaired:
        print(f"已改正 {len(odd)} 个。")
    else:
        print("用 `wangge counts verify --repair` 改正。", file=sys.stderr)

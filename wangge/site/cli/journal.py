"""wangge journal verify: does the trail still stand?"""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from typing import Any

from wangge.site.cli import DONE, REFUSED, everywhere, say_json, start_django

MEANING = {
    "intact": "留痕完整",
    "row_changed": "这一行被改过",
    "row_deleted": "这一行被删除",
    "row_inserted": "这一行是封存后插入的",
    "row_moved": "这一行被移出封存段",
    "segment_changed": "这一封存段被改过",
    "chain_broken": "封存链在此断开",
    "root_missing": "链上没有您记下的根值：链被重写或截断",
}


def add(subparsers: Any) -> None:
    """Add the noun ``journal``."""
    noun = subparsers.add_parser("journal", help="操作留痕：核验")
    verbs = noun.add_subparsers(dest="verb", metavar="VERB", required=True)
    verb = verbs.add_parser("verify", help="重算全部摘要与封存链，指出第一处不符")
    verb.add_argument("--root", default="", help="以前记下的根值；它须仍在链上")
    verb.add_argument("--seal", action="store_true", help="先封存尚未封存的行")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(run=verify)


def verify(args: argparse.Namespace) -> int:
    """Exit code 0: intact; 1: names the first broken row or segment."""
    start_django()
    from wangge.foundation.journal import queries
    from wangge.foundation.journal.sealing import seal_pending

    with everywhere():
        if args.seal:
            seal_pending()
        verdict = queries.verify(root=args.root)
    if args.json:
        say_json({"intact": verdict.intact, **asdict(verdict)})
    else:
        print(_sentence(verdict), file=sys.stdout if verdict.intact else sys.stderr)
    return DONE if verdict.intact else REFUSED


def _sentence(verdict: Any) -> str:
    if verdict.intact:
        counts = f"{verdict.rows} 行，{verdict.segments} 段，未封存 {verdict.unsealed} 行"
        return f"{MEANING['intact']}：{counts}。根值 {verdict.root}"
    where = [f"第 {verdict.entry} 行"] if verdict.entry is not None else []
    where += [f"第 {verdict.segment} 段"] if verdict.segment is not None else []
    return f"{'，'.join(where)}：{MEANING[verdict.code]}（{verdict.code}）"

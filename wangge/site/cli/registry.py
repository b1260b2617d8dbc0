"""wangge registry count | rotate-keys: what the register holds, and its keys."""

from __future__ import annotations

import argparse
from typing import Any

from wangge.site.cli import DONE, Refused, everywhere, say_json, start_django

KINDS = {
    "persons": "人员",
    "households": "户",
    "rooms": "房屋",
    "buildings": "楼栋",
    "organisations": "单位",
    "contradictions": "待核实的矛盾",
}


def add(subparsers: Any) -> None:
    """Add the noun ``registry``."""
    noun = subparsers.add_parser("registry", help="登记册：计数、换密钥")
    verbs = noun.add_subparsers(dest="verb", metavar="VERB", required=True)
    verb = verbs.add_parser("count", help="某辖区内登记的人、户、房、楼、单位各有多少")
    verb.add_argument("--area", required=True, type=_code, help="区划代码：6、9、12 或 15 位")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(run=count)
    verb = verbs.add_parser("rotate-keys", help="用最新的密钥重新加密全部密文；中断后再运行即继续")
    verb.add_argument(
        "--index",
        type=int,
        metavar="KEY",
        help="改为按此密钥重算检索索引；须停机进行，完成后把它移到密钥环最前",
    )
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(run=rotate_keys)


def _code(text: str) -> str:
    if not text.isdecimal() or len(text) not in (6, 9, 12, 15):
        raise argparse.ArgumentTypeError("区划代码应为 6、9、12 或 15 位数字")
    return text


def count(args: argparse.Namespace) -> int:
    """Counts of rows inside the area; exit code 1 when there is no such area."""
    start_django()
    from wangge.foundation.territory.queries import area_by_code
    from wangge.registry.people.queries import register_counts

    with everywhere():
        if area_by_code(args.area.ljust(12, "0")) is None:
            raise Refused(f"没有代码为 {args.area} 的区域；请核对代码，或先装入区县数据。")
        counts = register_counts(args.area)
    if args.json:
        say_json({"area": args.area, **counts})
        return DONE
    for name, label in KINDS.items():
        print(f"{label}\t{counts[name]}")
    return DONE


def rotate_keys(args: argparse.Namespace) -> int:
    """Seal everything with the newest key, or write the indexes of a key to come."""
    start_django()
    from wangge.lib.sealing import SealingError
    from wangge.registry.people import actions
    from wangge.site.cli.progress import bar

    with everywhere(), bar() as progress:
        tasks: dict[str, Any] = {}

        def tell(column: str, rows: int) -> None:
            if column not in tasks:
                tasks[column] = progress.add_task(column, total=None)
            progress.advance(tasks[column], rows)

        try:
            if args.index is not None:
                answer: dict[str, Any] = {
                    "reindexed": actions.reindex_people(actor="cli", key_id=args.index, progress=tell)
                }
            else:
                answer = {"resealed": actions.reseal_all(actor="cli", progress=tell)}
        except SealingError as error:
            raise Refused(f"密钥环里缺少或用错了密钥，没有写入：{error}") from error
    if args.json:
        say_json(answer)
    return DONE

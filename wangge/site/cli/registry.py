"""wangge registry count | check | rotate-keys: what the register holds, whether it is sound, its keys."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from wangge.site.cli import DONE, WRONG_CALL, Refused, everywhere, say_json, start_django

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
    noun = subparsers.add_parser("registry", help="登记册：计数、查矛盾、换密钥")
    verbs = noun.add_subparsers(dest="verb", metavar="VERB", required=True)
    verb = verbs.add_parser("count", help="某辖区内登记的人、户、房、楼、单位各有多少")
    verb.add_argument("--area", required=True, type=_code, help="区划代码：6、9、12 或 15 位")
    verb.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="哪一天的情况，不写就是今天")
    verb.add_argument("--known-on", type=date.fromisoformat, metavar="DATE", help="按那一天结束时所知")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(run=count)
    verb = verbs.add_parser("diff", help="行动前后对比：一段时间里登记册改变了什么")
    verb.add_argument("--area", required=True, type=_code, help="区划代码：6、9、12 或 15 位")
    verb.add_argument("--from", dest="first", required=True, type=date.fromisoformat, metavar="DATE")
    verb.add_argument("--to", dest="last", required=True, type=date.fromisoformat, metavar="DATE")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(run=diff)
    verb = verbs.add_parser("check", help="找出自相矛盾的人员和户的记录，放进矛盾清单")
    verb.add_argument("--area", required=True, type=_code, help="区划代码：6、9、12 或 15 位")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(run=check)
    verb = verbs.add_parser("rotate-keys", help="用最新的密钥重新加密全部密文；中断后再运行即继续")
    verb.add_argument(
        "--index",
        type=int,
        metavar="KEY",
        help="改为按此密钥重算检索索引；须停机进行，完成后把它移到密钥环最前",
    )
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(run=rotate_keys)
    _add_link(verbs)


def _add_link(verbs: Any) -> None:
    verb = verbs.add_parser("link", help="找出谁是同一个人：登记册里的，或一个文件里的（--records）")
    verb.add_argument("--records", type=Path, metavar="FILE", help="parquet 或 csv；不碰登记册")
    verb.add_argument("--out", type=Path, metavar="CLUSTERS.csv", help="--records 的结果")
    verb.add_argument(
        "--labels",
        type=Path,
        metavar="FILE",
        help="已知答案的样本（record_id,person）：算出各阈值的准确率和召回率",
    )
    verb.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb")
    verb.add_argument("--threshold", type=_share, metavar="P", help="--records：达到这个概率才归并，默认 0.8")
    verb.add_argument("--area", type=_code, help="登记册：只管至少一边在这个区域的对")
    verb.add_argument("--dry-run", action="store_true", help="文件只数要比多少对；登记册只比不写")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(run=link, parser=verb)
    verb = verbs.add_parser("thresholds", help="按人已经作出的判断，看各阈值的准确率和召回率")
    verb.add_argument("--area", type=_code, help="只看这个区域的判断")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(run=thresholds)


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError("阈值应在 0 和 1 之间")
    return value


def link(args: argparse.Namespace) -> int:
    """Link a file of records, or the register."""
    if args.records is None:
        return _link_register(args)
    from wangge.site.cli.linking import link_file

    args.threshold = args.threshold or 0.8
    if args.out is None and not args.dry_run:
        args.parser.error("请用 --out 指定结果写到哪里")
    return link_file(args)


def _link_register(args: argparse.Namespace) -> int:
    from wangge.site.cli.linking_register import link_register

    if args.out or args.labels or args.threshold:
        args.parser.error("--out、--labels、--threshold 只用于 --records；登记册的阈值在“同一人核对”里设定")
    return link_register(args)


def _code(text: str) -> str:
    if not text.isdecimal() or len(text) not in (6, 9, 12, 15):
        raise argparse.ArgumentTypeError("区划代码应为 6、9、12 或 15 位数字")
    return text


def thresholds(args: argparse.Namespace) -> int:
    """What each threshold would have done with the pairs that people decided."""
    from wangge.site.cli.linking_register import show_thresholds

    return show_thresholds(args)


def count(args: argparse.Namespace) -> int:
    """Counts of rows inside the area; exit code 1 when there is no such area."""
    start_django()
    from wangge.registry.people.queries import counts_then, register_counts
    from wangge.site.cli.moments import moment_asked

    with everywhere():
        must_be_area(args.area)
        if args.as_of or args.known_on:
            moment = moment_asked(args)
            counts = counts_then(args.area, moment.day, moment.known_at)
            counts = {"as_of": moment.day, "known_on": args.known_on} | counts
        else:
            counts = register_counts(args.area)
    if args.json:
        say_json({"area": args.area, **counts})
        return DONE
    for name, label in KINDS.items():
        print(f"{label}\t{'—' if counts[name] is None else counts[name]}")
    return DONE


def must_be_area(code: str) -> None:
    """Refuses a code that no area has."""
    from wangge.foundation.territory.queries import area_by_code

    if area_by_code(code.ljust(12, "0")) is None:
        raise Refused(f"没有代码为 {code} 的区域；请核对代码，或先装入区县数据。")


def check(args: argparse.Namespace) -> int:
    """Look at every record inside the area; what cannot be right waits in the worklist."""
    start_django()
    from wangge.lib.scoping import prefix_of
    from wangge.registry.people.actions import check_area
    from wangge.registry.people.queries import discrepancies_open
    from wangge.registry.people.rules import ALL

    with everywhere():
        must_be_area(args.area)
        counts = check_area(prefix_of(args.area))
        waiting = discrepancies_open(args.area).count()
    found = {code: counts[code] for code in ALL}
    answer = {"area": args.area, "people": counts["people"], "found": found, "new": counts["new"]}
    if args.json:
        say_json(answer | {"open": waiting})
        return DONE
    for code, number in found.items():
        print(f"{ALL[code].title}\t{number}")
    print(f"检查 {counts['people']} 人，新增 {counts['new']} 条，待处理 {waiting} 条", file=sys.stderr)
    return DONE


def diff(args: argparse.Namespace) -> int:
    """What the days from --from to --to changed, counted from rows."""
    if args.first > args.last:
        print("--from 晚于 --to，请对调。", file=sys.stderr)
        return WRONG_CALL
    start_django()
    from django.utils import timezone

    from wangge.registry.ledgers.queries.changes import Period, difference, tables_of

    with everywhere():
        must_be_area(args.area)
        if args.last > timezone.localdate():
            raise Refused("--to 不能晚于今天。")
        counted = difference(Period(args.area.ljust(12, "0"), args.first, args.last))
        tables = tables_of(counted)
    if args.json:
        say_json({"area": args.area, "from": args.first, "to": args.last, **counted.as_json()})
        return DONE
    for table in tables:
        print("\t".join([table.first, *table.heads]))
        for label, cells in table.lines:
            print("\t".join([label, *[str(cell.number) for cell in cells]]))
    return DONE


def rotate_keys(args: argparse.Namespace) -> int:
    """Seal everything with the newest key, or write the indexes of a key to come."""
    start_django()
    from django.db import transaction

    from wangge.lib.sealing import SealingError
    from wangge.registry.people import actions
    from wangge.site.cli.progress import bar
    from wangge.systems.groups import actions as groups

    with everywhere(), bar() as progress:
        tasks: dict[str, Any] = {}

        def tell(column: str, rows: int) -> None:
            if column not in tasks:
                tasks[column] = progress.add_task(column, total=None)
            progress.advance(tasks[column], rows)

        try:
            if args.index is not None:
                with transaction.atomic():  # every index or none: look-ups know one key only
                    people = actions.reindex_people(actor="cli", key_id=args.index, progress=tell)
                    members = groups.reindex_members(actor="cli", key_id=args.index)
                answer: dict[str, Any] = {"reindexed": people, "members": members}
            else:
                answer = {"resealed": actions.reseal_all(actor="cli", progress=tell)}
        except SealingError as error:
            raise Refused(f"密钥环里缺少或用错了密钥，没有写入：{error}") from error
    if args.json:
        say_json(answer)
    return DONE

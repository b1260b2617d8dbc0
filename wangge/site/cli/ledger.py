"""``wangge ledger``: ledgers in and out."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from wangge.site.cli import DONE, WRONG_CALL, Refused, everywhere, say_json, start_django

FORMS = {".xlsx": "xlsx", ".csv": "csv"}


def add(nouns: Any) -> None:
    """Register the noun and its verbs."""
    parser = nouns.add_parser("ledger", help="导入、导出台账")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    export = verbs.add_parser("export", help="把台账导出为 xlsx 或 csv")
    export.add_argument(
        "--ledger", required=True, metavar="NAME", help="常住、流动、外来、企业人员……或它的代码，如 resident"
    )
    export.add_argument("--area", required=True, metavar="CODE", help="区划代码，如 440703002001")
    export.add_argument("--out", required=True, type=Path, metavar="FILE.xlsx|csv")
    export.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="数据日期，不写就是今天")
    export.add_argument(
        "--known-on", type=date.fromisoformat, metavar="DATE", help="按那一天结束时所知；不写就是按现在所知"
    )
    export.add_argument(
        "--unmasked", action="store_true", help="导出完整的证件号码、电话和地址；必须写 --reason"
    )
    export.add_argument("--reason", default="", metavar="TEXT")
    export.add_argument("--json", action="store_true")
    export.set_defaults(run=run_export)
    name = f"{__package__}.ledger_import"
    if find_spec(name):
        import_module(name).add_import(verbs)


def _wrong(message: str) -> int:
    print(message, file=sys.stderr)
    return WRONG_CALL


def run_export(args: argparse.Namespace) -> int:
    """Export one ledger of one area; the number of rows goes to stdout."""
    if args.out.suffix.lower() not in FORMS:
        return _wrong("--out 要以 .xlsx 或 .csv 结尾。")
    if args.unmasked and not args.reason.strip():
        return _wrong("--unmasked 必须同时写 --reason 说明用途。")
    start_django()
    from wangge.registry.ledgers.outgoing.catalogue import CHINESE, ledger_named

    try:
        ledger = ledger_named(args.ledger)
    except KeyError:
        return _wrong(f"没有叫“{args.ledger}”的台账。可用：{'、'.join(CHINESE.values())}。")
    with everywhere():
        return _export(args, ledger)


def _export(args: argparse.Namespace, ledger: Any) -> int:
    from wangge.foundation.territory import queries as territory
    from wangge.registry.ledgers.actions.export import export_ledger
    from wangge.registry.ledgers.outgoing.limits import limits_on
    from wangge.registry.ledgers.outgoing.selection import Selection
    from wangge.site.cli.moments import moment_asked

    area = territory.area_by_code(args.area)
    if area is None:
        raise Refused(f"没有代码为 {args.area} 的区域；用 `wangge district` 装入区县数据，或核对代码。")
    moment = moment_asked(args)
    selection = Selection(ledger, area.code, moment, limits_on(moment.day))
    try:
        made = export_ledger(
            actor="cli",
            selection=selection,
            path=args.out,
            form=FORMS[args.out.suffix.lower()],
            area_name=territory.short_name(area.name),
            unmasked=args.unmasked,
            reason=args.reason,
        )
    except OSError as error:
        raise Refused(f"写不了 {args.out}：{error.strerror}。") from error
    answer = {
        "ledger": ledger.code,
        "name": ledger.chinese,
        "area": area.code,
        "as_of": moment.day.isoformat(),
        "known_on": args.known_on.isoformat() if args.known_on else None,
        "rows": made.rows,
        "file": str(args.out),
    }
    if args.json:
        say_json(answer)
    else:
        print(f"{ledger.chinese} {area.name}：{made.rows} 行，已写入 {args.out}")
    return DONE

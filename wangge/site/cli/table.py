"""``wangge table``: a department's blank sheet comes back filled."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from wangge.site.cli import DONE, WRONG_CALL, Refused, everywhere, say_json, start_django
from wangge.site.cli.table_burden import add_burden

UNITS = ("person", "household", "room", "building", "organisation")


def add(nouns: Any) -> None:
    """Register the noun and its verb."""
    parser = nouns.add_parser("table", help="部门报表：空白表自动填好")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    fill = verbs.add_parser("fill", help="把部门的空白 Excel 填好，版式不变")
    fill.add_argument("blank", type=Path, metavar="BLANK.xlsx")
    fill.add_argument("--area", required=True, metavar="CODE", help="区划代码，如 440703002001")
    fill.add_argument("--out", required=True, type=Path, metavar="FILE")
    fill.add_argument("--unit", choices=UNITS, default="", help="一行是一个什么；不写就看表头")
    fill.add_argument(
        "--ledger", default="", metavar="NAME", help="常住、流动、外来、企业人员……；不写就看标题"
    )
    fill.add_argument(
        "--filter", action="append", metavar="TEXT", help="条件，如 80岁以上独居；可写多个；写“无”就不加条件"
    )
    fill.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="数据日期，不写就是今天")
    fill.add_argument("--department", default="", metavar="NAME", help="要表的部门")
    fill.add_argument("--purpose", default="", metavar="TEXT", help="用途")
    fill.add_argument(
        "--map", action="append", default=[], metavar="COLUMN=FACT", help="某一列是什么；- 表示留空"
    )
    fill.add_argument("--unmasked", action="store_true", help="填完整的证件号码和电话；必须写 --reason")
    fill.add_argument("--reason", default="", metavar="TEXT")
    fill.add_argument("--json", action="store_true")
    fill.set_defaults(run=run_fill)
    add_burden(verbs)


def _wrong(message: str) -> int:
    print(message, file=sys.stderr)
    return WRONG_CALL


def run_fill(args: argparse.Namespace) -> int:
    """Fill one blank workbook; what was recognised and how many cells were filled goes to stdout."""
    if args.unmasked and not args.reason.strip():
        return _wrong("--unmasked 必须同时写 --reason 说明用途。")
    start_django()
    from wangge.registry.ledgers.outgoing.catalogue import CHINESE, ledger_named

    if args.ledger:
        try:
            ledger_named(args.ledger)
        except KeyError:
            return _wrong(f"没有叫“{args.ledger}”的台账。可用：{'、'.join(CHINESE.values())}。")
    with everywhere():
        return _fill(args)


def _conditions(texts: Sequence[str] | None) -> list[str] | None:
    """None = as the table's title says. Raises Refused for words nobody understands."""
    from wangge.registry.tables.meanings import conditions, wording

    if texts is None:
        return None
    found: list[str] = []
    for text in texts:
        if text.strip() in ("无", "none", "all", ""):
            continue
        reading = wording.read(text)
        condition = (
            text.strip() if conditions.valid(text.strip()) else reading.condition if reading.whole else ""
        )
        if not condition:
            raise Refused(
                f"条件“{text}”里的“{reading.rest or text}”看不懂。"
                "可以写：80岁以上、独居、出租屋、本科以上、女、流动人口、本地户籍……"
            )
        found += condition.split("&")
    return found


def _fill(args: argparse.Namespace) -> int:
    from wangge.foundation.territory import queries as territory
    from wangge.registry.ledgers.guards import Unreadable
    from wangge.registry.tables import actions
    from wangge.registry.tables.actions.receive import Asked
    from wangge.registry.tables.rules import NotFilled

    area = territory.area_by_code(args.area)
    if area is None:
        raise Refused(f"没有代码为 {args.area} 的区域；用 `wangge district` 装入区县数据，或核对代码。")
    if not args.blank.is_file():
        raise Refused(f"找不到文件“{args.blank}”。请检查路径后重试。")
    filters = _conditions(args.filter)
    asked = Asked(department=args.department, purpose=args.purpose)
    try:
        with args.blank.open("rb") as content:
            request = actions.receive_table(
                actor="cli", area_code=area.code, name=args.blank.name, content=content, asked=asked,
                unit=args.unit, ledger=args.ledger, filters=filters, as_of=args.as_of,
            )  # fmt: skip
        answers = _answers(args.map, request)
        if answers:
            request = actions.choose_columns(actor="cli", request=request, answers=answers)
        made = _write(args, request)
    except Unreadable as broken:
        raise Refused(broken.message) from broken
    except NotFilled as broken:
        raise Refused(broken.message) from broken
    return _say(args, request, made)


def _answers(texts: Sequence[str], request: Any) -> dict[str, dict[str, str]]:
    """COLUMN=FACT as answers; a column by its header or its letter. Raises Refused."""
    answers: dict[str, dict[str, str]] = {}
    for text in texts:
        header, equals, given = text.rpartition("=")
        meaning = _meaning(given.strip())
        if not equals or meaning is None:
            raise Refused(f"--map {text}：要写成 列名=事实，例如 联系方式=phone；可用的事实见 docs/cli.md。")
        found = [
            (sheet["name"], column["column"])
            for sheet in request.sheets
            for column in sheet["columns"]
            if header.strip() in (column["header"], column["header"].rpartition("/")[2], column["column"])
        ]
        if not found:
            raise Refused(f"--map {text}：表里没有叫“{header}”的列。")
        for sheet, column in found:
            answers.setdefault(sheet, {})[column] = meaning
    return answers


def _meaning(given: str) -> str | None:
    from wangge.registry.ledgers.dictionary import facts
    from wangge.registry.tables.meanings import parse, wording
    from wangge.registry.tables.meanings.meaning import DERIVED

    if given in ("-", "留空"):
        return ""
    by_name = {fact.name: code for code, fact in facts().items()} | {
        name: code for code, name in DERIVED.items()
    }
    given = by_name.get(given, given)
    try:
        return parse(given).text
    except ValueError:
        reading = wording.read(given)
        return f"mark:{reading.condition}" if reading.whole else None


def _write(args: argparse.Namespace, request: Any) -> Any:
    """The file appears whole or not at all."""
    from wangge.registry.tables import actions

    part = args.out.with_name(args.out.name + ".part")
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as out:
            made = actions.fill_table(
                actor="cli", request=request, out=out, unmasked=args.unmasked, reason=args.reason
            )
        part.replace(args.out)
    except OSError as error:
        raise Refused(f"写不了 {args.out}：{error.strerror}。") from error
    finally:
        part.unlink(missing_ok=True)
    return made


def _say(args: argparse.Namespace, request: Any, made: Any) -> int:
    from wangge.registry.tables.queries.describing import columns_once

    columns = columns_once(request.sheets)
    answer = {
        "columns": [
            {
                "header": column["header"], "state": column["state"], "fact": column["meaning"],
                "confidence": column["sure"], "reason": column["why"], "alternatives": column["offers"],
            }
            for column in columns
        ],
        "known": request.known_columns,
        "derivable": request.derivable_columns,
        "asked": request.asked_columns,
        "new": request.new_columns,
        "unit": request.unit,
        "ledger": request.ledger,
        "filters": request.filters,
        "rows": made.tally.rows,
        "cells_filled": made.tally.total("filled"),
        "cells_masked": made.tally.total("masked"),
        "cells_empty": made.tally.total("empty"),
        "cells_absent": made.tally.total("absent"),
        "sheets": [
            {"name": s["name"], "area": s.get("area", ""), "skipped": s["skipped"]} for s in request.sheets
        ],
        "notes": made.tally.said(),
        "request": request.pk,
        "file": str(args.out),
        "refused": [],
    }  # fmt: skip
    if args.json:
        say_json(answer)
        return DONE
    print(
        f"{request.columns} 列 → {answer['known']} 列登记册里有，{answer['derivable']} 列可以算出，"
        f"{answer['asked']} 列要确认，{answer['new']} 列登记册没有"
    )
    print(
        f"填了 {answer['rows']} 行：{answer['cells_filled']} 格填好，"
        f"{answer['cells_masked']} 格遮盖，{answer['cells_empty']} 格空着"
    )
    for note in answer["notes"]:
        print(f"  {note}")
    print(f"已写入 {args.out}")
    return DONE

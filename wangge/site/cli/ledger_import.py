"""`wangge ledger import`: ledgers into the register from the command line."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from wangge.site.cli import everywhere, start_django
from wangge.site.cli.progress import advancing


def add_import(verbs: Any) -> None:
    """Add the verb to `wangge ledger`."""
    verb = verbs.add_parser("import", help="导入台账 Import ledgers")
    verb.add_argument("files", nargs="+", type=Path, metavar="FILE")
    verb.add_argument("--area", required=True, metavar="CODE", help="12 位区划代码 area code")
    verb.add_argument("--dry-run", action="store_true", help="只试算，不写入 show what would happen")
    verb.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="台账所述日期")
    verb.add_argument(
        "--map", action="append", default=[], type=_meaning, metavar="COLUMN=FACT", help="指定列的含义"
    )
    verb.add_argument("--report", type=Path, metavar="OUT.xlsx", help="错误说明工作簿")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(run=run_import)


def run_import(args: argparse.Namespace) -> int:
    """0 done (rows in error are reported), 1 a file was refused, with reasons, 2 a wrong call."""
    start_django()
    from wangge.foundation.territory.models import Area
    from wangge.registry.ledgers.actions.commit import people_in

    with everywhere():
        if not Area.objects.filter(code=args.area).exists():
            print(f"没有代码为 {args.area} 的区域；可用 `wangge district load` 载入区划。", file=sys.stderr)
            return 2
        before = people_in(args.area)
        files = [_import_one(path, args) for path in args.files]
        result = {"files": files, "people_before": before, "people_after": people_in(args.area)}
    if args.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        _tell(result, args.dry_run)
    return 1 if any(f["refused"] for f in files) else 0


def _import_one(path: Path, args: argparse.Namespace) -> dict[str, Any]:
    from wangge.registry.ledgers.guards import Unreadable

    report = _blank(path)
    try:
        return report | _imported(path, args)
    except Unreadable as broken:
        return report | _refusal(broken.code, broken.message)
    except OSError as broken:
        return report | _refusal("cannot_open", f"打不开文件“{path.name}”：{broken.strerror}。")


def _blank(path: Path) -> dict[str, Any]:
    outcomes = ("new", "update", "unchanged", "conflict", "duplicate", "error")
    return {
        "name": path.name,
        "rows": 0,
        **dict.fromkeys(outcomes, 0),
        "errors": [],
        "refused": False,
        "state": "",
    }


def _refusal(code: str, message: str) -> dict[str, Any]:
    entry = {"sheet": "", "row": 0, "column": "", "code": code, "message": message}
    return {"refused": True, "errors": [entry], "state": "refused"}


def _imported(path: Path, args: argparse.Namespace) -> dict[str, Any]:
    from wangge.registry.ledgers import actions
    from wangge.registry.ledgers.enums import BatchState

    with path.open("rb") as content:
        batch = actions.receive_file(
            actor="cli", area_code=args.area, name=path.name, content=content, as_of=args.as_of
        )
    if batch.state == BatchState.DONE:
        return _again(batch)
    if args.map:
        batch = actions.choose_mapping(actor="cli", batch=batch, answers=_answers(batch, args.map))
    batch.state = BatchState.RECEIVED if batch.state == BatchState.ASKING else batch.state
    if args.dry_run and batch.state != BatchState.WRITING:
        actions.plan_batch(actor="cli", batch=batch)
    elif not args.dry_run:
        with advancing(f"导入 {path.name}", batch.rows, quiet=args.json) as progress:
            actions.commit_batch(actor="cli", batch=batch, progress=progress)
    _save_report(batch, args.report)
    return _report(batch)


def _meaning(text: str) -> tuple[str, str]:
    """``--map COLUMN=FACT``; a fact outside the dictionary is a wrong call."""
    from wangge.registry.ledgers.dictionary.facts import facts

    header, equals, fact = text.partition("=")
    if not equals or not header:
        raise argparse.ArgumentTypeError(f"“{text}”应写成 列名=事实代码，如 电话=phone")
    if fact and fact not in facts():
        raise argparse.ArgumentTypeError(f"字典里没有“{fact}”；可用的代码见“事实字典”页")
    return header, fact


def _answers(batch: Any, answers: list[tuple[str, str]]) -> dict[str, dict[str, str]]:
    chosen = dict(answers)
    return {
        sheet["name"]: {
            str(column["index"]): chosen[column["header"]]
            for column in sheet["columns"]
            if column["header"] in chosen
        }
        for sheet in batch.sheets
        if not sheet["skipped"]
    }


def _again(batch: Any) -> dict[str, Any]:
    """The same file again changes nothing and says so."""
    return {"rows": batch.rows, "unchanged": batch.rows, "state": "already_imported", "batch": batch.pk}


def _report(batch: Any) -> dict[str, Any]:
    from wangge.registry.ledgers.queries.batches import preview_of

    errors = [
        {
            "sheet": problem["sheet"],
            "row": problem["row"],
            "column": problem["header"],
            "code": problem["code"],
            "message": problem["message"],
        }
        for problem in preview_of(batch).get("error", [])
    ]
    skipped = [{"sheet": s["name"], "why": s["skipped"]} for s in batch.sheets if s["skipped"]]
    dropped = [
        {"sheet": s["name"], "column": c["header"], "why": c["dropped"]}
        for s in batch.sheets
        for c in s["columns"]
        if c["dropped"]
    ]
    asked = [c["header"] for s in batch.sheets for c in s["columns"] if c["ask"]]
    return {
        "rows": batch.rows, **batch.counts, "errors": errors, "skipped": skipped, "dropped": dropped,
        "asked": asked, "state": batch.state, "batch": batch.pk,
    }  # fmt: skip


def _save_report(batch: Any, target: Path | None) -> None:
    if target is None:
        return
    from wangge.registry.ledgers.queries.batches import error_workbook_of

    made = error_workbook_of(batch)
    if made:
        target.write_bytes(made[0].read_bytes())
        made[0].unlink()


def _tell(result: dict[str, Any], dry_run: bool) -> None:
    for file in result["files"]:
        if file["state"] == "already_imported":
            print(f"{file['name']}：这个文件已经导入过（{file['rows']} 行），没有任何改变。")
            continue
        print(
            f"{file['name']}：{file['rows']} 行，新增 {file['new']}，更新 {file['update']}，"
            f"不变 {file['unchanged']}，冲突 {file['conflict']}，"
            f"重复 {file['duplicate']}，错误 {file['error']}"
        )
        for error in file["errors"][:20]:
            where = f"“{error['sheet']}”第 {error['row']} 行 {error['column']}：" if error["row"] else ""
            print(f"  {where}{error['message']}")
        if len(file["errors"]) > 20:
            print(f"  …… 还有 {len(file['errors']) - 20} 处，用 --report 输出全部。")
    print(
        f"登记人数：{result['people_before']} → {result['people_after']}"
        + ("（试算，未写入）" if dry_run else "")
    )

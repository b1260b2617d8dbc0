"""``wangge order verify``: the proof that nothing of an erased order remains."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wangge.site.cli import DONE, REFUSED, Refused, say_json


def verify_order(args: argparse.Namespace) -> int:
    """Exit code 0: nothing remains; 1: says what was found where."""
    from wangge.site.cli.order import order_named, refusing

    with refusing():
        from wangge.foundation.orders import actions

        values = _values(args.values)
        verdict = actions.verify_order(
            actor="cli", order=order_named(args.number), values=values,
            leave_out=[args.values] if args.values else [],
        )  # fmt: skip
    if args.json:
        say_json(
            {
                "number": verdict.number, "clean": verdict.clean, "by": verdict.by,
                "looked_for": verdict.looked_for, "rows": verdict.rows, "second": verdict.second,
                "accepted": verdict.accepted, **verdict.report.as_dict(),
            }
        )  # fmt: skip
    else:
        for line in _verdict_lines(verdict):
            print(line, file=sys.stdout if verdict.clean else sys.stderr)
    return DONE if verdict.clean else REFUSED


def _values(path: Path | None) -> list[str] | None:
    if path is None:
        return None
    try:
        values = [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"读不了 {path.name}。请给 UTF-8 的文本文件，一行一个值。") from error
    if short := sum(len(value.encode()) < 8 for value in values):
        print(f"有 {short} 个值不足 8 个字节，到处都会碰上，没有查。", file=sys.stderr)
    return values


def _verdict_lines(verdict: Any) -> Iterator[str]:
    from wangge.foundation.orders.queries.words import LIMITS, place_in_words

    looked = verdict.report.looked
    how = {
        "digests": "冻结时记下的摘要",
        "values": "给出的值",
        "rows": "行（摘要已销毁；给 --values 可再查字节）",
    }
    verb = "一处不剩" if verdict.clean else "仍有残留"
    yield f"“{verdict.number}”：{verb}。按{how[verdict.by]}查了 {verdict.looked_for} 个值。"
    for name, number in verdict.rows.items():
        yield f"  {place_in_words(name)}：还有 {number} 条"
    for place, times in sorted(verdict.report.found.items()):
        known = "（已确认另有来源）" if place in verdict.accepted else ""
        yield f"  {place}：{times} 处{known}"
    yield (
        f"  查过 {looked['tables']} 张表 {looked['cells']} 格，解密后再查 {looked['sealed_opened']} 格，"
        f"打不开的加密格 {looked['sealed_unopened']}，"
        f"存储 {looked['storage_bytes']} 字节，文件 {looked['files']} 个。"
    )
    for code in sorted(verdict.report.limits):
        yield f"  未能查到的：{LIMITS.get(code, code)}"
    if verdict.second:
        yield "  这是第二次核验：查找用的摘要和它的密钥已销毁。"

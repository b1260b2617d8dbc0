"""wangge registry link, wangge registry thresholds: who is the same person in the register."""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from wangge.site.cli import DONE, Refused, everywhere, say_json, start_django

COUNTS = {
    "records": "条记录（登记的人和待裁定的行）",
    "compared": "对看过",
    "merged": "对归并为一人",
    "settled": "行待裁定的记为同一人",
    "asked": "对拿不准，等人核对",
    "two_numbers": "对像同一人但两个号码不同，没有归并",
    "apart": "对有相似之处，但不是同一人",
}


def link_register(args: argparse.Namespace) -> int:
    """Find who is the same person, and write it: merged, asked, left apart."""
    start_django()
    from django.conf import settings

    area = (args.area or settings.DISTRICT).ljust(12, "0")
    with everywhere():
        _must_exist(area)
        answer = _rehearse(args, area) if args.dry_run else _run(args, area)
    if args.json:
        say_json(answer)
        return DONE
    _say(answer)
    return DONE


def _must_exist(area: str) -> None:
    from wangge.foundation.territory.queries import area_by_code

    if area_by_code(area) is None:
        raise Refused(f"没有代码为 {area} 的区域；请核对代码，或先装入区县数据。")


def _run(args: argparse.Namespace, area: str) -> dict[str, Any]:
    from wangge.registry.linkage.actions import Busy, Overtaken, run_now
    from wangge.registry.linkage.enums import RunState

    with _telling() as tell:
        try:
            run = run_now(actor="cli", area_code=area, engine=args.engine, tell=tell)
        except Busy as busy:
            since = f"{busy.run.begun_at:%H:%M}" if busy.run.begun_at else "刚才"
            raise Refused(
                f"另一次比对正在运行（{since} 开始，第 {busy.run.pk} 次）。请等它结束再运行；登记册没有改动。"
            ) from busy
        except Overtaken as over:
            raise Refused("这次比对停顿太久，已由别的进程接手；登记册没有改动。") from over
    if run.state != RunState.DONE:
        raise Refused(_why(run))
    rules = [_rule(code, pairs, largest) for code, pairs, largest in run.loads]
    return {
        "run": run.pk, "area": area, "engine": run.engine, "dry_run": False, "seconds": run.seconds,
        "upper": run.upper, "lower": run.lower, **run.counts, "rules": rules,
    }  # fmt: skip


def _why(run: Any) -> str:
    from wangge.registry.linkage.enums import PROBLEMS

    reason = str(PROBLEMS[run.problem])
    return reason if not run.loads else f"{reason}（{_line(_rule(*run.loads[0]))}）"


def _rehearse(args: argparse.Namespace, area: str) -> dict[str, Any]:
    from wangge.lib.linking import SparkUnreachable, TooManyPairs
    from wangge.registry.linkage.enums import PROBLEMS
    from wangge.registry.linkage.pipeline.looking import look

    begun = time.perf_counter()
    with _telling() as tell:
        try:
            found = look(area_code=area, engine=args.engine, tell=tell)
        except TooManyPairs as error:
            load = error.load
            rule = _line(_rule(load.rule.code, load.pairs, load.largest))
            raise Refused(f"{PROBLEMS['too_many']}（{rule}）") from error
        except SparkUnreachable as error:
            raise Refused(str(PROBLEMS[error.why])) from error
    rules = [_rule(load.rule.code, load.pairs, load.largest) for load in found.linked.loads]
    return {
        "run": None, "area": area, "engine": args.engine, "dry_run": True,
        "seconds": round(time.perf_counter() - begun, 2), "upper": found.limits.upper,
        "lower": found.limits.lower, **found.counts(), "rules": rules,
    }  # fmt: skip


def _rule(code: str, pairs: int, largest: int) -> dict[str, Any]:
    from wangge.lib.linking import RULES

    return {"rule": code, "means": str(RULES[code]), "pairs": pairs, "largest": largest}


def _line(rule: dict[str, Any]) -> str:
    return f"{rule['means']}：{rule['pairs']:,} 对，最多 {rule['largest']:,} 条同值"


@contextlib.contextmanager
def _telling() -> Iterator[Callable[[str], None]]:
    """The stage on stderr; what the engine says goes there too, stdout is for ``--json``."""
    from wangge.lib.linking import STAGES
    from wangge.registry.linkage.enums import OWN_STAGES
    from wangge.site.cli.progress import bar

    names = {**STAGES, **OWN_STAGES}
    with bar() as progress, contextlib.redirect_stdout(sys.stderr):
        task = progress.add_task("", total=None)
        yield lambda stage: progress.update(task, description=str(names[stage]))


def _say(answer: dict[str, Any]) -> None:
    for rule in answer["rules"]:
        print(_line(rule))
    for name, label in COUNTS.items():
        print(f"{answer[name]:,} {label}")
    if answer["dry_run"]:
        print(f"试算：登记册没有改动。用时 {answer['seconds']} 秒。", file=sys.stderr)
    else:
        print(f"第 {answer['run']} 次运行，用时 {answer['seconds']} 秒；归并都可以撤销。", file=sys.stderr)


def show_thresholds(args: argparse.Namespace) -> int:
    """Precision and recall of each threshold on what people decided."""
    start_django()
    from wangge.lib.scoping import Reach, prefix_of, within
    from wangge.registry.linkage.queries.thresholds import sample

    with everywhere():
        if args.area:
            _must_exist(args.area.ljust(12, "0"))
    with within(Reach((prefix_of(args.area),))) if args.area else everywhere():
        found = sample()
    if args.json:
        say_json(found.as_dict())
        return DONE
    print(f"人判断过 {found.labels} 对，其中同一人 {found.same} 对")
    if not found.enough:
        print(f"样本不足：至少要 {found.least} 对，两种结论都要有，才能看准确率和召回率。")
        return DONE
    for line in found.lines:
        shown = ["—" if value is None else f"{value:.3f}" for value in (line.precision, line.recall)]
        print(f"阈值 {line.threshold}  准确率 {shown[0]}  召回率 {shown[1]}", end="  ")
        print(f"会归并 {line.merged}  会问 {line.asked}")
    return DONE

"""wangge registry link --records: who is the same person in a file, without touching the register."""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from pathlib import Path
from typing import Any

from wangge.site.cli import DONE, Refused, say_json

WHY = {
    "no_file": "没有这个文件：{name}。",
    "not_read": "{name} 读不出来。请给 parquet 文件，或 UTF-8、GB18030 编码的 csv 文件。",
    "empty": "{name} 里没有记录。",
    "no_id": "{name} 缺少 record_id（每条记录的编号）{at}。请加上这一列，每行一个不同的编号。",
    "twice": "{name} 的 record_id 有重复，首次出现在第 {line} 行。每条记录的编号应当不同。",
    "no_columns": "{name} 里没有可以比对的列。至少要有 id_no、name、phone 之一。",
}
SPARK = {
    "missing": "没有装 Spark。请安装：pip install 'wangge[spark]'，或改用 --engine duckdb。",
    "java": "Spark 需要 Java 17。请安装并设好 JAVA_HOME，或改用 --engine duckdb。",
    "unreachable": "连不上 Spark，没有写入结果。请核对 WANGGE_SPARK_MASTER，或改用 --engine duckdb。",
}


def link_file(args: argparse.Namespace) -> int:
    """Write record_id, cluster, probability for every record of the file; nothing of it is kept."""
    _speak_plainly()
    begun = time.perf_counter()
    records, aside = _read(args.records)
    if args.dry_run:
        return _say_loads(args, records)
    linked = _linked(args, records)
    clusters = linked.clusters
    _write(args.out, records["record_id"].to_list(), clusters)
    answer = {
        "records": records.height,
        "clusters": len(set(clusters.leader)),
        "linked": sum(row != leader for row, leader in enumerate(clusters.leader)),
        "pairs_compared_at_most": sum(load.pairs for load in linked.loads),
        "pairs_to_ask": _between(linked, args.threshold),
        "pairs_refused_two_numbers": len(clusters.refused),
        "threshold": args.threshold,
        "engine": args.engine,
        "columns_left_aside": aside,
        "seconds": round(time.perf_counter() - begun, 2),
    }
    if args.labels:
        answer["quality"] = _quality(args, records, linked)
    _say(args, answer)
    return DONE


def _speak_plainly() -> None:
    """A file is linked without an installation: no keys, no database, words as they are written."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False)


def _read(path: Path) -> Any:
    from wangge.lib.linking.files import Unreadable, read_records

    try:
        return read_records(path)
    except Unreadable as error:
        at = f"，第 {error.at} 行" if error.at else ""
        raise Refused(WHY[error.code].format(name=path.name, at=at, line=error.at)) from error


def _linked(args: argparse.Namespace, records: Any) -> Any:
    from wangge.lib.linking import RULES, STAGES, SparkUnreachable, TooManyPairs, link
    from wangge.site.cli.progress import bar

    with bar() as progress, contextlib.redirect_stdout(sys.stderr):  # the engine talks; stdout is for --json
        task = progress.add_task("", total=None)
        try:
            return link(
                records,
                engine=args.engine,
                upper=args.threshold,
                lower=min(args.threshold, 0.2),
                progress=lambda stage: progress.update(task, description=str(STAGES[stage])),
            )
        except TooManyPairs as error:
            raise Refused(
                f"“{RULES[error.load.rule.code]}”这条规则要比 {error.load.pairs:,} 对"
                f"（上限 {error.limit:,}），有 {error.load.largest:,} 条记录的值相同。"
                "请检查这一列是不是填了统一的值。"
            ) from error
        except SparkUnreachable as error:
            raise Refused(SPARK[error.why]) from error


def _say_loads(args: argparse.Namespace, records: Any) -> int:
    from wangge.lib.linking import RULES, measure, prepare

    loads = measure(prepare(records)[0])
    rows = [
        {
            "rule": load.rule.code,
            "means": str(RULES[load.rule.code]),
            "pairs": load.pairs,
            "largest": load.largest,
        }
        for load in loads
    ]
    if args.json:
        say_json({"records": records.height, "rules": rows, "pairs": sum(load.pairs for load in loads)})
        return DONE
    for row in rows:
        print(f"{row['means']}\t{row['pairs']:,} 对\t最多 {row['largest']:,} 条同值")
    return DONE


def _write(out: Path, ids: list[str], clusters: Any) -> None:
    """A whole file or none: it is written beside and then put in its place."""
    import polars as pl

    frame = pl.DataFrame(
        {
            "record_id": ids,
            "cluster": [ids[leader] for leader in clusters.leader],
            "probability": [round(value, 6) for value in clusters.linked],
        }
    )
    part = out.with_name(out.name + ".part")
    try:
        frame.write_csv(part)
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Refused(f"写不了 {out.name}：{error.strerror}。请换一个可以写的文件夹。") from error


def _between(linked: Any, upper: float) -> int:
    import polars as pl

    return linked.pairs.filter(pl.col("match_probability") < upper).height


def _quality(args: argparse.Namespace, records: Any, linked: Any) -> list[dict[str, Any]]:
    import polars as pl

    from wangge.lib.linking.quality import by_threshold

    try:
        labels = pl.read_csv(args.labels, infer_schema=False).select("record_id", "person")
    except (pl.exceptions.PolarsError, OSError) as error:
        raise Refused(f"{args.labels.name} 读不出来；应是有 record_id、person 两列的 csv。") from error
    people = records.join(labels, on="record_id", how="left", maintain_order="left")["person"]
    return [
        {"threshold": row.threshold, "precision": row.precision, "recall": row.recall, "f1": row.f1}
        for row in by_threshold(linked, people)
    ]


def _say(args: argparse.Namespace, answer: dict[str, Any]) -> None:
    if args.json:
        say_json(answer)
        return
    print(
        f"{answer['records']:,} 条记录，{answer['clusters']:,} 个人，用时 {answer['seconds']} 秒。",
        file=sys.stderr,
    )
    print(f"拿不准、没有归并的 {answer['pairs_to_ask']:,} 对；结果写在 {args.out.name}。", file=sys.stderr)
    for row in answer.get("quality", []):
        shown = {name: "—" if value is None else f"{value:.4f}" for name, value in row.items()}
        print(
            f"阈值 {shown['threshold']}  准确率 {shown['precision']}"
            f"  召回率 {shown['recall']}  F1 {shown['f1']}"
        )

"""People of the linkage tests, who are nobody: no region 999703, no phones beginning 100."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
from stdnum.cn.ric import calc_check_digit

from wangge.lib.linking import COLUMNS, Linked, link

HOME = "胜利路1号丰雅花园3栋2单元501"
AWAY = "建设二路8号江景苑12栋1单元1203"
CROWD = 3_000  # strangers around the cast: in an empty file everybody looks alike


def id_of(birth: str, serial: int) -> str:
    """A number with a correct check digit: odd serials are men."""
    head = f"999703{birth.replace('-', '')}{serial:03d}"
    return head + calc_check_digit(head + "0")


def row(name: str, **said: Any) -> dict[str, Any]:
    """A record; what is not said is not known."""
    return {"name": name, **said}


def crowd() -> list[dict[str, Any]]:
    """Strangers who share nothing with the cast."""
    signs = "泉溪岭峡湾洲屿港渡滩洋潭瀑渠堤坝"
    return [
        row(
            f"{'赵钱孙周吴郑冯褚卫蒋沈韩秦许何吕'[n % 16]}{signs[n // 16 % 16]}{signs[n // 256 % 16]}",
            birth=str(date(1940, 1, 1) + timedelta(days=5 * n)),
            phone=f"1009{n:07d}",
            address=f"迎宾路{n}号",
        )
        for n in range(CROWD)
    ]


def frame(*rows: dict[str, Any]) -> pl.DataFrame:
    """Records as the engine takes them, numbered from 0."""
    named = [{**dict.fromkeys(COLUMNS), **each, "record_id": str(n)} for n, each in enumerate(rows)]
    return pl.DataFrame(named, schema=dict.fromkeys(COLUMNS, pl.String))


def linked(*rows: dict[str, Any], **how: Any) -> Linked:
    """These records linked among the crowd; they come first."""
    return link(frame(*rows, *crowd()), **how)


def together(*rows: dict[str, Any]) -> bool:
    """Whether all these records come out as one person."""
    return len(set(linked(*rows).clusters.leader[: len(rows)])) == 1

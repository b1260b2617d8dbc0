"""Flags of one list by the list's own rows, and the ledger; no name and no fact of ours."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import override

from wangge.lib.workbooks import write_book
from wangge.registry.ledgers.dictionary import called

from ..enums import Flag
from ..models import Handover
from ..reading import Answer

HEADS = ("表格第几行", "结果", "不一致的项目")
LEDGER_HEADS = (
    "时间", "区域", "对方单位", "目的", "依据", "比对项目", "谁比对的", "名单行数", "在册", "信息不一致",
    "不在册", "证件号无效", "文件指纹",
)  # fmt: skip
NOTES = (
    "第几行是对方名单里的行号（表头也算一行）。在册：现在登记在本区域（居住、就业、产权或户籍）。",
    "本表只有标记，没有登记册里的任何信息；系统不保存名单，也不保存本表，不能再次下载。",
)


def flags_book(taker: str, answers: Iterable[Answer]) -> bytes:
    """A line a row of the list."""
    with override("zh-hans"):  # a file is written in Chinese, whatever the language of the page
        labels = {flag: str(flag.label) for flag in Flag}
        rows = [
            (each.row, labels[each.flag], "、".join(called(fact) for fact in each.differs))
            for each in answers
        ]
        return _book(taker, "比对结果", HEADS, rows, NOTES)


def ledger_book(taker: str, rows: Iterable[Handover], names: dict[str, str]) -> bytes:
    """A line a comparison."""
    with override("zh-hans"):
        return _book(taker, "数据共享台账", LEDGER_HEADS, [_line(row, names) for row in rows], ())


def _line(row: Handover, names: dict[str, str]) -> list[object]:
    share = row.share
    return [
        f"{timezone.localtime(row.at):%Y-%m-%d %H:%M}", names.get(share.area_code, share.area_code),
        share.office, share.purpose, share.basis, "、".join(called(fact) for fact in share.fields), row.by,
        row.rows, row.here, row.differs, row.absent, row.invalid, row.digest,
    ]  # fmt: skip


def _book(
    taker: str, title: str, heads: Sequence[str], rows: Iterable[Sequence[object]], notes: Sequence[str]
) -> bytes:
    stream = io.BytesIO()
    mark = f"{title}　{taker} {timezone.localtime():%Y-%m-%d %H:%M:%S} 导出 仅限工作使用"
    write_book(stream, mark, [(title, heads, rows)], notes)
    return stream.getvalue()

"""Those on a staff list who have not joined: carried by the page, sealed; nothing of a list is kept."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from io import BytesIO

from django.http import HttpResponse
from django.utils import timezone

from wangge.lib.sealing import SealingError, seal, unseal
from wangge.lib.workbooks import as_file, write_book

from ..models import Group
from ..reading import StaffLine

FIELD = "groups.not_joined"
CARRIED_FOR = 60 * 60  # seconds


def sealed_lines(lines: Iterable[StaffLine]) -> str:
    """Row and name of each line, for a hidden field of the page; no phone and no number go along."""
    return seal(json.dumps({"at": time.time(), "lines": [(line.row, line.name) for line in lines]}), FIELD)


def not_joined_file(carried: str, taker: str, group: Group) -> HttpResponse | None:
    """The list as xlsx, marked with who took it; None when what the page carried is too old or altered."""
    try:
        said = json.loads(unseal(carried, FIELD))
        fresh = time.time() - said["at"] <= CARRIED_FOR
    except (SealingError, ValueError, KeyError, TypeError):
        return None
    if not fresh:
        return None
    now, stream = timezone.localtime(), BytesIO()
    watermark = f"{taker} {now:%Y-%m-%d %H:%M:%S} 导出 仅限工作使用"
    write_book(stream, watermark, [("未加入", ("花名册第几行", "姓名"), said["lines"])])
    return as_file(stream.getvalue(), f"未加入名单_{group.name}_{now:%Y%m%d}.xlsx")

"""Reading one value of a submission; what is wrong goes into ``faults`` under its path."""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.lib.cells import plain

Faults = dict[str, str]
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def text(faults: Faults, path: str, value: Any, longest: int, *, required: bool = False) -> str:
    """One line of text: trimmed, half-width, without invisible marks; control characters are refused."""
    if value is None:
        value = ""
    if not isinstance(value, str):
        faults[path] = _("这里应为文字。")
        return ""
    if CONTROLS.search(value):
        faults[path] = _("含有不能保存的控制字符，请删去后重新填写。")
        return ""
    clean = plain(value[: 4 * longest + 8])
    if len(clean) > longest or len(value) > 4 * longest + 8:
        faults[path] = _("太长：最多 %(number)d 个字。请写简短些。") % {"number": longest}
        return ""
    if required and not clean:
        faults[path] = _("请填写。")
    return clean


def choice(faults: Faults, path: str, value: Any, allowed: Container[str], default: str = "") -> str:
    """One of the words of the interface; empty is the default, and refused where there is none."""
    if value in (None, ""):
        if not default and "" not in allowed:
            faults[path] = _("请选择。")
        return default
    if not isinstance(value, str) or value not in allowed:
        faults[path] = _("不是可选的值，请从列出的选项中选择。")
        return ""
    return value


def moment(
    faults: Faults, path: str, value: Any, now: datetime, *, before: timedelta, after: timedelta
) -> datetime | None:
    """A moment in ISO 8601; without an offset it is the district's time. Within reason around now."""
    if value in (None, ""):
        return None
    try:
        read = datetime.fromisoformat(value.strip()) if isinstance(value, str) else None
    except ValueError:
        read = None
    if read is None:
        faults[path] = _("看不懂这个时间。请写成“年-月-日 时:分”，如 2026-11-28 18:30。")
        return None
    try:
        aware = timezone.make_aware(read) if timezone.is_naive(read) else read
        reasonable = now - before <= aware <= now + after
    except (OverflowError, ValueError):  # the year 1 or 9999 leaves the calendar when it changes zones
        reasonable = False
    if not reasonable:
        days = {"before": before.days, "after": after.days}
        faults[path] = _("时间应在过去 %(before)d 天到今后 %(after)d 天之间，请核对年份和月份。") % days
        return None
    return aware


def day(faults: Faults, path: str, value: Any, *, earliest: date, latest: date) -> date | None:
    """A day in ISO 8601 within bounds, both included."""
    if value in (None, ""):
        return None
    try:
        read = datetime.fromisoformat(value.strip()).date() if isinstance(value, str) else None
    except ValueError:
        read = None
    if read is None:
        faults[path] = _("看不懂这个日期。请写成“年-月-日”，如 2026-11-28。")
        return None
    if not earliest <= read <= latest:
        days = {"earliest": earliest.isoformat(), "latest": latest.isoformat()}
        faults[path] = _("日期应在 %(earliest)s 到 %(latest)s 之间，请核对年份。") % days
        return None
    return read


def mapping(faults: Faults, path: str, value: Any) -> dict[str, Any]:
    """A group of fields; missing is empty."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        faults[path] = _("这里应为一组字段。")
        return {}
    return value

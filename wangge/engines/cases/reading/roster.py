"""A month's roster as it is pasted from a sheet: a day, then who is on duty. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

DAY = re.compile(r"(?:(?P<y>\d{4})[-/.年])?(?:(?P<m>\d{1,2})[-/.月])?(?P<d>\d{1,2})[日号]?")
WEEKDAY = re.compile(r"[（(]?(?:星期|周)[一二三四五六日天][)）]?")
SPLIT = re.compile(r"[、,，;；/\s]+")
MOST_LINES = 400


@dataclass
class Read:
    """Who is on duty when, by the keys of ``people``; what could not be read, by line."""

    days: list[tuple[date, int]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read_roster(text: str, month: date, people: Mapping[str, list[int]]) -> Read:
    """Read what was pasted: lines such as ``2026-12-01`` or ``12月1日`` or ``1``, a tab or blank, then names.

    Args:
        month: any day of it; lines of other months are faults.
        people: name or account → keys; two under one name is a fault that says so.
    """
    read, lines = Read(), text.splitlines()
    if len(lines) > MOST_LINES:
        read.faults.append(
            _("最多 %(most)d 行，贴了 %(many)d 行。") % {"most": MOST_LINES, "many": len(lines)}
        )
    for number, line in enumerate(lines[:MOST_LINES], 1):
        words = [word for word in SPLIT.split(_days_apart(line)) if word and not WEEKDAY.fullmatch(word)]
        if words:
            _line(read, number, words, month, people)
    read.days = sorted(set(read.days))
    return read


def _days_apart(line: str) -> str:
    """A day written with slashes must not fall apart, one beside its weekday must."""
    line = re.sub(r"(?<=\d)/(?=\d)", "-", line.strip())
    return WEEKDAY.sub(lambda found: f" {found[0]} ", line)


def _line(read: Read, number: int, words: list[str], month: date, people: Mapping[str, list[int]]) -> None:
    found = DAY.fullmatch(words[0])
    if found is None:
        if number > 1:  # the first line may be the heads of the columns
            read.faults.append(_("第 %(n)d 行“%(text)s”不是日期。") % {"n": number, "text": words[0][:20]})
        return
    day = _day(found, month)
    if day is None:
        told = {"n": number, "text": words[0][:20], "month": f"{month:%Y-%m}"}
        read.faults.append(_("第 %(n)d 行“%(text)s”不是 %(month)s 里的日期。") % told)
        return
    for name in words[1:]:
        keys = people.get(name, [])
        if len(keys) == 1:
            read.days.append((day, keys[0]))
        else:
            read.faults.append(_fault(number, name[:20], len(keys)))


def _fault(number: int, name: str, many: int) -> str:
    told = {"n": number, "name": name, "many": many}
    if many:
        return _("第 %(n)d 行“%(name)s”有 %(many)d 个同名的人，请写用户名。") % told
    return _("第 %(n)d 行“%(name)s”不是本单位的成员。") % told


def _day(found: re.Match[str], month: date) -> date | None:
    year, number, day = int(found["y"] or month.year), int(found["m"] or month.month), int(found["d"])
    if (year, number) != (month.year, month.month) or not 1 <= day <= monthrange(year, number)[1]:
        return None
    return date(year, number, day)

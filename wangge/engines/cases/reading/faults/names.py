"""Keys and names: each once, each of its form; the working hours of the procedure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from ..procedure import OPEN, Named, Procedure

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


def name_faults(procedure: Procedure) -> Iterator[str]:
    """Keys that stand twice or are no keys, names that are missing, hours that overlap."""
    yield from _told_badly(procedure, _("流程"))
    if procedure.version < 1:
        yield _("流程的版本是 %(version)d，应从 1 起。") % {"version": procedure.version}
    for word, parts in _rooms(procedure):
        for part in parts:
            yield from _told_badly(part, word)
        counted = Counter(part.key for part in parts if part.key)
        for key, times in counted.items():
            if times > 1:
                yield _("%(part)s %(key)s 写了 %(times)d 次，每个编号只能用一次。") % {
                    "part": word, "key": key, "times": times,
                }  # fmt: skip
    if any(step.key == OPEN for step in procedure.steps):
        yield _("步骤不能用编号 open：它表示事项刚上报的那一刻。")
    yield from _hours(procedure)


def _rooms(procedure: Procedure) -> list[tuple[str, Iterable[Named]]]:
    return [
        (_("状态"), procedure.states), (_("步骤"), procedure.steps),
        (_("计时"), procedure.clocks), (_("级别"), procedure.levels),
    ]  # fmt: skip


def _told_badly(part: Named, word: str) -> Iterator[str]:
    if not KEY.fullmatch(part.key):
        yield _("%(part)s“%(key)s”的编号要用小写英文字母开头，只含字母、数字和下划线，最多 40 个。") % {
            "part": word, "key": (part.key or part.name)[:40],
        }  # fmt: skip
    if not part.name:
        yield _("%(part)s %(key)s 没有中文名称（name）。") % {"part": word, "key": part.key}
    if not part.english:
        yield _("%(part)s %(key)s 没有英文名称（english）。") % {"part": word, "key": part.key}


def _hours(procedure: Procedure) -> Iterator[str]:
    last = None
    for begin, end in procedure.spans:
        if begin >= end or (last is not None and begin < last):
            yield _("[hours] 的时段 %(begin)s–%(end)s 倒置或与前一段重叠，请按先后写。") % {
                "begin": f"{begin:%H:%M}", "end": f"{end:%H:%M}",
            }  # fmt: skip
        last = end

"""Levels: a limit for every clock, a warning before, a ladder after, somebody who closes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from ...enums import Role, Told
from ..limits import in_working_time, is_limit, minutes_of
from ..procedure import Level, Procedure


def level_faults(procedure: Procedure) -> Iterator[str]:
    """Limits missing, bad or of no clock; warnings and ladders that cannot be kept."""
    if procedure.clocks and not procedure.levels:
        yield _("流程有计时，却没有一个级别写时限（[[levels]]）。")
    if procedure.level and procedure.level not in {level.key for level in procedure.levels}:
        yield _("流程的默认级别写了“%(level)s”，但没有这个级别。") % {"level": procedure.level[:40]}
    for level in procedure.levels:
        yield from _limits(procedure, level)
        yield from _warn(level)
        yield from _ladder(level)
        yield from _closes(procedure, level)


def _limits(procedure: Procedure, level: Level) -> Iterator[str]:
    for clock in procedure.clocks:
        runs = not clock.levels or level.key in clock.levels
        if runs and clock.key not in level.limits:
            yield _("级别 %(level)s 没有写计时 %(clock)s 的时限。") % {
                "level": level.key, "clock": clock.key,
            }  # fmt: skip
        if not runs and clock.key in level.limits:
            yield _("级别 %(level)s 写了计时 %(clock)s 的时限，但这个计时不用于这个级别。") % {
                "level": level.key, "clock": clock.key,
            }  # fmt: skip
    known = {clock.key for clock in procedure.clocks}
    for key, text in level.limits.items():
        if key not in known:
            yield _("级别 %(level)s 写了“%(clock)s”的时限，但没有这个计时。") % {
                "level": level.key, "clock": key[:40],
            }  # fmt: skip
        if not is_limit(text) or not minutes_of(text):
            yield _("级别 %(level)s 的时限 %(clock)s 写了“%(text)s”，看不懂；请写如 30m、2h、3wd。") % {
                "level": level.key, "clock": key[:40], "text": text[:20],
            }  # fmt: skip


def _warn(level: Level) -> Iterator[str]:
    warn = level.warn
    right = (
        is_limit(warn) and minutes_of(warn) if isinstance(warn, str) else math.isfinite(warn) and 0 < warn < 1
    )
    if not right:
        yield _("级别 %(level)s 的 warn 写了“%(warn)s”；请写 0 与 1 之间的比例，或如 1h 的时限。") % {
            "level": level.key, "warn": str(warn)[:20],
        }  # fmt: skip


def _ladder(level: Level) -> Iterator[str]:
    for number, rung in enumerate(level.ladder, 1):
        if not is_limit(rung.after):
            yield _("级别 %(level)s 的阶梯第 %(number)d 级写了“%(text)s”，不是时限；请写如 0m、3d。") % {
                "level": level.key, "number": number, "text": rung.after[:20],
            }  # fmt: skip
        if rung.tell not in Told.values:
            yield _("级别 %(level)s 的阶梯第 %(number)d 级告诉“%(tell)s”，不认识；可写：%(known)s。") % {
                "level": level.key, "number": number, "tell": rung.tell[:40], "known": "、".join(Told.values),
            }  # fmt: skip
    told = [rung.after for rung in level.ladder if is_limit(rung.after)]
    if any(minutes_of(later) < minutes_of(earlier) for earlier, later in pairwise(told)):
        yield _("级别 %(level)s 的阶梯先后颠倒了，请从早到晚写。") % {"level": level.key}
    if len({in_working_time(text) for text in told if minutes_of(text)}) > 1:
        yield _("级别 %(level)s 的阶梯混用了自然时间和工作时间，先后说不清；请只用一种。") % {
            "level": level.key
        }


def _closes(procedure: Procedure, level: Level) -> Iterator[str]:
    if not level.closes:
        return
    if level.closes not in Role.values:
        yield _("级别 %(level)s 由“%(role)s”结案，不认识；可写：%(known)s。") % {
            "level": level.key, "role": level.closes[:40], "known": "、".join(Role.values),
        }  # fmt: skip
        return
    ends = {state.key for state in procedure.states if state.end}
    if not any(step.to in ends and level.closes in step.roles for step in procedure.steps):
        yield _("级别 %(level)s 由%(role)s结案，但没有一步通到结束的让%(role)s办。") % {
            "level": level.key, "role": Role(level.closes).label,
        }  # fmt: skip

"""A TOML text as a ``Procedure``: its form. Whether it makes sense is asked by ``faults``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from django.utils.translation import gettext as _

from .procedure import Clock, Level, Procedure, Rung, State, Step
from .table import Table


def procedure_of(told: Mapping[str, Any]) -> tuple[Procedure, list[str]]:
    """The procedure and what is wrong in its form; parts of a wrong form are read as if not written."""
    faults: list[str] = []
    top = Table(told, _("流程"), faults)
    read = Procedure(
        **_named(top),
        version=top.whole("version", 1), example=top.flag("example"),
        start=top.text("start"), level=top.text("level"), spans=_spans(top.table("hours")),
        states=tuple(_state(each) for each in top.tables("states", _("状态"))),
        clocks=tuple(_clock(each) for each in top.tables("clocks", _("计时"))),
        levels=tuple(_level(each) for each in top.tables("levels", _("级别"))),
        steps=tuple(_step(each) for each in top.tables("steps", _("步骤"))),
    )  # fmt: skip
    top.done()
    return read, faults


def _named(table: Table) -> dict[str, Any]:
    return {name: table.text(name) for name in ("key", "name", "english")}


def _state(table: Table) -> State:
    read = State(**_named(table), end=table.flag("end"), paused=table.flag("paused"))
    table.done()
    return read


def _clock(table: Table) -> Clock:
    read = Clock(
        **_named(table),
        starts=table.texts("starts"),
        stops=table.texts("stops"),
        levels=table.texts("levels"),
        due=table.text("due"),
    )
    table.done()
    return read


def _level(table: Table) -> Level:
    read = Level(
        **_named(table),
        closes=table.text("closes"), limits=table.words("limits"), warn=table.warn("warn"),
        ladder=tuple(_rung(each) for each in table.tables("ladder", table.where + _(" 的阶梯"))),
        major=table.flag("major"),
    )  # fmt: skip
    table.done()
    return read


def _rung(table: Table) -> Rung:
    read = Rung(table.text("after"), table.text("tell"))
    table.done()
    return read


def _step(table: Table) -> Step:
    read = Step(
        **_named(table),
        roles=table.texts("roles"), needs=table.texts("needs"), tells=table.texts("tells"),
        origins=table.texts("from"), to=table.text("to"), reject=table.flag("reject"),
        after=table.text("after"), note=table.text("note"), counts=table.texts("counts"),
        apart=table.texts("apart"), extends=table.texts("extends"),
    )  # fmt: skip
    table.done()
    return read


def _spans(table: Table) -> tuple[tuple[time, time], ...]:
    spans = []
    for begin, end in table.pairs("spans"):
        try:
            spans.append((time.fromisoformat(begin), time.fromisoformat(end)))
        except ValueError:
            table.faults.append(
                _('[hours] 的时段“%(span)s”看不懂，请写成 ["08:30", "12:00"]。') % {"span": f"{begin}–{end}"}
            )
    table.done()
    return tuple(spans)

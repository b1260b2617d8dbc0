"""How it goes, in plain words, for whoever reported it: states, steps that are hers to know, replies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from wangge.engines.cases.models import Case, Step
from wangge.engines.cases.queries import procedure_of, step_name, steps_of
from wangge.engines.cases.reading.procedure import Procedure

OWN = ("open", "rate", "reopen")  # her own steps, or the beginning
RESULT = "answer"  # told to her once the matter is closed
PLAIN: dict[str, str | Promise] = {
    "waiting": gettext_lazy("已经收到，等工作人员受理。"),
    "filed": gettext_lazy("已经受理，正在安排谁来处理。"),
    "accepted": gettext_lazy("已经受理，正在安排谁来处理。"),
    "sent": gettext_lazy("已经交给处理单位，等对方接收。"),
    "handling": gettext_lazy("正在处理。"),
    "answered": gettext_lazy("处理单位说做好了，正在核查。"),
    "verified": gettext_lazy("核查通过，准备办结。"),
    "replied": gettext_lazy("已经答复，工作人员会回访您。"),
    "extending": gettext_lazy("正在处理，需要的时间比原来长，正在申请延期。"),
    "suspended": gettext_lazy("暂时做不了，已经挂起；到时候会继续。"),
    "closed": gettext_lazy("已经办结。"),
    "archived": gettext_lazy("已经办结归档。"),
    "refused": gettext_lazy("没有受理，原因见下面。"),
    "merged": gettext_lazy("和别人反映的同一件事合在一起办。"),
    "void": gettext_lazy("已经作废，原因见下面。"),
    "withdrawn": gettext_lazy("已经撤回。"),
}
STEPS: dict[str, str | Promise] = {
    "open": gettext_lazy("收到您的反映"),
    "file": gettext_lazy("已受理"),
    "accept": gettext_lazy("已受理"),
    "refuse": gettext_lazy("没有受理"),
    "dispatch": gettext_lazy("交给处理单位"),
    "answer": gettext_lazy("处理结果"),
    "reply_now": gettext_lazy("答复"),
    "close": gettext_lazy("办结"),
    "unsolved": gettext_lazy("没解决，重新办理"),
    "merge": gettext_lazy("和同一件事合在一起办"),
    "move": gettext_lazy("转到别的辖区"),
    "grant": gettext_lazy("办理时间延长"),
    "suspend": gettext_lazy("暂时挂起"),
    "rate": gettext_lazy("您的评价"),
    "reopen": gettext_lazy("您说没解决，重新办理"),
}


@dataclass(frozen=True)
class Line:
    """One step as the reporter reads it: no names of persons, the unit where one is named."""

    at: datetime
    name: str
    unit: str
    words: str


def state_words(case: Case) -> str:
    """Where it stands."""
    return str(PLAIN.get(case.state) or procedure_of(case).state(case.state).label)


def lines_for(case: Case, own: bool) -> list[Line]:
    """The steps she may know of; ``own`` says that the case began with her words."""
    procedure, closed = procedure_of(case), case.closed_at is not None
    return list(_lines(case, procedure, own, closed))


def _lines(case: Case, procedure: Procedure, own: bool, closed: bool) -> Iterator[Line]:
    told = {step.key for step in procedure.steps if "reporter" in step.tells}
    for step in steps_of(case):
        mine = step.key in OWN
        if mine or step.key in told or (closed and step.key == RESULT):
            yield Line(
                step.at, _name(procedure, step), step.unit.name if step.unit else "", _said(step, mine, own)
            )


def _name(procedure: Procedure, step: Step) -> str:
    return str(STEPS.get(step.key) or step_name(procedure, step.key))


def _said(step: Step, mine: bool, own: bool) -> str:
    """What one reporter wrote is not shown to the others who follow the same case."""
    return step.words if own or not mine else ""

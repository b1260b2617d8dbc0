"""The community or street that whistled judges a unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.engines.cases.actions import Wish, take_step
from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal

from ..models import Call, Score


@dataclass(frozen=True)
class Given:
    """Three numbers from one to five."""

    op: UUID
    response: int
    attitude: int
    result: int
    words: str = ""

    @property
    def numbers(self) -> dict[str, int]:
        """By name."""
        return {"response": self.response, "attitude": self.attitude, "result": self.result}


@transaction.atomic
def score_call(*, actor: Any, call: Call, given: Given) -> Score:
    """Judge a unit once. The same op again is the same score.

    Raises:
        Refused: not the community's or street's, or a member of the unit itself. NotNow: not done yet.
        Unacceptable: judged already, sent back, or a number beyond one to five.
    """
    known = Score._base_manager.filter(op=given.op).first()
    if known is not None:
        if {name: getattr(known, name) for name in given.numbers} != given.numbers:
            raise Unacceptable(_("这个评价已经记下，内容不同；请刷新后再看。"))
        return known
    case = call.whistle.case
    words = f"{call.unit.name}：响应 {given.response}、态度 {given.attitude}、结果 {given.result}。"
    said = given.words.strip()[:500]
    data = {"call": call.pk, "said": said, **given.numbers}
    take_step(actor=actor, case=case, wish=Wish("score", given.op, words=words + said, data=data))
    row = Score._base_manager.get(op=given.op)
    data = {"number": case.number, "unit": call.unit.key, **given.numbers}
    journal.record("whistle.scored", actor=actor, area=case.area_code, subject=row, data=data)
    return row

"""A unit reports in (报到): it signs, contacts the community, arrives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from wangge.engines.cases.actions import Wish, take_step
from wangge.foundation.journal import actions as journal

from ..enums import What
from ..models import Call
from ..reading.distance import spelled


@dataclass(frozen=True)
class Report:
    """What a unit says. ``seen``: of the lead's case the last step she saw; others go by their own call."""

    op: UUID
    what: str
    words: str = ""
    place: tuple[float, float] | None = None
    seen: int | None = None


@transaction.atomic
def report_in(*, actor: Any, call: Call, told: Report) -> Call:
    """Sign, contact, arrive or send back. The lead's are the steps of the case; another unit's are steps that
    note it down, so that timeline and evidence tell of all. The same op again is the same report.

    Raises:
        Refused: not a member of the unit. Stale: a colleague was first. NotNow: out of turn.
        Unacceptable: no words, or no place where one arrives.
    """
    case = call.whistle.case
    if call.lead:
        wish = Wish(told.what, told.op, told.seen, words=told.words.strip(), place=told.place)
    else:
        wish = _noted(call, told)
    known = case.steps.filter(op=told.op).exists()
    take_step(actor=actor, case=case, wish=wish)
    call.refresh_from_db()
    if not known:
        data = {"number": case.number, "unit": call.unit.key, "what": str(told.what), "far": call.metres}
        journal.record("whistle.reported", actor=actor, area=case.area_code, subject=call, data=data)
    return call


def _noted(call: Call, told: Report) -> Wish:
    said, what = told.words.strip(), str(told.what)
    with override("zh-hans"):  # a step is written in Chinese, whatever the language of the page
        label = str(What(what).label) if what in What.values else what
    words = f"{label}：{said}" if said else label
    data = {"call": call.pk, "what": what, "said": said}
    return Wish("join", told.op, words=words, place=told.place, unit=call.unit, data=data)


def far_words(call: Call, far: float) -> str:
    """What to say of an arrival that was reported from far away; "" where it was near, or nobody knows."""
    if call.metres is None or call.metres <= far:
        return ""
    return _("您的位置离现场 %(length)s，已照记、标出距离并告知吹哨的人。") % {"length": spelled(call.metres)}

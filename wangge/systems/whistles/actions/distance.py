"""A unit reported its arrival from far away: whoever whistled is told at once."""

from __future__ import annotations

from uuid import uuid5

from django.utils.translation import gettext as _
from django.utils.translation import override

from wangge.engines.cases.actions import Wish
from wangge.engines.cases.actions.chain import write
from wangge.engines.cases.models import Case, Step
from wangge.foundation.journal import actions as journal

from ..models import Call
from ..queries.terms import bound
from ..reading.distance import spelled

TELL = "launcher"


def tell_far(*, call: Call, case: Case, step: Step) -> bool:
    """Tell the one who whistled of an arrival, in the transaction of its step: on the timeline, in the event
    and by the list of those that are far. False where it was near, or nobody knows.

    Args:
        case: locked, as the step left it. step: the arrival.
    """
    if call.metres is None or call.metres <= bound("whistle.far_metres").number:
        return False
    with override("zh-hans"):  # a step is written in Chinese, whatever the language of the page
        words = _("%(unit)s报到的位置离现场 %(length)s，请核实是否到场。") % {
            "unit": call.unit.name, "length": spelled(call.metres)}  # fmt: skip
    told = {"clock": "arrive", "what": "told", "tell": TELL, "call": call.pk, "metres": call.metres}
    wish = Wish("clock", uuid5(step.op, "far"), words=words, data=told)
    write(actor="clock", case=case, who="clock", came_from=case.state, wish=wish, at=step.at)
    case.save(update_fields=["version", "head"])
    data = {"number": case.number, "unit": call.unit.key, "metres": call.metres, "tells": [TELL]}
    journal.record("whistle.far", actor="clock", area=case.area_code, subject=call, data=data)
    return True

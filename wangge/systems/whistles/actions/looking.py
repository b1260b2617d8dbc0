"""What a whistle asks of a step before it is taken, whichever door it comes by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from wangge.engines.cases.actions import NotNow, Stale, Wish
from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.units import units_of
from wangge.foundation.access.rules import Refused, Unacceptable

from ..enums import CLOCKS, What
from ..models import Call, Whistle
from ..models.score import MOST
from ..models.whistle import DONE_AT
from ..queries.calls import live_calls, unscored
from ..queries.whistles import whistle_of


def look(actor: Any, case: Case, wish: Wish) -> None:
    """Raises Refused or Unacceptable, in words, where the step may not be."""
    row, asks = whistle_of(case), ASKS.get(wish.key)
    if row is not None and asks is not None:
        asks(actor, row, wish)


def _join(actor: Any, row: Whistle, wish: Wish) -> None:
    call = _call(row, wish)
    if call.lead or call.unit != wish.unit:
        raise Unacceptable(_("牵头单位的签收、联系、到场就是这件事的步骤，请在“现在可以办”里办。"))
    _own_unit(actor, call)
    what = str(wish.data.get("what", ""))
    if call.ended_at is not None:
        raise NotNow(_("这次叫哨对“%(unit)s”已经结束。") % {"unit": call.unit.name})
    if what == What.OBJECT:
        if call.signed_at is not None:
            raise NotNow(_("“%(unit)s”已经签收，不能再退回；请联系镇街。") % {"unit": call.unit.name})
        return
    _in_turn(row, call, what)
    if what == What.ARRIVE and wish.place is None:
        raise Unacceptable(_("请打开定位，在现场办理。"))


def _call(row: Whistle, wish: Wish) -> Call:
    found = (
        Call._base_manager.filter(pk=wish.data.get("call") or 0, whistle=row).select_related("unit").first()
    )
    if found is None:
        raise Unacceptable(_("请在“吹哨报到”一栏里办这一步。"))
    return found


def _own_unit(actor: Any, call: Call) -> None:
    if not isinstance(actor, str) and call.unit_id not in units_of(actor):
        raise Refused(_("您不是“%(unit)s”的成员。") % {"unit": call.unit.name})


def _in_turn(row: Whistle, call: Call, what: str) -> None:
    """Not twice, and not before what comes first."""
    if what not in CLOCKS:
        raise Unacceptable(_("规程里没有这一步。"))
    label = What(what).label
    if getattr(call, DONE_AT[what]) is not None:
        steps = row.case.steps.filter(key="join", data__call=call.pk, data__what=what)
        done = steps.order_by("-number").first()
        who = (done.name or done.actor) if done else call.unit.name
        raise Stale(_("刚才%(who)s已经“%(what)s”；不用再办。") % {"who": who, "what": label})
    for before in CLOCKS[: CLOCKS.index(what)]:
        if getattr(call, DONE_AT[before]) is None:
            raise NotNow(
                _("“%(unit)s”还没“%(before)s”，不能先“%(what)s”。")
                % {"unit": call.unit.name, "before": What(before).label, "what": label}
            )


def _score(actor: Any, row: Whistle, wish: Wish) -> None:
    call = _call(row, wish)
    if not isinstance(actor, str) and call.unit_id in units_of(actor):
        raise Refused(_("您是“%(unit)s”的成员，评价要由别人来给。") % {"unit": call.unit.name})
    if call.ended_at is not None:
        raise Unacceptable(_("“%(unit)s”没有到场的义务了，不用评价。") % {"unit": call.unit.name})
    held = call.scores.filter(standing=True).first()
    if held is not None:
        raise Stale(
            _("%(who)s已经评过“%(unit)s”。") % {"who": held.name or held.account, "unit": call.unit.name}
        )
    numbers = [wish.data.get(name) for name in ("response", "attitude", "result")]
    if any(type(number) is not int or not 1 <= number <= MOST for number in numbers):
        raise Unacceptable(_("响应、态度、结果各打 1 到 5 分。"))


def _one_more(actor: Any, row: Whistle, wish: Wish) -> None:
    if wish.unit is not None and live_calls(row).filter(unit=wish.unit).exists():
        raise Unacceptable(_("“%(unit)s”已经叫过了。") % {"unit": wish.unit.name})


def _close(actor: Any, row: Whistle, wish: Wish) -> None:
    missing = "、".join(call.unit.name for call in unscored(row))
    if missing:
        raise NotNow(_("还没评价：%(units)s。每个单位都评了才能办结。") % {"units": missing})


def _withdraw(actor: Any, row: Whistle, wish: Wish) -> None:
    there = "、".join(call.unit.name for call in live_calls(row) if call.arrived_at is not None)
    if there:
        raise NotNow(_("%(units)s 已经到场，不能撤回；请办到完成。") % {"units": there})


ASKS: dict[str, Callable[[Any, Whistle, Wish], None]] = {
    "join": _join, "score": _score, "call": _one_more, "close": _close, "withdraw": _withdraw,
}  # fmt: skip

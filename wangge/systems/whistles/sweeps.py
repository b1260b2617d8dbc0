"""What is done by the clock."""

from __future__ import annotations

from datetime import date

from wangge.lib.scoping import EVERYWHERE, within

from .actions.alerting import alert
from .actions.lateness import tell_late
from .enums import CLOCKS, Side
from .queries.rates import bounds, last_month, late_units, streets
from .queries.whistles import late_calls

MOST = 500


def alert_both_sides(today: date | None = None) -> int:
    """Streets that whistled too often or too seldom in the month that is over, and units that were late too
    often, are told to street and district: each once. Returns how many are new."""
    period, held, told = last_month(today), bounds(), 0
    with within(EVERYWHERE):
        for line in streets(period, "", held):
            if line.side:
                number = held.high.number if line.side == Side.HIGH else held.low.number
                told += alert(area=line.area_code, month=period.since, side=line.side, share=line.share,
                              bound=number)  # fmt: skip
        for late in late_units(period, "", held):
            told += alert(area=late.unit.area_code, month=period.since, side=Side.LATE,
                          share=late.share, bound=held.late.number, unit=late.unit)  # fmt: skip
    return told


def tell_late_units() -> int:
    """Units beside the lead whose clock has run out are told of, each clock once; the lead's the engine's own
    sweep tells. Returns how many were."""
    told = 0
    for clock in CLOCKS:
        rows = late_calls(clock).filter(lead=False).select_related("unit", "whistle").order_by("pk")
        waiting = [call for call in rows.iterator(chunk_size=MOST) if clock not in call.told]
        told += sum(tell_late(call=call, clock=clock) for call in waiting[:MOST])
    return told

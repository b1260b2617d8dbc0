"""What is done by the clock."""

from __future__ import annotations

from datetime import date

from wangge.lib.scoping import EVERYWHERE, within

from .actions.alerting import alert
from .enums import Side
from .queries.rates import bounds, last_month, late_units, streets


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

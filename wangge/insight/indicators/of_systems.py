"""Figures of single systems that kept counts tell as their own pages tell them from rows (spec 4.2)."""

from __future__ import annotations

from wangge.lib.figures import Indicator
from wangge.systems.disputes.enums import SYSTEM as DISPUTES
from wangge.systems.disputes.indicators import BY_CODE as OF_DISPUTES
from wangge.systems.hazards.enums import SYSTEM as HAZARDS
from wangge.systems.hazards.indicators import BY_CODE as OF_HAZARDS
from wangge.systems.whistles.enums import SYSTEM as WHISTLES
from wangge.systems.whistles.indicators import BY_CODE as OF_WHISTLES

from .elsewhere import Elsewhere, agreement_rates, call_rates
from .sides import Rate, Side, side


def hazard_rates() -> tuple[Rate, ...]:
    """隐患整改率, 按期整改率, 重大隐患清零率, 现场整改率."""
    told = {
        "fixed": ("ended", "valid"), "in_time": ("in_time", "due"), "major": ("major_ended", "major"),
        "on_site": ("at_once", "valid"),
    }  # fmt: skip
    ours = frozenset({HAZARDS})
    return tuple(
        _kept("hazards", OF_HAZARDS[code], side(part, only=ours), side(whole, only=ours))
        for code, (part, whole) in told.items()
    )


def whistle_rates() -> tuple[Rate | Elsewhere, ...]:
    """部门按时签收率, 按时联系率, 按时报到率, 吹哨率."""
    ours = frozenset({WHISTLES})
    blown = _kept("whistles", OF_WHISTLES["whistle_rate"], side("valid", only=ours), side("valid", but=ours))
    return (*call_rates(), blown)


def dispute_rates() -> tuple[Rate | Elsewhere, ...]:
    """调解成功率, 协议履行率, 按期调解率."""
    ours = frozenset({DISPUTES})
    due, in_time = side("handle_due", only=ours), side("handled_in_time", only=ours)
    return (*agreement_rates(), _kept("disputes", OF_DISPUTES["in_time"], in_time, due))


def _kept(group: str, of: Indicator, part: Side, whole: Side) -> Rate:
    """The indicator, with its name and meaning, over kept counts."""
    return Rate(f"{group}-{of.code}", of.name, part, whole, of.meaning)

"""Cases and what belongs to them."""

from .case import Case, Follower
from .procedure import ProcedureText
from .step import Clock, Step
from .tally import MonthTally, Tally, TownTally
from .unit import RosterDay, Unit, UnitMember

__all__ = [
    "Case",
    "Clock",
    "Follower",
    "MonthTally",
    "ProcedureText",
    "RosterDay",
    "Step",
    "Tally",
    "TownTally",
    "Unit",
    "UnitMember",
]

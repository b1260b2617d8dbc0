"""Writes of the linkage: runs, decisions, thresholds."""

from .decide import settle_pair, settle_pairs, take_back
from .remember import remember_unmerged
from .run import Busy, Overtaken, carry_out, request_run, run_now
from .thresholds import set_thresholds

__all__ = [
    "Busy",
    "Overtaken",
    "carry_out",
    "remember_unmerged",
    "request_run",
    "run_now",
    "set_thresholds",
    "settle_pair",
    "settle_pairs",
    "take_back",
]

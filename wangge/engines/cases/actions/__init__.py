"""What may be done with cases."""

from .chain import Wish
from .joining import merge_case, split_case
from .opening import Matter, Reporter, open_case
from .steps import NotNow, Stale, take_step
from .sweep import sweep_clocks

__all__ = [
    "Matter",
    "NotNow",
    "Reporter",
    "Stale",
    "Wish",
    "merge_case",
    "open_case",
    "split_case",
    "sweep_clocks",
    "take_step",
]

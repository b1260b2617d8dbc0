"""Runs of the matcher, pairs it asks about or merged, and rows it settled."""

from .pair import Pair, SettledRow
from .run import LinkRun

__all__ = ["LinkRun", "Pair", "SettledRow"]

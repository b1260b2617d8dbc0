"""Whistles and what belongs to them; how a whistle goes is a case (``engines.cases``)."""

from .alert import Alert
from .hint import Hint
from .score import Score
from .whistle import Call, Whistle

__all__ = ["Alert", "Call", "Hint", "Score", "Whistle"]

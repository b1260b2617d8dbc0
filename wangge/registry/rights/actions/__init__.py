"""Writes about one's own data: one verb each, journalled, atomic, actor named."""

from .answering import Unfit, answer, extend
from .asking import ask, withdraw
from .entering import Entered, enter, note_copy

__all__ = ["Entered", "Unfit", "answer", "ask", "enter", "extend", "note_copy", "withdraw"]

"""Posting a message to an address somebody else typed: guarded, bounded, never followed elsewhere."""

from .guard import BadAddress, checked
from .post import Answer, Unsent, post

__all__ = ["Answer", "BadAddress", "Unsent", "checked", "post"]

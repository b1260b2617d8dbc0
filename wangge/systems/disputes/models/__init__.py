"""Parties, sessions, agreements and what was said; the matter itself is a case of the engine."""

from .agreement import Agreement, FollowUp, Term
from .dispute import Dispute, Handler, Words
from .party import Party
from .session import Mediator, Session

__all__ = [
    "Agreement",
    "Dispute",
    "FollowUp",
    "Handler",
    "Mediator",
    "Party",
    "Session",
    "Term",
    "Words",
]

"""Writes of the ledgers: one verb each."""

from .commit import NotReady, cancel_batch, commit_batch, request_commit
from .plan import plan_batch
from .receive import choose_mapping, receive_file
from .settle import settle_case

__all__ = [
    "NotReady",
    "cancel_batch",
    "choose_mapping",
    "commit_batch",
    "plan_batch",
    "receive_file",
    "request_commit",
    "settle_case",
]

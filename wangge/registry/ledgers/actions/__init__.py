"""Writes of the ledgers: one verb each."""

from .commit import cancel_batch, commit_batch, request_commit
from .plan import begin_plan, plan_batch, request_plan
from .receive import choose_mapping, receive_file
from .settle import reopen_case, reopen_cases, settle_case
from .standing import NotReady, Overtaken

__all__ = [
    "NotReady",
    "Overtaken",
    "begin_plan",
    "cancel_batch",
    "choose_mapping",
    "commit_batch",
    "plan_batch",
    "receive_file",
    "reopen_case",
    "reopen_cases",
    "request_commit",
    "request_plan",
    "settle_case",
]

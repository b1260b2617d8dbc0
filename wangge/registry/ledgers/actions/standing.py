"""Where a batch stands while somebody works on it: whoever finds it elsewhere leaves it alone."""

from __future__ import annotations


class Overtaken(Exception):
    """Another process works on this batch, or it was cancelled."""


class NotReady(ValueError):
    """What was asked of the batch does not go in its present state; the message says why."""

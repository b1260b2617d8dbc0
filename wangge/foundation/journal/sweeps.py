"""What the worker does to the trail by the clock, above sealing."""

from __future__ import annotations

from dataclasses import asdict

from wangge.foundation.journal.actions import record
from wangge.foundation.journal.queries import Verdict, last_check, verify
from wangge.lib.scoping import EVERYWHERE, within


def check_trail() -> Verdict:
    """Verify the whole trail against the root noted at the last check, and note the outcome in it."""
    with within(EVERYWHERE):
        before = last_check()
        verdict = verify(root=before.data["root"] if before and before.data["code"] == "intact" else "")
        record("trail.checked", actor="system", area="", data=asdict(verdict))
    return verdict

"""One clock of a call, as it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from wangge.engines.cases.words import left, spelled

from ..models import Call
from ..models.whistle import DONE_AT


@dataclass(frozen=True)
class Cell:
    """One clock of a call. ``stands`` is kept, missed, running, late or none; ``words`` how early or late."""

    clock: str
    stands: str
    at: datetime | None
    due: datetime | None
    words: str


def cell_of(call: Call, clock: str, now: datetime) -> Cell:
    """One clock of a call as of a moment."""
    due, at = getattr(call, f"{clock}_due"), getattr(call, DONE_AT[clock])
    if at is not None:
        late = due is not None and at > due
        words = _("晚 %(time)s") % {"time": spelled(at - due)} if late else _("按时")
        return Cell(clock, "missed" if late else "kept", at, due, words)
    if due is None or call.ended_at is not None:
        return Cell(clock, "none", None, due, "—")
    return Cell(clock, "late" if due <= now else "running", None, due, left(due, now).words)

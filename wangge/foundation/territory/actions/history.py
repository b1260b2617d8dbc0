"""What every change of grids leaves behind: the history row and the line of the trail."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from wangge.foundation.journal import actions as journal
from wangge.foundation.territory.enums import ChangeKind
from wangge.foundation.territory.models import AreaChange


def note_change(
    actor: Any,
    kind: ChangeKind,
    event: str,
    *,
    before: Sequence[str],
    after: Sequence[str],
    on: datetime.date,
    reason: str = "",
    community: str = "",
) -> AreaChange:
    """Write down that grids became others on a day, and tell who listens.

    Args:
        event: area.split, area.merged or area.border_moved.
        before: the grids' codes until that day.
        after: the codes from that day on.
        community: in whose history it stands; the one of the first grid.
    """
    old, new, community = sorted(before), sorted(after), community or before[0][:12]
    change = AreaChange(area_code=community, kind=kind, on=on, from_codes=old, to_codes=new, actor=str(actor))
    change.save()
    data = {"on": on.isoformat(), "from": old, "to": new}
    journal.record(event, actor=actor, area=community, subject=change, reason=reason, data=data)
    return change

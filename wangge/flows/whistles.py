"""What the field wants whistled for waits for whoever runs the area."""

from __future__ import annotations

from wangge.foundation.journal.models import Entry
from wangge.systems.fieldwork.enums import Outcome
from wangge.systems.fieldwork.models import Finding
from wangge.systems.whistles.actions.hinting import Asked, take_hint


def keep_hint(entry: Entry) -> None:
    """On finding.recorded: 转吹哨 is kept, once for each finding; other outcomes are others'."""
    finding = Finding._base_manager.filter(pk=entry.subject_id).first()
    if finding is None or finding.kind != Outcome.WHISTLE:
        return
    place = None if finding.lon is None or finding.lat is None else (finding.lon, finding.lat)
    asked = Asked(
        finding.op, finding.area_code, finding.topic or finding.words[:80], finding.words, finding.at,
        finding.worker, place, tuple(finding.photos),
    )  # fmt: skip
    take_hint(asked=asked)

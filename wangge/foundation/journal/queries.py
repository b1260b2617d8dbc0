"""Reading the trail, and checking that nobody touched it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models import QuerySet

from wangge.foundation.journal.digests import FIRST, row_digest, segment_root, unpack
from wangge.foundation.journal.enums import State
from wangge.foundation.journal.models import Delivery, Entry, Segment

HASHED = ("at", "kind", "actor", "area_code", "subject_type", "subject_id", "changes", "reason", "data")


@dataclass(frozen=True)
class Verdict:
    """Whether the trail stands, and if not, the first row or segment that does not.

    ``code``: intact | row_changed | row_deleted | row_inserted | row_moved | segment_changed |
    chain_broken | root_missing.
    """

    code: str = "intact"
    entry: int | None = None
    segment: int | None = None
    rows: int = 0
    segments: int = 0
    unsealed: int = 0
    root: str = FIRST

    @property
    def intact(self) -> bool:
        return self.code == "intact"


@dataclass(frozen=True)
class _Fault(Exception):
    code: str
    entry: int | None = None
    segment: int | None = None


def entries_for(subject: models.Model) -> QuerySet[Entry]:
    """What happened to this row, the newest first."""
    return Entry.objects.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))


def failed_deliveries() -> QuerySet[Delivery]:
    """Reactions that were tried as often as allowed."""
    return Delivery.objects.filter(state=State.FAILED).order_by("-id")


def last_segment() -> Segment | None:
    """The newest seal."""
    return Segment.objects.defer("leaves").order_by("-number").first()


def last_check() -> Entry | None:
    """The newest outcome of the daily check, whoever asks."""
    return Entry._base_manager.filter(kind="trail.checked").order_by("-id").first()


def verify(*, root: str = "") -> Verdict:
    """Recompute every digest and every root.

    Args:
        root: a root noted earlier; the trail stands only if it is still in the chain. Only this
            catches somebody who rewrote the whole chain, or cut off its end.
    """
    rows = segments = 0
    last = FIRST
    seen = not root or root == FIRST
    try:
        for segment in Segment.objects.order_by("number").iterator(chunk_size=20):
            _check_segment(segment, number=segments + 1, previous=last)
            rows, segments, last = rows + segment.count, segments + 1, segment.root
            seen = seen or segment.root == root
        unsealed = _check_unsealed()
        if not seen:
            raise _Fault("root_missing")
    except _Fault as fault:
        return Verdict(fault.code, fault.entry, fault.segment, rows, segments, root=last)
    return Verdict(rows=rows + unsealed, segments=segments, unsealed=unsealed, root=last)


def _check_segment(segment: Segment, *, number: int, previous: str) -> None:
    if segment.number != number or segment.previous != previous:
        raise _Fault("chain_broken", segment=segment.number)
    leaves = bytes(segment.leaves)
    sealed = unpack(leaves)
    _check_rows(segment, dict(sealed))
    ids = (sealed[0][0], sealed[-1][0], len(sealed)) if sealed else (0, 0, 0)
    stated = (segment.from_id, segment.to_id, segment.count)
    if ids != stated or segment_root(number, previous, segment.sealed_at, leaves) != segment.root:
        raise _Fault("segment_changed", segment=segment.number)


def _check_rows(segment: Segment, sealed: dict[int, str]) -> None:
    found = {}
    for pk, stored, computed in _digests(Entry._base_manager.filter(segment=segment)):
        if pk not in sealed:
            raise _Fault("row_inserted", entry=pk, segment=segment.number)
        if not stored == computed == sealed[pk]:
            raise _Fault("row_changed", entry=pk, segment=segment.number)
        found[pk] = computed
    missing = next((pk for pk in sealed if pk not in found), None)
    if missing is not None:
        code = "row_moved" if Entry._base_manager.filter(pk=missing).exists() else "row_deleted"
        raise _Fault(code, entry=missing, segment=segment.number)


def _check_unsealed() -> int:
    count = 0
    for pk, stored, computed in _digests(Entry._base_manager.filter(segment=None)):
        if stored != computed:
            raise _Fault("row_changed", entry=pk)
        count += 1
    return count


def _digests(entries: QuerySet[Entry]) -> Iterator[tuple[int, str, str]]:
    rows = entries.order_by("id").values_list("id", "digest", *HASHED)
    for pk, stored, *values in rows.iterator(chunk_size=2_000):
        yield pk, stored, row_digest(**dict(zip(HASHED, values, strict=True)))

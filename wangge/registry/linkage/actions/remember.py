"""A merge that was undone elsewhere is an answer: the two are different."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from wangge.foundation.journal.models import Entry
from wangge.registry.people.models import Merge

from ..enums import PairState
from ..models import Pair


def remember_unmerged(entry: Entry) -> None:
    """On person.unmerged: the pair behind the merge is different. A pair without a row needs none: the
    undone merge itself is remembered (``pipeline.memory``). A decision taken back here stays open."""
    merge = Merge._base_manager.filter(pk=entry.changes.get("merge")).first()
    if merge is None or merge.undone_at is None:
        return
    both = (merge.kept_id, merge.absorbed_id)
    between = Q(one__in=both, other__in=both, merge=None, state=PairState.OPEN)
    Pair._base_manager.filter(Q(merge=merge, state=PairState.SAME) | between).update(
        state=PairState.DIFFERENT, decided_by=entry.actor, decided_at=timezone.now()
    )

"""A human says whether two registered persons are one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.registry.people.actions import merge_persons, unmerge_persons
from wangge.registry.people.rules import Declined

from ..enums import PairState
from ..models import Pair
from ..pipeline.weighing import standing


def settle_pair(*, actor: Any, pair: Pair, same: bool) -> Pair:
    """Decide one pair; a pair that was decided before stays as it is (never asked twice).

    Args:
        same: merge the two, which can be undone; otherwise they are remembered as different.

    Raises:
        Declined: the two may not be merged (two numbers, or one was merged meanwhile).
    """
    with transaction.atomic():
        pair = Pair.objects.select_for_update(of=("self",)).select_related("one", "other").get(pk=pair.pk)
        if pair.state != PairState.OPEN:
            return pair
        pair.merge = _merge(actor, pair) if same else None
        pair.state = PairState.SAME if same else PairState.DIFFERENT
        pair.decided_by, pair.decided_at = journal.account_of(actor), timezone.now()
        pair.save(update_fields=["merge", "state", "decided_by", "decided_at"])
        data = {"same": same, "probability": round(pair.probability, 4)}
        journal.record("pair.settled", actor=actor, area=pair.area_code, subject=pair, data=data)
    return pair


def settle_pairs(*, actor: Any, pairs: Iterable[Pair], same: bool) -> tuple[list[Pair], list[str]]:
    """The same answer for several pairs; returns those decided, and why others were not."""
    done, refused = [], []
    for pair in pairs:
        try:
            done.append(settle_pair(actor=actor, pair=pair, same=same))
        except Declined as why:
            refused.append(why.message)
    return done, refused


def take_back(*, actor: Any, pair: Pair) -> Pair:
    """Undo a decision: the pair is open again, and what it merged is two records again.

    Raises:
        Declined: the merge cannot be undone any more (undone already, or merged again since).
    """
    with transaction.atomic():
        pair = Pair._base_manager.select_for_update().get(pk=pair.pk)
        if pair.state not in (PairState.SAME, PairState.DIFFERENT):
            return pair
        merge = pair.merge if pair.state == PairState.SAME else None
        pair.state, pair.decided_by, pair.decided_at = PairState.OPEN, "", None
        pair.save(update_fields=["state", "decided_by", "decided_at"])
        if merge is not None:
            unmerge_persons(actor=actor, merge=merge, reason=_("同一人核对中撤销刚才的结论"))
        journal.record("pair.reopened", actor=actor, area=pair.area_code, subject=pair)
    return pair


def _merge(actor: Any, pair: Pair) -> Any:
    stand = standing([pair.one_id, pair.other_id])
    keep, absorb = sorted([pair.one, pair.other], key=lambda each: stand.keeps(each.pk), reverse=True)
    reason = _("同一人核对，第 %(pair)d 对") % {"pair": pair.pk}
    return merge_persons(actor=actor, keep=keep, absorb=absorb, reason=reason)

"""What is not kept for ever: who the parties were and what was said."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from wangge.foundation.journal import actions as journal
from wangge.foundation.territory.queries import setting

from .actions.parties import erase
from .models import Agreement, Dispute, FollowUp, Party, Session, Term, Words

KEEP_DAYS = 3 * 365  # setting dispute.keep_days, 示例
PIECE = 200


def forget_old() -> int:
    """Sweep: erase what is too old, some disputes at once; counts, classes and days stay. Photos go by the
    sweep of photos, three years after they came. Returns how many."""
    before = timezone.now() - timedelta(days=int(setting("dispute.keep_days", KEEP_DAYS)))
    rows = Dispute._base_manager.filter(forgotten_at=None, case__closed_at__lt=before)
    found = list(rows.select_related("case").order_by("pk")[:PIECE])
    for row in found:
        _forget(row)
    return len(found)


@transaction.atomic
def _forget(row: Dispute) -> None:
    case = row.case
    for party in Party._base_manager.filter(case=case):
        erase(party)
        party.save()
    Words._base_manager.filter(case=case).update(words_sealed="")
    Session._base_manager.filter(case=case).update(said_sealed="", others="", place="")
    Agreement._base_manager.filter(case=case).update(facts_sealed="", photos=[])
    Term._base_manager.filter(agreement__case=case).update(words_sealed="", amount=None)
    FollowUp._base_manager.filter(case=case).update(words_sealed="")
    row.forgotten_at = timezone.now()
    row.save(update_fields=["forgotten_at"])
    data = {"number": case.number}
    journal.record("dispute.forgotten", actor="system", area=case.area_code, subject=case, data=data)

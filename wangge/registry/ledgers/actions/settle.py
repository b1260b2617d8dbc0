"""A human says whether a waiting row is a registered person."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wangge.foundation.journal import actions as journal
from wangge.lib.sealing import unseal
from wangge.registry.people.models import Person

from ..enums import CaseState, Outcome
from ..models import Case, Row
from ..pipeline.decide import Offer, TieOffer, decide
from ..pipeline.register import add_ties, persons_by
from ..pipeline.writing import Stamp, write_decisions, write_persons, write_ties


def settle_case(*, actor: Any, case: Case, same: bool) -> Case:
    """Decide one waiting row; a case that was decided before stays as it is (never asked twice).

    Args:
        same: the row is the person beside it; otherwise a person of its own is registered, unless other
            questions about the same row are still open.
    """
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case.pk)
        if case.state != CaseState.OPEN:
            return case
        result = _join(case) if same else _register(case)
        case.state = CaseState.SAME if same else CaseState.DIFFERENT
        case.result, case.decided_by, case.decided_at = (
            result,
            str(getattr(actor, "pk", actor)),
            timezone.now(),
        )
        case.save()
        if result:
            Row.objects.filter(batch=case.batch_id, sheet=case.sheet, number=case.number, person=None).update(
                person=result, outcome=Outcome.UPDATE if same else Outcome.NEW
            )
        journal.record(
            "case.settled",
            actor=actor,
            area=case.area_code,
            subject=case,
            data={"same": same, "score": case.score},
        )
    return case


def _offer(case: Case) -> tuple[Offer, Stamp]:
    offered = json.loads(unseal(case.offered_sealed))
    ties = [TieOffer(**tie) for tie in offered["ties"]]
    stamp = Stamp(
        case.batch.source, date.fromisoformat(offered["day"]), timezone.now(), case.batch_id, settings.DEMO
    )
    return Offer(case.number, offered["facts"], ties), stamp


def _join(case: Case) -> Person:
    offer, stamp = _offer(case)
    held = persons_by("id", [case.person_id])[0]
    add_ties([held])
    write_decisions([(held, decide(held, offer, stamp.source))], stamp)
    return Person._base_manager.get(pk=held.pk)


def _register(case: Case) -> Person | None:
    # also those that only the level above may see
    others = Case._base_manager.filter(key=case.key, state=CaseState.OPEN).exclude(pk=case.pk)
    if others.exists():
        return None
    offer, stamp = _offer(case)
    pk = write_persons({fact: [value] for fact, value in offer.facts.items()}, 1, stamp)[0]
    write_ties([pk] * len(offer.ties), offer.ties, stamp)
    return Person._base_manager.get(pk=pk)

"""A human says whether a waiting row is a registered person, and may take it back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.lib.sealing import seal, unseal
from wangge.registry.people import actions as people
from wangge.registry.people.models import Person

from ..enums import CaseState, Outcome
from ..models import Case, Row
from ..pipeline.decide import Offer, TieOffer, decide
from ..pipeline.register import add_ties, persons_by
from ..pipeline.writing import Stamp, write_decisions, write_persons, write_ties

Step = dict[str, Any] | None  # what a decision did to a person; None when to nobody


def settle_case(*, actor: Any, case: Case, same: bool) -> Case:
    """Decide one waiting row; a case that was decided before stays as it is (never asked twice). What the
    decision changes is remembered, so that ``reopen_case`` can take it back.

    Args:
        same: the row is the person beside it; otherwise a person of its own is registered, unless other
            questions about the same row are still open or have found its person.
    """
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case.pk)
        if case.state != CaseState.OPEN:
            return case
        step, told = _join(case) if same else (_register(case), {})
        rows = _answer_rows(case, step, Outcome.UPDATE if same else Outcome.NEW)
        case.state = CaseState.SAME if same else CaseState.DIFFERENT
        case.result_id = step["person"] if step else None
        case.decided_by, case.decided_at = str(getattr(actor, "pk", actor)), timezone.now()
        case.undo_sealed = seal(json.dumps({"step": step, "rows": rows}, ensure_ascii=False))
        case.save()
        data = {"same": same, "score": case.score}
        changes = told | ({"person": step["person"]} if step else {})
        journal.record(
            "case.settled", actor=actor, area=case.area_code, subject=case, changes=changes, data=data
        )
    return case


def reopen_case(*, actor: Any, case: Case) -> Case:
    """Take a decision back: the person is what it was before, the row waits again, the question is open. A
    person that was registered from the row is removed. A case that is open already stays as it is.

    Raises:
        people.Declined: a later decision builds on this one, the person was changed since in a way a step
            back would lose (code "grown": merge instead), or the decision was not remembered.
    """
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case.pk)
        if case.state == CaseState.OPEN:
            return case
        _must_be_last(case)
        held = json.loads(unseal(case.undo_sealed))
        _step_back(case, held)
        for row, outcome in held["rows"]:
            Row._base_manager.filter(pk=row).update(person=None, outcome=outcome)
        was, case.state, case.result = case.state, CaseState.OPEN, None
        case.decided_by, case.decided_at, case.undo_sealed = "", None, ""
        case.save()
        journal.record("case.reopened", actor=actor, area=case.area_code, subject=case, data={"was": was})
    return case


@transaction.atomic
def reopen_cases(*, actor: Any, cases: Iterable[Case]) -> None:
    """Take several decisions back, in this order, or none of them. Raises as ``reopen_case``."""
    for case in cases:
        reopen_case(actor=actor, case=case)


def _must_be_last(case: Case) -> None:
    """Decisions about one row or one person are taken back in the reverse order."""
    if not case.undo_sealed:
        raise people.Declined(
            "forgotten", _("这次裁定没有留下撤销用的记录（做得太早），请在人员页面更正或合并。")
        )
    later = Case._base_manager.exclude(state=CaseState.OPEN).filter(
        Q(key=case.key) | Q(result__isnull=False, result=case.result_id), decided_at__gt=case.decided_at
    )
    if later.filter(result__isnull=False).exists():
        raise people.Declined("later", _("这一行或这个人后来还有别的裁定，请在“已裁定”中先撤销后一次。"))


def _step_back(case: Case, held: dict[str, Any]) -> None:
    if not held["step"]:
        return
    if case.state == CaseState.SAME:
        people.take_back(held["step"])
        return
    rows = [row for row, _outcome in held["rows"]]
    people.unregister(held["step"], {"ledgers.case.result": [case.pk], "ledgers.row.person": rows})


def _answer_rows(case: Case, step: Step, outcome: Outcome) -> list[tuple[int, str]]:
    """The waiting lines of the import are answered; returns them with what they said before."""
    if not step:
        return []
    lines = Row._base_manager.filter(batch=case.batch_id, sheet=case.sheet, number=case.number, person=None)
    waiting = list(lines.order_by("pk").values_list("pk", "outcome"))
    lines.update(person=step["person"], outcome=outcome)
    return waiting


def _offer(case: Case) -> tuple[Offer, Stamp]:
    offered = json.loads(unseal(case.offered_sealed))
    ties = [TieOffer(**tie) for tie in offered["ties"]]
    stamp = Stamp(
        case.batch.source, date.fromisoformat(offered["day"]), timezone.now(), case.batch_id, settings.DEMO
    )
    return Offer(case.number, offered["facts"], ties), stamp


def _join(case: Case) -> tuple[Step, dict[str, Any]]:
    """What it did to the person, and for the trail which facts the row changed and filled."""
    offer, stamp = _offer(case)
    pk = persons_by("id", [case.person_id])[0].pk  # who absorbed the person, where it was merged away
    Person._base_manager.select_for_update().get(pk=pk)
    before = people.picture_of(pk)
    held = persons_by("id", [pk])[0]
    add_ties([held])
    decision = decide(held, offer, stamp.source)
    write_decisions([(held, decision)], stamp)
    told = {
        "fields": sorted(decision.updates),
        "filled": sorted(decision.filled),
        "source": int(stamp.source),
    }
    return people.step_between(pk, before, people.picture_of(pk)), told


def _register(case: Case) -> Step:
    # also those that only the level above may see
    others = Case._base_manager.filter(key=case.key).exclude(pk=case.pk)
    if others.filter(Q(state=CaseState.OPEN) | Q(result__isnull=False)).exists():
        return None
    offer, stamp = _offer(case)
    pk = write_persons({fact: [value] for fact, value in offer.facts.items()}, 1, stamp)[0]
    write_ties([pk] * len(offer.ties), offer.ties, stamp)
    return people.step_between(pk, people.NOBODY, people.picture_of(pk))

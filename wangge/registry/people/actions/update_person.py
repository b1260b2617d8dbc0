"""Changing what the register says about a person, by the trust of who says so (spec 5.2 point 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.lib.sealing import seal, unseal

from ..enums import ContradictionState, PersonStatus, Source
from ..models import Contradiction, Person
from ..rules import Declined
from .values import as_text, parsed, put, value_of


@dataclass
class Outcome:
    """What an update did, by field name."""

    changed: list[str] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)  # those of ``changed`` that were not known before
    confirmed: list[str] = field(default_factory=list)
    contradicted: list[str] = field(default_factory=list)


@transaction.atomic
def update_person(
    *,
    actor: Any,
    person: Person,
    facts: Mapping[str, Any],
    source: int = Source.VISIT,
    on: date | None = None,
    reason: str = "",
    batch: int | None = None,
) -> Outcome:
    """Take over what ``source`` says on day ``on`` (today when None).

    A higher or equal trust overwrites, the same value confirms, a lower trust that differs becomes a
    contradiction; empty values say nothing. Facts are named as columns (``phone``, ``birth``…) or as
    further facts of the dictionary.

    Raises:
        Declined: the row was merged away, or the id number belongs to another person.
    """
    person = Person._base_manager.select_for_update().get(pk=person.pk)
    if person.status == PersonStatus.MERGED:
        raise Declined("already_merged", _("此人已并入另一条记录，请在合并后的记录上修改。"))
    day, outcome = on or timezone.localdate(), Outcome()
    for name, value in facts.items():
        if value not in ("", None):
            _hear(person, name, value, Source(source), day, batch, outcome)
    _refuse_taken_id(person)
    _save(person)
    _close_answered(person, outcome.changed, actor)
    _journal(person, outcome, actor, source, reason)
    return outcome


def _hear(
    person: Person, name: str, value: Any, source: Source, day: date, batch: int | None, outcome: Outcome
) -> None:
    held, told = value_of(person, name), parsed(name, value)
    trust, since = person.told_by(name)
    if held == told:
        outcome.confirmed.append(name)
        _remember(person, name, max(source, trust), max(day.isoformat(), since))
    elif held == "" or source >= trust:
        put(person, name, told)
        outcome.changed.append(name)
        outcome.filled += [name] if held == "" else []
        _remember(person, name, source, day.isoformat())
    else:
        raise_contradiction(person, name, as_text(told), source, batch=batch)
        outcome.contradicted.append(name)


def _remember(person: Person, name: str, source: int, day: str) -> None:
    if person.told_by(name) != (source, day):
        person.provenance[name] = [int(source), day]


def raise_contradiction(
    person: Person, name: str, offered: str, source: int, *, batch: int | None = None, area: str = ""
) -> Contradiction:
    """Keep both values, sealed; the same open contradiction is not raised twice."""
    waiting = Contradiction._base_manager.filter(person=person, field=name, state=ContradictionState.OPEN)
    for known in waiting:
        if unseal(known.offered_sealed) == offered:
            return known
    return Contradiction._base_manager.create(
        person=person,
        area_code=area or person.area_code,
        field=name,
        held_sealed=seal(as_text(value_of(person, name))),
        offered_sealed=seal(offered),
        held_source=person.told_by(name)[0],
        offered_source=source,
        batch=batch,
    )


def _refuse_taken_id(person: Person) -> None:
    if not person.id_index:
        return
    if Person._base_manager.filter(id_index=person.id_index).exclude(pk=person.pk).exists():
        raise Declined("id_taken", _("这个证件号码已登记在另一人名下；若确是同一人，请用“合并”。"))


def _save(person: Person) -> None:
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as race:  # somebody registered the number between the look and the write
        raise Declined(
            "id_taken", _("这个证件号码刚刚被登记在另一人名下；若确是同一人，请用“合并”。")
        ) from race


def _close_answered(person: Person, changed: list[str], actor: Any) -> None:
    """What a better source has now said settles the contradictions that offered the same."""
    waiting = Contradiction._base_manager.filter(
        person=person, field__in=changed, state=ContradictionState.OPEN
    )
    for row in waiting:
        if unseal(row.offered_sealed) == as_text(value_of(person, row.field)):
            _decide(row, ContradictionState.TAKEN, actor)


def _decide(row: Contradiction, state: ContradictionState, actor: Any) -> None:
    row.state, row.decided_by, row.decided_at = state, str(getattr(actor, "username", actor)), timezone.now()
    row.save()


def _journal(person: Person, outcome: Outcome, actor: Any, source: int, reason: str) -> None:
    kinds = [("person.updated", outcome.changed), ("person.contradicted", outcome.contradicted)]
    if not outcome.changed and not outcome.contradicted:
        kinds = [("person.confirmed", outcome.confirmed)]
    beside = {"filled": sorted(outcome.filled), "confirmed": sorted(outcome.confirmed)}
    for kind, names in kinds:
        if names:
            more = {} if kind == "person.confirmed" else {key: held for key, held in beside.items() if held}
            changes = {"fields": sorted(names), "source": int(source)} | more
            journal.record(
                kind, actor=actor, area=person.area_code, subject=person, changes=changes, reason=reason
            )  # fmt: skip
            beside = {}


@transaction.atomic
def settle_contradiction(
    *, actor: Any, contradiction: Contradiction, take: bool, on: date | None = None, reason: str = ""
) -> Contradiction:
    """Decide between the two values: take the offered one or keep the held one, and confirm it.

    Raises:
        Declined: decided already, or the offered id number belongs to another person.
    """
    row = Contradiction._base_manager.select_for_update().get(pk=contradiction.pk)
    if row.state != ContradictionState.OPEN:
        raise Declined("decided", _("这条矛盾已有人处理，请刷新页面。"))
    person = Person._base_manager.select_for_update().get(pk=row.person_id)
    source = max(row.offered_source if take else row.held_source, Source.VISIT)
    if take:
        put(person, row.field, parsed(row.field, unseal(row.offered_sealed)))
        _refuse_taken_id(person)
    _remember(person, row.field, source, (on or timezone.localdate()).isoformat())
    _save(person)
    _decide(row, ContradictionState.TAKEN if take else ContradictionState.KEPT, actor)
    journal.record(
        "person.contradiction_settled",
        actor=actor,
        area=row.area_code,
        subject=person,
        changes={"field": row.field, "taken": take, "source": int(source)},
        reason=reason,
    )
    return row

"""What a repair writes, and how it is taken back: ties are stated anew, facts and heads remembered sealed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.lib.sealing import seal, unseal

from ..enums import PersonStatus, Source
from ..models import Departure, Household, Person, Tie
from ..rules import Declined, Step
from .ties import restate
from .values import as_text, parsed, put, value_of

UNDO = "people.discrepancy.undo"  # what the former values are sealed as


@dataclass
class Written:
    """What was written: names of fields for the trail, who said so, and what stood there before."""

    names: list[str] = field(default_factory=list)
    source: int = Source.VISIT
    before: list[dict[str, Any]] = field(default_factory=list)

    def sealed(self) -> str:
        """What takes it back, sealed."""
        return seal(json.dumps(self.before), UNDO)


def apply_steps(steps: Iterable[Step]) -> Written:
    """Write the steps in order; the caller holds the transaction and the person.

    Raises:
        Declined: a tie or household lies outside the caller's reach, or was changed meanwhile.
    """
    written, now = Written(), timezone.now()
    for step in steps:
        match step.do:
            case "fact":
                _write_fact(step, written)
            case "head":
                _write_head(step, written)
            case "return":
                _write_return(step, written, now)
            case "end" | "relation":
                _write_tie(step, written, now)
    return written


def _write_fact(step: Step, written: Written) -> None:
    person = Person._base_manager.get(pk=step.target)
    held = [as_text(value_of(person, step.field)), person.provenance.get(step.field)]
    written.source = max(person.told_by("id_no")[0], person.told_by(step.field)[0])
    put(person, step.field, parsed(step.field, step.value))
    person.provenance[step.field] = [written.source, timezone.localdate().isoformat()]
    person.save()
    written.names.append(step.field)
    written.before.append(
        {"do": "fact", "target": person.pk, "field": step.field, "held": held, "now": step.value}
    )


def _write_head(step: Step, written: Written) -> None:
    home = Household.objects.filter(pk=step.target).first()
    if home is None:
        raise _outside()
    written.before.append({"do": "head", "target": home.pk, "held": home.head_id, "now": int(step.value)})
    Household.objects.filter(pk=home.pk).update(head=int(step.value))
    written.names.append("household_head")


def _write_return(step: Step, written: Written, now: datetime) -> None:
    """The departure ends on the day of the return; that it was believed to last stays answerable."""
    person = Person._base_manager.get(pk=step.target)
    written.before.append({"do": "return", "target": person.pk, "held": person.status})
    for gone in Departure._base_manager.filter(person=person, known_to=None, valid_to=None):
        _restate_departure(gone, now, date.fromisoformat(step.value))
    person.status = PersonStatus.ACTIVE
    person.save(update_fields=["status", "updated_at"])
    written.names.append("status")


def _restate_departure(gone: Departure, now: datetime, until: date | None) -> None:
    Departure._base_manager.filter(pk=gone.pk).update(known_to=now)
    Departure._base_manager.create(
        person_id=gone.person_id, status=gone.status, valid_from=gone.valid_from, valid_to=until,
        known_from=now, source=gone.source,
    )  # fmt: skip


def _write_tie(step: Step, written: Written, now: datetime) -> None:
    tie = Tie.objects.select_for_update().filter(pk=step.target, known_to=None).first()
    if tie is None:
        raise _outside()
    if step.do == "relation":
        fresh = restate(tie, now, relation=step.value)
        written.names.append("relation")
    else:
        fresh = restate(tie, now, valid_to=date.fromisoformat(step.value))
        written.names.append(tie.kind)
    written.before.append({"do": "tie", "target": fresh.pk, "held": tie.pk})


def _outside() -> Declined:
    return Declined("outside", _("要改的关系有一处不在您的辖区，或刚刚变动过；请刷新，或请上级处理。"))


def take_back(sealed: str) -> None:
    """Restore what stood before, newest first. Ties are stated anew as they were: that the repair was
    believed meanwhile stays answerable.

    Raises:
        Declined: somebody changed one of these since.
    """
    now = timezone.now()
    for one in reversed(json.loads(unseal(sealed, UNDO))):
        match one["do"]:
            case "fact":
                _restore_fact(one)
            case "head":
                _restore_head(one)
            case "return":
                _restore_departure(one, now)
            case _:
                _restore_tie(one, now)


def _restore_fact(one: dict[str, Any]) -> None:
    person = Person._base_manager.get(pk=one["target"])
    if as_text(value_of(person, one["field"])) != one["now"]:
        raise _changed()
    value, provenance = one["held"]
    put(person, one["field"], parsed(one["field"], value))
    person.provenance.pop(one["field"], None)
    if provenance:
        person.provenance[one["field"]] = provenance
    person.save()


def _restore_head(one: dict[str, Any]) -> None:
    homes = Household.objects.filter(pk=one["target"], head=one["now"])
    if not homes.update(head=one["held"]):
        raise _changed()


def _restore_departure(one: dict[str, Any], now: datetime) -> None:
    person = Person._base_manager.get(pk=one["target"])
    if person.status != PersonStatus.ACTIVE:
        raise _changed()
    last = Departure._base_manager.filter(person=person, known_to=None).order_by("-pk").first()
    if last is not None:
        _restate_departure(last, now, None)
    person.status = one["held"]
    person.save(update_fields=["status", "updated_at"])


def _restore_tie(one: dict[str, Any], now: datetime) -> None:
    tie = Tie.objects.select_for_update().filter(pk=one["target"], known_to=None).first()
    former = Tie._base_manager.filter(pk=one["held"]).first()
    if tie is None or former is None:
        raise _changed()
    restate(tie, now, relation=former.relation, valid_to=former.valid_to)


def _changed() -> Declined:
    return Declined("changed", _("修复以后又有人改过，不能自动撤销；请在人员页更正。"))

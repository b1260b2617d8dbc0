"""Two rows are one person: merging moves every link there is, and can be undone (peers' lack 7)."""

from __future__ import annotations

import json
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.lib.sealing import seal, unseal

from ..enums import ContradictionState, PersonStatus
from ..models import Contradiction, Merge, Person, Tie
from ..rules import Declined, check_mergeable
from .update_person import raise_contradiction
from .values import PLAIN, SEALED, as_text, put, value_of

# Links that tell the history of merges themselves: who was merged into whom never moves.
HISTORY = frozenset({"people.person.merged_into", "people.merge.kept", "people.merge.absorbed"})
SAME_TIE = ("kind", "room_id", "organisation_id", "other_id", "area_code")
Link = tuple[type[models.Model], str]


def links() -> dict[str, Link]:
    """Every foreign key to a person in all installed apps, many-to-many tables included, by
    "app.model.field"; found by looking, so that a new model is moved without anybody remembering."""
    return {
        f"{model._meta.label_lower}.{field.name}": (model, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.remote_field is not None and field.remote_field.model is Person
    }


@transaction.atomic
def merge_persons(*, actor: Any, keep: Person, absorb: Person, reason: str = "") -> Merge:
    """Everything that names ``absorb`` names ``keep`` afterwards; empty facts are filled from it,
    differing ones become contradictions. ``unmerge_persons`` restores both.

    Raises:
        Declined: the same row, merged already, or two different id numbers.
    """
    keep, absorb = _locked(keep.pk, absorb.pk)
    check_mergeable(keep, absorb)
    area = keep.area_code or absorb.area_code
    before = {"keep": _snapshot(keep), "absorb": _snapshot(absorb)}
    moved: dict[str, Any] = {}
    for name, (model, field) in links().items():
        if name not in HISTORY and (ids := _move(model, field, absorb.pk, keep.pk)):
            moved[name] = ids
    moved["closed"], moved["raised"] = _close_doubles(keep), _contradict(keep, absorb, area)
    before["filled"] = _fill(keep, absorb)
    row = Merge._base_manager.create(
        area_code=area, kept=keep, absorbed=absorb, moved=moved, before_sealed=seal(json.dumps(before)),
        reason=journal.without_personal(reason)[:200], actor=_name(actor),
    )  # fmt: skip
    _record("person.merged", actor, row, reason)
    return row


@transaction.atomic
def unmerge_persons(*, actor: Any, merge: Merge, reason: str = "") -> None:
    """Take a merge back: each link it moved returns, both rows become what they were. What was
    added to the kept person since stays with it.

    Raises:
        Declined: undone already, or one of the two was merged again since (undo that one first).
    """
    row = Merge._base_manager.select_for_update().get(pk=merge.pk)
    if row.undone_at is not None:
        raise Declined("undone", _("这次合并已经撤销。"))
    keep, absorb = _locked(row.kept_id, row.absorbed_id)
    if keep.status == PersonStatus.MERGED:
        raise Declined("merged_on", _("合并后的记录又并入了他人，请先撤销后一次合并。"))
    before = json.loads(unseal(row.before_sealed))
    Contradiction._base_manager.filter(pk__in=row.moved["raised"], state=ContradictionState.OPEN).delete()
    _write(keep, _emptied(_snapshot(keep), before["keep"], before["filled"]))
    _write(absorb, before["absorb"])
    for name, (model, field) in links().items():
        held = model._base_manager.filter(pk__in=row.moved.get(name, []), **{field: keep})
        held.update(**{field: absorb})
    Tie._base_manager.filter(pk__in=row.moved["closed"]).update(known_to=None)
    row.undone_at, row.undone_by = timezone.now(), _name(actor)
    row.save(update_fields=["undone_at", "undone_by"])
    _record("person.unmerged", actor, row, reason)


def _locked(keep: int, absorb: int) -> tuple[Person, Person]:
    # always in the same order, so that two merges of one pair cannot wait for each other
    rows = {
        row.pk: row
        for row in Person._base_manager.select_for_update().filter(pk__in=[keep, absorb]).order_by("pk")
    }
    return rows[keep], rows[absorb]


def _move(model: type[models.Model], field: str, source: int, target: int) -> list[Any]:
    held = model._base_manager.filter(**{field: source})
    ids = list(held.order_by("pk").values_list("pk", flat=True))
    if not ids:
        return []
    try:
        with transaction.atomic():
            held.update(**{field: target})
    except IntegrityError:  # the kept person has the same link: that one row stays behind
        return [pk for pk in ids if _move_one(model, field, pk, target)]
    return ids


def _move_one(model: type[models.Model], field: str, pk: Any, target: int) -> bool:
    try:
        with transaction.atomic():
            model._base_manager.filter(pk=pk).update(**{field: target})
    except IntegrityError:
        return False
    return True


def _close_doubles(keep: Person) -> list[int]:
    """Both rows said the same of the person: believe one, so that nobody is counted twice."""
    seen, doubles = set(), []
    for tie in Tie._base_manager.filter(person=keep, known_to=None, valid_to=None).order_by("pk"):
        key = tuple(getattr(tie, name) for name in SAME_TIE)
        doubles += [tie.pk] if key in seen else []
        seen.add(key)
    Tie._base_manager.filter(pk__in=doubles).update(known_to=timezone.now())
    return doubles


def _facts_of(*people: Person) -> list[str]:
    further = {name for person in people for name in person.facts}
    return [*SEALED, *PLAIN, *sorted(further)]


def _contradict(keep: Person, absorb: Person, area: str) -> list[int]:
    raised = []
    known = set(Contradiction._base_manager.filter(person=keep).values_list("pk", flat=True))
    for name in _facts_of(keep, absorb):
        held, other = value_of(keep, name), value_of(absorb, name)
        if held != "" and other != "" and held != other:
            row = raise_contradiction(keep, name, as_text(other), absorb.told_by(name)[0], area=area)
            raised += [] if row.pk in known else [row.pk]
    return raised


def _fill(keep: Person, absorb: Person) -> dict[str, Any]:
    """Fill what the kept row lacks; returns the columns that changed with their new values.
    Retires the absorbed row."""
    before = _snapshot(keep)
    for name in _facts_of(keep, absorb):
        if value_of(keep, name) == "" and (value := value_of(absorb, name)) != "":
            put(keep, name, value)
            keep.provenance[name] = list(absorb.told_by(name))
    # one number, one row: the retired row gives its number up before the kept one takes it
    Person._base_manager.filter(pk=absorb.pk).update(
        status=PersonStatus.MERGED, merged_into=keep, id_index=None, id_sealed=""
    )
    after = _snapshot(keep)
    filled = {name: after[name] for name in after if after[name] != before[name]}
    _write(keep, filled)
    return filled


def _emptied(now: dict[str, Any], before: dict[str, Any], filled: dict[str, Any]) -> dict[str, Any]:
    """What to write to take the filling back; whatever was edited since stays."""
    back: dict[str, Any] = {}
    for name, value in filled.items():
        if isinstance(value, dict):
            added = {key for key in value if key not in before[name] and now[name].get(key) == value[key]}
            back[name] = {key: item for key, item in now[name].items() if key not in added}
        elif now[name] == value:
            back[name] = before[name]
    return back


def _snapshot(person: Person) -> dict[str, Any]:
    """All columns as JSON knows them, without those that no merge changes."""
    fixed = {"id", "tail", "created_at", "updated_at"}
    fields = [f for f in person._meta.concrete_fields if f.name not in fixed]
    held = {f.attname: f.value_from_object(person) for f in fields}
    return json.loads(json.dumps(held, cls=DjangoJSONEncoder))


def _write(person: Person, columns: dict[str, Any]) -> None:
    by_name = {f.attname: f for f in person._meta.concrete_fields}
    if columns:
        values = {name: by_name[name].to_python(value) for name, value in columns.items()}
        Person._base_manager.filter(pk=person.pk).update(**values)


def _name(actor: Any) -> str:
    return actor if isinstance(actor, str) else actor.get_username()


def _record(kind: str, actor: Any, row: Merge, reason: str) -> None:
    counts = {name: len(ids) for name, ids in row.moved.items() if ids}
    changes = {"merge": row.pk, "absorbed": row.absorbed_id, "moved": counts}
    journal.record(kind, actor=actor, area=row.area_code, subject=row.kept, changes=changes, reason=reason)

"""What one step did to one person, found by looking before and after, so that the step can be taken back."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from wangge.lib.sealing import blind, unseal

from ..enums import ContradictionState, PersonStatus
from ..models import Contradiction, Merge, Person, Tie
from ..rules import Declined
from .links import links

FIXED = {"id", "tail", "created_at", "updated_at"}  # what no step on the facts of a person changes
INDEX_OF = {"id_sealed": "id_index", "phone_sealed": "phone_index"}
TIE_TOLD = ("known_to", "confirmed_at", "source", "area_code")
NOBODY: dict[str, Any] = {
    "columns": {},
    "ties": {},
    "contradictions": [],
    "merges": [],
}  # before a person was registered


def snapshot(person: Person) -> dict[str, Any]:
    """All columns as JSON knows them, without those that no step changes."""
    fields = [f for f in person._meta.concrete_fields if f.name not in FIXED]
    return _plain({f.attname: f.value_from_object(person) for f in fields})


def write_columns(person: Person, columns: Mapping[str, Any]) -> None:
    """Set columns to what a snapshot said."""
    by_name = {f.attname: f for f in person._meta.concrete_fields}
    if columns:
        values = {name: by_name[name].to_python(value) for name, value in columns.items()}
        Person._base_manager.filter(pk=person.pk).update(**values)


def picture_of(pk: int) -> dict[str, Any]:
    """The row, its ties and its contradictions, as JSON; the caller holds the row locked."""
    ties = Tie._base_manager.filter(person=pk).values("pk", *TIE_TOLD)
    raised = Contradiction._base_manager.filter(person=pk).order_by("pk").values_list("pk", flat=True)
    return {
        "columns": snapshot(Person._base_manager.get(pk=pk)),
        "ties": {str(tie.pop("pk")): _plain(tie) for tie in ties},
        "contradictions": list(raised),
        "merges": _merges(pk),
    }


def _merges(pk: int) -> list[int]:
    """Merges that stand: a step is taken back before those that came before it, never under them."""
    return list(
        Merge._base_manager.filter(kept=pk, undone_at=None).order_by("pk").values_list("pk", flat=True)
    )


def step_between(pk: int, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What made ``after`` of ``before``. columns: name → [before, after]; ended, begun: ties as the step left
    them; raised: contradictions."""
    columns = {
        name: [before["columns"].get(name), value]
        for name, value in after["columns"].items()
        if before["columns"].get(name) != value
    }
    told = {tie: state for tie, state in after["ties"].items() if before["ties"].get(tie) != state}
    return {
        "person": pk,
        "columns": columns,
        "ended": {tie: state for tie, state in told.items() if tie in before["ties"]},
        "begun": {tie: state for tie, state in told.items() if tie not in before["ties"]},
        "raised": sorted(set(after["contradictions"]) - set(before["contradictions"])),
        "merges": after["merges"],
    }


def take_back(step: Mapping[str, Any]) -> None:
    """Make the person what it was before the step. Facts that somebody changed since stay as they are now.

    Raises:
        Declined: a tie of the step changed since, or the person was merged with another since.
    """
    person = Person._base_manager.select_for_update().get(pk=step["person"])
    _must_stand(person, step)
    now = snapshot(person)
    write_columns(person, _back(now, step["columns"]))
    Tie._base_manager.filter(pk__in=step["begun"]).delete()
    Tie._base_manager.filter(pk__in=step["ended"]).update(known_to=None)
    Contradiction._base_manager.filter(pk__in=step["raised"], state=ContradictionState.OPEN).delete()


def unregister(step: Mapping[str, Any], besides: Mapping[str, Collection[int]]) -> None:
    """Remove a person that the step registered, with the ties it wrote.

    Args:
        besides: "app.model.field" → rows that may name the person, since they go on without it.

    Raises:
        Declined: somebody changed the person since, or another row names it.
    """
    person = Person._base_manager.select_for_update().get(pk=step["person"])
    _must_stand(person, step)
    own = {"people.tie.person": [int(tie) for tie in step["begun"]], **besides}
    written = {name: after for name, (_before, after) in step["columns"].items()}
    touched = [name for name, value in snapshot(person).items() if not _alike(name, value, written.get(name))]
    if touched or any(_named_elsewhere(person, name, own.get(name, ())) for name in links()):
        raise Declined(
            "grown",
            _("这个人登记以后又有了别的记录，不能直接撤销；如果确是同一人，请在这里合并，合并也能撤销。"),
        )
    Tie._base_manager.filter(pk__in=step["begun"]).delete()
    person.delete()


def _must_stand(person: Person, step: Mapping[str, Any]) -> None:
    if person.status == PersonStatus.MERGED or _merges(person.pk) != step["merges"]:
        raise Declined("merged_on", _("这个人后来与别的记录合并了，请先在人员页面撤销那次合并，再撤销裁定。"))
    told = {**step["ended"], **step["begun"]}
    rows = Tie._base_manager.select_for_update().filter(pk__in=told, person=person).values("pk", *TIE_TOLD)
    if {str(tie.pop("pk")): _plain(tie) for tie in rows} != told:
        raise Declined(
            "moved_on", _("这个人的住处、户籍或就业后来又有变动，不能一步撤销；请在人员页面更正。")
        )


def _named_elsewhere(person: Person, name: str, known: Collection[int]) -> bool:
    model, field = links()[name]
    rows = model._base_manager.filter(**{field: person}).exclude(pk__in=known)
    # a merge that was undone says nothing any more
    return (rows.filter(undone_at=None) if model is Merge else rows).exists()


def _back(now: Mapping[str, Any], changed: Mapping[str, list[Any]]) -> dict[str, Any]:
    """What to write: the value of before wherever the step's own value still stands."""
    back: dict[str, Any] = {}
    for name, (before, after) in changed.items():
        if isinstance(after, dict):
            back[name] = _keys_back(now[name], before, after)
        elif name not in INDEX_OF.values() and _alike(name, now[name], after):
            back[name] = before
    for sealed, index in INDEX_OF.items():
        if sealed in back:
            back[index] = blind(unseal(back[sealed])) or (None if index == "id_index" else "")
    return back


def _keys_back(now: dict[str, Any], before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in now.items() if key not in after or value != after[key]}
    own = {key for key in after if now.get(key) == after[key]}
    return kept | {key: before[key] for key in own if key in before}


def _alike(name: str, now: Any, then: Any) -> bool:
    """Sealed values are compared opened: keys may have been rotated in the meantime."""
    if name in INDEX_OF.values():
        return True  # follows from the sealed value
    if name.endswith("_sealed") and now and then:
        return unseal(now) == unseal(then)
    return bool(now == then)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return plain

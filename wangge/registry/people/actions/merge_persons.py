"""Two rows are one person: merging moves every link there is, and can be undone (peers' lack 7)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.lib.sealing import seal, unseal

from ..enums import ContradictionState, PersonStatus
from ..models import Contradiction, Merge, Person, Tie
from ..rules import Declined, check_mergeable
from .footprint import snapshot, write_columns
from .links import HISTORY, links
from .redivision import catch_up
from .update_person import raise_contradiction
from .values import PLAIN, SEALED, as_text, put, value_of

OWN_TIES = "people.tie.person"
SAME_TIE = ("kind", "room_id", "organisation_id", "other_id", "area_code")


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
    before = {"keep": snapshot(keep), "absorb": snapshot(absorb)}
    moved: dict[str, Any] = {}
    for name, (model, field) in links().items():
        if name not in HISTORY and (ids := _move(model, field, absorb.pk, keep.pk)):
            moved[name] = ids
    moved["closed"], moved["raised"] = _close_doubles(keep), _contradict(keep, absorb, area)
    before["filled"] = _fill(keep, absorb)
    row = Merge._base_manager.create(
        area_code=area, kept=keep, absorbed=absorb, moved=moved, before_sealed=seal(json.dumps(before)),
        reason=journal.without_personal(reason)[:200], actor=journal.account_of(actor),
    )  # fmt: skip
    _record("person.merged", actor, row, reason)
    return row


@transaction.atomic
def unmerge_persons(*, actor: Any, merge: Merge, reason: str = "") -> None:
    """Take a merge back: each link it moved returns, both rows become what they were. A tie that was ended
    or corrected since returns as it is believed now; what was added to the kept person since stays with it.

    Raises:
        Declined: undone already, older than 180 days (what it restores from is erased then), or one of the
            two was merged again since (undo that one first).
    """
    row = Merge._base_manager.select_for_update().get(pk=merge.pk)
    if row.undone_at is not None:
        raise Declined("undone", _("这次合并已经撤销。"))
    if not row.before_sealed:
        raise Declined("forgotten", _("合并已超过 180 天，合并前的内容已按期销毁，不能再撤销；请另行登记。"))
    keep, absorb = _locked(row.kept_id, row.absorbed_id)
    if keep.status == PersonStatus.MERGED:
        raise Declined("merged_on", _("合并后的记录又并入了他人，请先撤销后一次合并。"))
    before = json.loads(unseal(row.before_sealed))
    Contradiction._base_manager.filter(pk__in=row.moved["raised"], state=ContradictionState.OPEN).delete()
    write_columns(keep, _emptied(snapshot(keep), before["keep"], before["filled"]))
    write_columns(absorb, before["absorb"])
    for name, (model, field) in links().items():
        ids = row.moved.get(name, [])
        if name == OWN_TIES:
            ids = [*ids, *_in_their_place(ids, row.at)]
        model._base_manager.filter(pk__in=ids, **{field: keep}).update(**{field: absorb})
    _reopen(row.moved["closed"])
    row.undone_at, row.undone_by = timezone.now(), journal.account_of(actor)
    row.save(update_fields=["undone_at", "undone_by"])
    _reopen_alone(keep, absorb)
    _record("person.unmerged", actor, row, reason)


def _in_their_place(ties: list[int], since: datetime) -> list[int]:
    """What is believed instead of those of these ties that were ended or corrected since, and so on."""
    given_up = Tie._base_manager.filter(pk__in=ties, known_to__gt=since)
    newer = [pk for tie in given_up if tie.known_to for pk in _restated(tie, tie.known_to)]
    return newer + _in_their_place(newer, since) if newer else []


def _restated(tie: Tie, when: datetime) -> list[int]:
    """The row ``restate`` put in the place of a tie: believed from the moment on that the tie was not."""
    fresh = Tie._base_manager.filter(person=tie.person_id, kind=tie.kind, known_from=when)
    rows = list(fresh.exclude(pk=tie.pk).order_by("pk"))
    target = (tie.room_id, tie.organisation_id, tie.other_id)
    same = [row.pk for row in rows if (row.room_id, row.organisation_id, row.other_id) == target]
    return same[:1] or ([rows[0].pk] if len(rows) == 1 else [])


def _reopen_alone(*people: Person) -> None:
    """Ties that merges still in force closed as doubles, and that are the only ones of their kind now that
    the two rows have parted: a home must not go with the other row's."""
    for merge in Merge._base_manager.filter(kept__in=people, undone_at=None):
        closed = Tie._base_manager.filter(pk__in=merge.moved["closed"])
        alone = [tie.pk for tie in closed.order_by("pk") if not _said_by_another(tie)]
        if alone:
            _reopen(alone)
            merge.moved["closed"] = sorted(set(merge.moved["closed"]) - set(alone))
            merge.save(update_fields=["moved"])


def _said_by_another(tie: Tie) -> bool:
    same = {name: getattr(tie, name) for name in ("person_id", *SAME_TIE)}
    return Tie._base_manager.filter(known_to=None, valid_to=None, **same).exists()


def _reopen(ties: list[int]) -> None:
    closed = Tie._base_manager.filter(pk__in=ties)
    closed.update(known_to=None)
    for community in {code[:12] for code in closed.values_list("area_code", flat=True)}:
        catch_up(community)


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
    before = snapshot(keep)
    for name in _facts_of(keep, absorb):
        if value_of(keep, name) == "" and (value := value_of(absorb, name)) != "":
            put(keep, name, value)
            keep.provenance[name] = list(absorb.told_by(name))
    # one number, one row: the retired row gives its number up before the kept one takes it
    Person._base_manager.filter(pk=absorb.pk).update(
        status=PersonStatus.MERGED, merged_into=keep, id_index=None, id_sealed=""
    )
    after = snapshot(keep)
    filled = {name: after[name] for name in after if after[name] != before[name]}
    write_columns(keep, filled)
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


def _record(kind: str, actor: Any, row: Merge, reason: str) -> None:
    counts = {name: len(ids) for name, ids in row.moved.items() if ids}
    changes = {"merge": row.pk, "absorbed": row.absorbed_id, "moved": counts}
    journal.record(kind, actor=actor, area=row.area_code, subject=row.kept, changes=changes, reason=reason)

"""Writes on the scene library. What is changed today is in force from tomorrow on, so that a list a worker
already has does not change in the hand; until then it can be taken back (S84)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal

from ..enums import DutyState
from ..models import Duty, Scene, SceneItem
from ..queries.scenes import tomorrow
from ..reading.flow import FlowFault, check_flow

MOST_ITEMS = 60


@dataclass(frozen=True)
class SceneDraft:
    """All that a version of a scene says."""

    kind: str
    name: str
    objects_text: str = ""
    every: Sequence[int] = ()
    order: int = 0
    order_only: bool = False
    example: bool = False
    items: Sequence[tuple[str, str]] = ()  # name, how to judge; in order
    flow: Sequence[dict[str, Any]] = field(default_factory=list)


def draft_of(scene: Scene) -> SceneDraft:
    """What a version says, to change or copy it."""
    return SceneDraft(
        scene.kind, scene.name, scene.objects_text, tuple(scene.every), scene.order, scene.order_only,
        scene.example, [(item.name, item.hint) for item in scene.items.all()], scene.flow,
    )  # fmt: skip


def check_draft(draft: SceneDraft) -> None:
    """Raises Unacceptable where a draft cannot be used."""
    if len(draft.items) > MOST_ITEMS:
        raise Unacceptable(_("一个场景最多 %(most)d 项；请拆成几个场景。") % {"most": MOST_ITEMS})
    names = [name for name, _hint in draft.items]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise Unacceptable(_("事项“%(name)s”写了两次；请删去一个。") % {"name": twice})
    try:
        check_flow(draft.flow)
    except FlowFault as fault:
        raise Unacceptable(str(fault)) from fault


@transaction.atomic
def create_scene(
    *, actor: Any, area_code: str, draft: SceneDraft, key: str = "", on: date | None = None
) -> Scene:
    """A new scene, in force from ``on`` (tomorrow).

    Raises:
        Unacceptable: the draft cannot be used, or the key is taken.
    """
    check_draft(draft)
    key = key or f"s-{uuid.uuid4().hex[:10]}"
    if Scene._base_manager.filter(area_code=area_code, key=key).exists():
        raise Unacceptable(_("编号 %(key)s 已经有了。") % {"key": key})
    scene = _written(actor, area_code, key, draft, on or tomorrow())
    _told(actor, scene, "created")
    return scene


@transaction.atomic
def change_scene(*, actor: Any, scene: Scene, draft: SceneDraft) -> Scene:
    """The scene, of which any version may be given, is so from tomorrow on; returns that version. One that
    was given up comes back.

    Raises:
        Unacceptable: the draft cannot be used.
    """
    check_draft(draft)
    versions = _locked(scene)
    open_one = next((row for row in versions if row.valid_to is None), None)
    today = timezone.localdate()
    if open_one and open_one.valid_from > today:
        version = _rewritten(actor, open_one, draft)
    else:
        begins = tomorrow()
        for row in versions:
            if row.valid_to is None or row.valid_to > begins:
                row.valid_to = begins
                row.save(update_fields=["valid_to"])
        version = _written(actor, scene.area_code, scene.key, draft, begins)
        _hand_over(versions, version)
    _told(actor, version, "changed")
    return version


@transaction.atomic
def end_scene(*, actor: Any, scene: Scene) -> None:
    """Give the scene up from tomorrow on; an edit that waits is dropped."""
    versions = _locked(scene)
    coming = [row for row in versions if row.valid_from > timezone.localdate()]
    for row in coming:
        _drop(row, versions)
    for row in versions:
        if row not in coming and row.valid_to is None:
            row.valid_to = tomorrow()
            row.save(update_fields=["valid_to"])
    _told(actor, scene if scene not in coming else None, "ended", scene.area_code)


@transaction.atomic
def withdraw_edit(*, actor: Any, scene: Scene) -> Scene | None:
    """Take back what would be in force from tomorrow on; the version in force stays. None where nothing is
    left, because the scene itself was to begin tomorrow.

    Raises:
        Unacceptable: nothing waits.
    """
    versions, today = _locked(scene), timezone.localdate()
    coming = [row for row in versions if row.valid_from > today]
    now = next((row for row in versions if row.holds_on(today)), None)
    if not coming and (now is None or now.valid_to is None):
        raise Unacceptable(_("没有等待生效的修改。今天生效的要再改一次，明天起恢复。"))
    for row in coming:
        _drop(row, versions)
    if now is not None and now.valid_to is not None:
        now.valid_to = None
        now.save(update_fields=["valid_to"])
    _told(actor, now, "withdrawn", scene.area_code)
    return now


def copy_scene(*, actor: Any, scene: Scene, area_code: str, name: str) -> Scene:
    """The same under another name, perhaps for a smaller area; in force from tomorrow on."""
    draft = draft_of(scene)
    return create_scene(
        actor=actor, area_code=area_code, draft=SceneDraft(**{**draft.__dict__, "name": name})
    )


def _locked(scene: Scene) -> list[Scene]:
    rows = Scene._base_manager.select_for_update().filter(area_code=scene.area_code, key=scene.key)
    return list(rows.order_by("valid_from", "pk"))


def _written(actor: Any, area_code: str, key: str, draft: SceneDraft, begins: date) -> Scene:
    scene = Scene(area_code=area_code, key=key, valid_from=begins)
    return _rewritten(actor, scene, draft)


def _rewritten(actor: Any, scene: Scene, draft: SceneDraft) -> Scene:
    for name in ("kind", "name", "objects_text", "order", "order_only", "example"):
        setattr(scene, name, getattr(draft, name))
    scene.every, scene.flow = sorted(set(draft.every)), list(draft.flow)
    scene.made_by = journal.account_of(actor)
    scene.save()
    scene.items.all().delete()
    SceneItem._base_manager.bulk_create(
        SceneItem(scene=scene, name=name, hint=hint, order=at) for at, (name, hint) in enumerate(draft.items)
    )
    return scene


def _hand_over(versions: Sequence[Scene], version: Scene) -> None:
    """Duties that were made ahead of time are of the version in force on their day."""
    ahead = Duty._base_manager.filter(scene__in=versions, begins_on__gte=version.valid_from)
    ahead.filter(state=DutyState.OPEN, results=None).update(scene=version)


def _drop(version: Scene, versions: Sequence[Scene]) -> None:
    """Forget a version that never was in force."""
    before = [row for row in versions if row.valid_from < version.valid_from]
    duties = Duty._base_manager.filter(scene=version)
    if before:
        duties.update(scene=before[-1])
    else:
        duties.delete()
    version.delete()


def _told(actor: Any, scene: Scene | None, what: str, area: str = "") -> None:
    told = {"what": what, "key": scene.key, "from": scene.valid_from.isoformat()} if scene else {"what": what}
    journal.record(
        "scene.changed", actor=actor, area=scene.area_code if scene else area, subject=scene, changes=told
    )

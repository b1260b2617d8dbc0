"""A data pack comes into the scene library; what the district changed stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wangge.foundation.journal import actions as journal
from wangge.lib.scoping import EVERYWHERE, within

from ..models import Scene, VisitRule
from ..reading.pack import Pack, PackRule, PackScene, read_duties, read_pack
from .scenes import SceneDraft, create_scene


@dataclass(frozen=True)
class PackLoaded:
    """What a pack brought, and how many scenes and frequencies were there already and stayed."""

    scenes: int
    rules: int
    kept: int


def folder_of(area_code: str) -> Path | None:
    """The district's own pack, ``HOME/districts/<code>/fieldwork``; None where it has none."""
    own = Path(settings.HOME) / "districts" / area_code[:6] / "fieldwork"
    return own if (own / "scenes.toml").is_file() else None


def duty_list(area_code: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The duties, and who has which (S76, S82), as the district's pack or the shipped one says."""
    return read_duties(folder_of(area_code))


@transaction.atomic
def load_pack(
    *, actor: Any, area_code: str, folder: Path | None = None, on: date | None = None
) -> PackLoaded:
    """Bring in what the district does not have yet, marked 示例. Loading again changes nothing; a scene that
    was changed or given up here stays so.

    Args:
        area_code: the district, twelve digits.
        folder: where the files are; the district's own pack, else the shipped one.
        on: the first day in force; today, because nothing was in force before.

    Raises:
        PackFault: the files cannot be read.
    """
    pack, begins = read_pack(folder or folder_of(area_code)), on or timezone.localdate()
    with within(EVERYWHERE):
        scenes = _load_scenes(actor, area_code, pack.scenes, begins)
        rules = _load_rules(area_code, pack.rules, begins)
    kept = _size(pack) - scenes - rules
    if scenes or rules:
        told = {"scenes": scenes, "rules": rules, "kept": kept}
        journal.record("scenes.loaded", actor=actor, area=area_code, changes=told)
    return PackLoaded(scenes, rules, kept)


def _size(pack: Pack) -> int:
    return len(pack.scenes) + len(pack.rules)


def _load_scenes(actor: Any, area_code: str, scenes: Sequence[PackScene], begins: date) -> int:
    known = set(Scene._base_manager.filter(area_code=area_code).values_list("key", flat=True))
    new = [(at, scene) for at, scene in enumerate(scenes) if scene.key not in known]
    for at, scene in new:
        draft = SceneDraft(
            scene.kind, scene.name, scene.objects, scene.every, at, scene.order_only, True, scene.items,
            scene.flow,
        )  # fmt: skip
        create_scene(actor=actor, area_code=area_code, draft=draft, key=scene.key, on=begins)
    return len(new)


def _load_rules(area_code: str, rules: Sequence[PackRule], begins: date) -> int:
    held = VisitRule._base_manager.filter(area_code=area_code)
    known = set(held.values_list("care_class", "level"))
    new = [rule for rule in rules if (rule.care_class, rule.level) not in known]
    VisitRule._base_manager.bulk_create(
        VisitRule(area_code=area_code, example=True, valid_from=begins, **rule.__dict__) for rule in new
    )
    return len(new)

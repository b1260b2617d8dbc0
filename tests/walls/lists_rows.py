"""The doors of scenes, duties and findings."""

from __future__ import annotations

from datetime import date
from itertools import count, cycle, product
from typing import Any
from uuid import uuid4

from django.utils import timezone

from tests.systems.fieldwork.lists_cast import a_rule, a_scene
from tests.walls.row import Row
from wangge.systems.fieldwork.enums import CareClass, Level
from wangge.systems.fieldwork.models import Duty, Finding

_numbers = count(1)
_groups = cycle(product(CareClass.values, Level.values))  # one rule of each


def scene(community: str) -> dict[str, Any]:
    return {"pk": a_scene(area=community).pk}


def rule(community: str) -> dict[str, Any]:
    care_class, level = next(_groups)
    return {"pk": a_rule(1, "week", care_class, level, area_code=community).pk}


def duty(community: str) -> dict[str, Any]:
    day = date(2026, 11, 23)
    made = Duty.objects.create(
        key=f"p:{next(_numbers)}", kind="patrol", area_code=f"{community}001", begins_on=day, due_on=day
    )
    return {"pk": made.pk}


def photo(community: str) -> dict[str, Any]:
    made = Finding.objects.create(
        op=uuid4(), area_code=f"{community}001", kind="event", topic="井盖", at=timezone.now(), worker="w",
        photos=["ab" * 32],
    )  # fmt: skip
    return {"pk": made.pk, "digest": "ab" * 32}


def rate(community: str) -> dict[str, Any]:
    return {"code": "visits", "side": "whole"}


NEW = "name=%E9%81%93%E8%B7%AF&kind=daily"
RULE = "care_class=elderly&level=red&times=1&period=week"
LISTS = [
    Row("duties:board", "duty.view", query="?area={area}"),
    Row("duties:rows", "duty.view", query="?area={area}&side=open"),
    Row("duties:day_list", "duty.view", query="?area={area}"),
    Row("duties:export", "duty.view", query="?area={area}"),
    Row("duties:month", "duty.do"),
    Row("duties:rates", "area.view", query="?area={area}"),
    Row("duties:rates_rows", "duty.view", rate, query="?area={area}"),
    Row("duties:findings", "duty.view", query="?area={area}"),
    Row("duties:photo", "duty.view", photo, answers=(404,)),  # its file is still on the way
    Row("duties:responsibilities", "duty.view"),
    Row("duties:scenes", "duty.view"),
    Row("duties:scene", "duty.view", scene),
    Row("duties:new_scene", "scene.edit"),
    Row("duties:new_scene", "scene.edit", None, "POST", form=NEW),
    Row("duties:load_scenes", "scene.edit", None, "POST"),
    Row("duties:edit_scene", "scene.edit", scene),
    Row("duties:edit_scene", "scene.edit", scene, "POST", form=NEW),
    Row("duties:withdraw_scene", "scene.edit", scene, "POST"),
    Row("duties:end_scene", "scene.edit", scene, "POST"),
    Row("duties:copy_scene", "scene.edit", scene, "POST", form="name=%E7%94%B2&area={area}"),
    Row("duties:rules", "duty.view"),
    Row("duties:set_rule", "scene.edit", None, "POST", form=RULE),
    Row("duties:end_rule", "scene.edit", rule, "POST"),
    Row("duties:withdraw_rule", "scene.edit", rule, "POST"),
    Row("duties:duty", "duty.view", duty),
    Row("duties:cancel", "campaign.manage", duty, "POST", form="why=%E9%9B%A8"),
    Row("duties:restore", "campaign.manage", duty, "POST"),
    Row("duties:assign", "campaign.manage", duty, "POST", form="worker=1"),
]

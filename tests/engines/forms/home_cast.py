"""A household form whose answers are facts, a home to ask in, and its people. All invented."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from PIL import Image

from tests import cast
from tests.registry.people.people_cast import PHONE
from wangge.engines.forms import actions
from wangge.engines.forms.models import FormVersion
from wangge.registry.people.actions import find_or_register_household, register_person
from wangge.registry.people.models import Building, Household, Person, Room

from .form_cast import settings, workbook

SURVEY = [
    ["type", "name", "label", "fact"],
    ["select_one state", "state", "房屋怎么用", "room_state"],
    ["decimal", "area", "面积", "room_area"],
    ["text", "block", "楼栋", "building"],
    ["image", "photo", "拍一张", ""],
    ["begin_repeat", "members", "家里的人", ""],
    ["hidden", "person_id", "", ""],
    ["text", "name", "姓名", "name"],
    ["date", "birth", "出生日期", "birth"],
    ["text", "phone", "手机号码", "phone"],
    ["select_one edu", "edu", "文化程度", "education"],
    ["select_one way", "way", "居住方式", "residence_way"],
    ["end_repeat", "", "", ""],
    ["select_one yn", "smoke", "有烟感报警器吗？", "own"],
]
CHOICES = [
    ["list_name", "name", "label"],
    ["yn", "y", "有"],
    ["yn", "n", "没有"],
    ["state", "self", "自住"],
    ["state", "let", "出租"],
    ["edu", "college", "大专"],
    ["edu", "high", "高中"],
    ["way", "own", "自购"],
    ["way", "rent", "租赁"],
]


def form(area: str = cast.DISTRICT, key: str = "home_form") -> FormVersion:
    """The form, given out."""
    content = workbook(SURVEY, CHOICES, settings(key))
    made = actions.upload_form(actor="test", area_code=area, content=content)
    actions.publish_version(actor="test", version=made)
    made.refresh_from_db()
    return made


def home(grid: str = cast.GRID, door: str = "101") -> tuple[Room, Household]:
    """A room with a household."""
    building, _new = Building.objects.get_or_create(
        area_code=grid, community=grid[:12], key="甲栋", defaults={"name": "甲栋"}
    )
    room = Room.objects.create(area_code=grid, building=building, key=f"-{door}", door=door)
    return room, find_or_register_household(actor="test", room=room)


def member(room: Room, household: Household, name: str, **facts: Any) -> Person:
    """Somebody who lives there."""
    told = {"name": name, "birth": date(1980, 5, 6), **facts}
    made = register_person(
        actor="test", facts=told, room=room, household=household, answer="new", way=facts.pop("way", "")
    )
    assert made.person is not None
    return made.person


def person_row(pk: object, **answers: str) -> str:
    """One row of the members."""
    given = {"name": "", "birth": "", "phone": PHONE, "edu": "", "way": "", **answers}
    inside = "".join(f"<{name}>{text}</{name}>" for name, text in given.items())
    return f"<members><person_id>{pk}</person_id>{inside}</members>"


def sheet(
    *rows: str, instance: str = "uuid:7c0e6f1a-0001", key: str = "home_form", photo: str = "", **answers: str
) -> bytes:
    """The form filled in."""
    given = {"state": "", "area": "", "block": "", **answers}
    inside = "".join(f"<{name}>{text}</{name}>" for name, text in given.items())
    return (
        f'<data id="{key}" version="1" xmlns:orx="http://openrosa.org/xforms">{inside}<photo>{photo}</photo>'
        f"{''.join(rows)}<smoke>y</smoke>"
        f"<orx:meta><orx:instanceID>{instance}</orx:instanceID></orx:meta></data>"
    ).encode()


def jpeg() -> bytes:
    """A small photo."""
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(content, "jpeg")
    return content.getvalue()

"""Houses, firms, hazards and inspections of the tests; all invented."""

from __future__ import annotations

import io
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from tests.cast import DISTRICT, GRID
from wangge.engines.cases.actions import Wish, take_step
from wangge.engines.cases.models import Case, Step, Unit, UnitMember
from wangge.registry.people.models import Building, Organisation, Room
from wangge.systems.hazards.actions.inspecting import Answer, Said
from wangge.systems.hazards.actions.opening import Hazard, open_hazard
from wangge.systems.hazards.queries.about import About
from wangge.systems.hazards.queries.checklists import Checklist, checklist

_numbers = count(1)
PHOTO, AFTER = "a" * 64, "b" * 64


def a_building(name: str = "", grid: str = GRID, **more: Any) -> Building:
    """A high-rise of an invented estate."""
    name = name or f"虚构新苑{next(_numbers)}栋"
    given = {"area_code": grid, "community": grid[:12], "key": name, "name": name, "high_rise": True}
    return Building.objects.create(**(given | more))


def a_room(door: str = "101", grid: str = GRID, state: str = "rented") -> Room:
    """A rented room of a house of its own."""
    house = a_building(grid=grid, high_rise=False)
    return Room.objects.create(building=house, area_code=grid, key=door, door=door, floor="1", state=state)


def a_firm(name: str = "", grid: str = GRID) -> Organisation:
    """An open firm."""
    name = name or f"虚构五金店{next(_numbers)}"
    return Organisation.objects.create(area_code=grid, community=grid[:12], name=name, category="firm")


def a_hazard(actor: Any = "test", **more: Any) -> Case:
    """A hazard in the grid of the small district."""
    given: dict[str, Any] = {
        "op": uuid4(),
        "kind": "other",
        "area": GRID,
        "title": "楼道堆物",
        "words": "三楼纸箱",
    }
    return open_hazard(actor=actor, hazard=Hazard(**(given | more)))


def step(case: Case, key: str, actor: Any = "test", **more: Any) -> Step:
    """One step of a hazard."""
    done = take_step(actor=actor, case=case, wish=Wish(key, uuid4(), **more))
    case.refresh_from_db()
    return done


def told(case: Case, **more: Any) -> Case:
    """Told to put it right by an hour from now."""
    until = more.pop("until", timezone.now() + timedelta(hours=1))
    step(case, "tell", words="请清理", until=until)
    return case


def closed(case: Case) -> Case:
    """Told, put right, checked and closed."""
    if case.state == "found":
        told(case)
    step(case, "fixed", words="清了", photos=((AFTER, "after"),))
    step(case, "close", photos=((AFTER, "after"),))
    return case


def a_unit(name: str, *people: Any, classes: tuple[str, ...] = (), kind: str = "department") -> Unit:
    """A department of the district that takes these kinds."""
    unit = Unit.objects.create(key=name, name=name, kind=kind, area_code=DISTRICT, classes=list(classes))
    for user in people:
        UnitMember.objects.create(unit=unit, user=user, since=timezone.localdate())
    return unit


def the(key: str = "hazard_rental") -> Checklist:
    """A checklist of the pack."""
    found = checklist(key)
    assert found is not None
    return found


def said(
    row: Any, key: str = "hazard_rental", *, more: dict[str, Answer] | None = None, **given: Any
) -> Said:
    """An inspection in which everything is good but what is said in ``more``."""
    what = {"Room": "rooms", "Building": "buildings", "Organisation": "organisations"}[type(row).__name__]
    listed = the(key)
    answers = {item.name: Answer("good") for item in listed.items} | (more or {})
    return Said(
        **({"op": uuid4(), "checklist": listed, "about": About(what, row), "answers": answers} | given)
    )


def a_photo(name: str = "a.jpg", colour: str = "red") -> SimpleUploadedFile:
    """A small picture as a browser sends it."""
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(stream, "JPEG")
    return SimpleUploadedFile(name, stream.getvalue(), "image/jpeg")

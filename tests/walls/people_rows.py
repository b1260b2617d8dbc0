"""The doors of the register's pages."""

from __future__ import annotations

from itertools import count
from typing import Any

from tests.walls.row import Row
from wangge.registry.people import actions
from wangge.registry.people.models import (
    Building,
    Contradiction,
    Discrepancy,
    Estate,
    Household,
    Organisation,
    Person,
    Room,
)

_numbers = count(1)


def _room(community: str) -> Room:
    grid, number = f"{community}001", next(_numbers)
    building = Building.objects.create(
        area_code=grid, community=community, key=f"{number}栋", name=f"{number}栋"
    )
    return Room.objects.create(area_code=grid, building=building, key="-1-101", floor="1", door="101")


def _person(community: str) -> Person:
    answer = actions.register_person(
        actor="cli", facts={"name": f"测试{next(_numbers)}"}, room=_room(community), answer="new"
    )
    assert answer.person is not None
    return answer.person


def person(community: str) -> dict[str, Any]:
    return {"pk": _person(community).pk}


def revealed(community: str) -> dict[str, Any]:
    return {"pk": _person(community).pk, "field": "phone"}


def pair(community: str) -> dict[str, Any]:
    return {"keep": _person(community).pk, "absorb": _person(community).pk}


def merged(community: str) -> dict[str, Any]:
    two = pair(community)
    kept, absorbed = Person.objects.get(pk=two["keep"]), Person.objects.get(pk=two["absorb"])
    return {"pk": actions.merge_persons(actor="cli", keep=kept, absorb=absorbed, reason="同一人").pk}


def tie(community: str) -> dict[str, Any]:
    return {"pk": _person(community).ties.latest("pk").pk}


def room(community: str) -> dict[str, Any]:
    return {"pk": _room(community).pk}


def building(community: str) -> dict[str, Any]:
    return {"pk": _room(community).building_id}


def household(community: str) -> dict[str, Any]:
    return {"pk": Household.objects.create(area_code=f"{community}001", room=_room(community)).pk}


def estate(community: str) -> dict[str, Any]:
    return {"pk": Estate.objects.create(area_code=community, name=f"{next(_numbers)}小区").pk}


def organisation(community: str) -> dict[str, Any]:
    name = f"第{next(_numbers)}商店"
    made = Organisation.objects.create(area_code=f"{community}001", community=community, name=name)
    return {"pk": made.pk}


def contradiction(community: str) -> dict[str, Any]:
    made = Contradiction.objects.create(
        person=_person(community), area_code=f"{community}001", field="name", held_source=1, offered_source=1
    )
    return {"pk": made.pk}


def discrepancy(community: str) -> dict[str, Any]:
    made = Discrepancy.objects.create(
        person=_person(community), area_code=f"{community}001", rule="too_old", mark=f"m{next(_numbers)}"
    )
    return {"pk": made.pk}


def area(community: str) -> dict[str, Any]:
    return {"code": f"{community}001"}


PEOPLE = [
    Row("people:list", "person.view"),
    Row("people:search", "person.view", None, "POST"),
    Row("people:register", "person.edit"),
    Row("people:contradictions", "person.edit"),
    Row("people:settle", "person.edit", contradiction, "POST"),
    Row("people:discrepancies", "person.edit"),
    Row("people:decide", "person.edit", discrepancy, "POST", form="what=dismiss&reason=核对过"),
    Row("people:decide_several", "person.edit", None, "POST", form="what=repair"),
    Row("people:unmerge", "person.merge", merged, "POST"),
    Row("people:households", "person.view"),
    Row("people:household", "person.view", household),
    Row("people:room", "person.view", room),
    Row("people:buildings", "person.view"),
    Row("people:building", "person.view", building),
    Row("people:assign_grid", "person.edit", building, "POST"),
    Row("people:edit_building", "person.edit", building),
    Row("people:edit_room", "person.edit", room),
    Row("people:estates", "person.view"),
    Row("people:register_estate", "person.edit"),
    Row("people:estate", "person.view", estate),
    Row("people:edit_estate", "person.edit", estate),
    Row("people:estate_buildings", "person.edit", estate),
    Row("people:close_estate", "person.edit", estate, "POST"),
    Row("people:reopen_estate", "person.edit", estate, "POST"),
    Row("people:organisations", "organisation.view"),
    Row("people:register_organisation", "organisation.edit"),
    Row("people:organisation", "organisation.view", organisation),
    Row("people:edit_organisation", "organisation.edit", organisation),
    Row("people:close_organisation", "organisation.edit", organisation, "POST"),
    Row("people:reopen_organisation", "organisation.edit", organisation, "POST"),
    Row("people:reveal_phone", "person.reveal", organisation, "POST"),
    Row("people:area", "person.view", area),
    Row("people:correct", "person.edit", tie),
    Row("people:person", "person.view", person),
    Row("people:edit", "person.edit", person),
    Row("people:move", "person.edit", person),
    Row("people:depart", "person.edit", person, "POST"),
    Row("people:readings", "person.view", person),
    Row("people:reveal", "person.reveal", revealed, "POST"),
    Row("people:choose_other", "person.merge", person),
    Row("people:merge", "person.merge", pair),
]

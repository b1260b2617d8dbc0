"""Who is looked after in the demo community and by whom, who helps in a building, who works elsewhere."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from django.db.models import Count
from django.utils import timezone

from wangge.foundation.access.models import User
from wangge.lib.scoping import prefix_filter
from wangge.registry.people.models import Tie
from wangge.systems.fieldwork.models import (
    Captain,
    CareContact,
    CarePerson,
    CareService,
    Commuter,
)

OLD, YOUNG = 78, 14
CLASSES = {"elderly": 14, "child": 4, "disabled": 5, "low_income": 4}
LEVELS, SHARES = ("red", "yellow", "green"), (0.15, 0.35, 0.5)
UNPAIRED = 1  # so that the list of those without a contact has something to show
BUILDINGS, COMMUTERS = 6, 12
CITIES = ("广州", "佛山", "中山", "深圳")
FROM = ("party", "retired", "property", "resident")


def make_care(community: str, users: Sequence[User], rng: np.random.Generator, today: date) -> dict[str, int]:
    """People to look after with their contacts and what was done for them."""
    begun = today - timedelta(days=120)
    rows = [
        CarePerson(
            person_id=home.person_id, area_code=home.area_code, care_class=name, begins_on=begun, demo=True,
            level=str(rng.choice(LEVELS, p=SHARES)), reason="示例", source="示例",
        )
        for name, home in _chosen(community, rng, today)
    ]  # fmt: skip
    CarePerson._base_manager.bulk_create(rows)
    paired = rows[: len(rows) - UNPAIRED] if users else []
    CareContact._base_manager.bulk_create(
        CareContact(care=row, user=users[number % len(users)], begins_on=begun)
        for number, row in enumerate(paired)
    )
    now = timezone.now()
    services = [
        CareService(
            op=uuid.UUID(bytes=rng.bytes(16)), care=row, at=now - timedelta(days=int(ago), hours=3),
            way=("door", "phone")[number % 2], safe=True, words="示例：一切正常",
            worker=users[number % len(users)].username,
        )
        for number, row in enumerate(paired)
        for ago in rng.choice(60, 3, replace=False)
    ]  # fmt: skip
    CareService._base_manager.bulk_create(services)
    return {"care": len(rows), "services": len(services)}


def _chosen(community: str, rng: np.random.Generator, today: date) -> list[tuple[str, Tie]]:
    homes = _homes(community)
    ages = {home.pk: today.year - home.person.birth.year for home in homes if home.person.birth}
    old = [home for home in homes if ages.get(home.pk, 0) >= OLD]
    young = [home for home in homes if ages.get(home.pk, 99) < YOUNG]
    others = [home for home in homes if YOUNG <= ages.get(home.pk, 0) < OLD]
    taken: list[tuple[str, Tie]] = []
    for name, count in CLASSES.items():
        pool = {"elderly": old, "child": young}.get(name, others)
        picked = rng.permutation(len(pool))[:count]
        taken += [(name, pool[int(at)]) for at in picked]
    return taken


def _homes(community: str) -> list[Tie]:
    rows = Tie._base_manager.filter(
        prefix_filter("area_code", community), kind="lives", known_to=None, valid_to=None, person__demo=True,
        room__isnull=False,
    )  # fmt: skip
    return list(rows.select_related("person", "room").order_by("pk"))


def make_neighbours(community: str, rng: np.random.Generator, today: date) -> dict[str, int]:
    """Captains of the fullest buildings, and people who work in another city."""
    homes = [home for home in _homes(community) if home.person.birth]
    adults = [home for home in homes if home.person.birth and today.year - home.person.birth.year >= 25]
    fullest = Tie._base_manager.filter(pk__in=[home.pk for home in adults]).values("room__building")
    ranked = fullest.annotate(people=Count("pk")).order_by("-people", "room__building")[:BUILDINGS]
    first = {home.room.building_id: home for home in reversed(adults) if home.room}
    captains = [
        Captain(
            building_id=row["room__building"], person_id=first[row["room__building"]].person_id,
            came_from=FROM[at % len(FROM)], named_by=("self", "mass", "organisation")[at % 3], demo=True,
            begins_on=today - timedelta(days=200), council=at % 3 == 0,
        )
        for at, row in enumerate(ranked)
    ]  # fmt: skip
    Captain._base_manager.bulk_create(captains)
    people = {home.person_id: home for home in adults}
    away = [list(people.values())[int(at)] for at in rng.permutation(len(people))[:COMMUTERS]]
    Commuter._base_manager.bulk_create(
        Commuter(
            person_id=home.person_id, area_code=home.area_code, city=CITIES[at % len(CITIES)],
            returns=("每天", "周末", "每月")[at % 3], begins_on=today - timedelta(days=90),
        )
        for at, home in enumerate(away)
    )  # fmt: skip
    return {"captains": len(captains), "commuters": len(away)}

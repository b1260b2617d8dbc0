"""Child process of the duty bench: fills a district, makes a year of duties, and the floor under it."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

ROOMS, BUILDINGS, CARE = 600, 30, 20  # in each grid
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
KNOWN = datetime(2025, 1, 1, tzinfo=UTC)


def main() -> None:
    """Print what was measured as JSON."""
    from wangge.site.cli import everywhere, start_django

    start_django()
    with everywhere():
        print(json.dumps(measured(sys.argv[1] == "quick")))


def measured(quick: bool) -> dict[str, Any]:
    from wangge.systems.fieldwork.actions.generate import generate_days, generate_duties
    from wangge.systems.fieldwork.models import Duty

    grids = fill(quick)
    last = date(2026, 1, 31) if quick else LAST
    year = timed(lambda: generate_days(actor="bench", first=FIRST, last=last))
    count = Duty.objects.count()
    floor = bare(Duty)
    day = date(2027, 3, 3)
    one, made = timed_with(lambda: generate_duties(actor="bench", day=day))
    again = timed(lambda: generate_duties(actor="bench", day=day))
    per_grid = 60 if quick else ROOMS
    return {
        "duties": count, "rooms": grids * per_grid, "care": grids * CARE, "year": year, "floor": floor,
        "day": one, "of_day": made, "again": again,
    }  # fmt: skip


def bare(model: Any) -> float:
    """Seconds that ``bulk_create`` takes for the rows that stand, into the empty table."""
    from django.db import connection, transaction

    table, names = model._meta.db_table, [field.attname for field in model._meta.concrete_fields]
    spent, last = 0.0, 0
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bench_aside AS SELECT * FROM {table}")
        cursor.execute(f"DELETE FROM {table}")
    while rows := read_after(names, last):
        last = rows[-1][names.index("id")]
        made = [model(**dict(zip(names, row, strict=True))) for row in rows]
        begun = time.perf_counter()
        with transaction.atomic():
            model.objects.bulk_create(made, batch_size=2_000)
        spent += time.perf_counter() - begun
    return spent


def read_after(names: list[str], last: int) -> list[tuple[Any, ...]]:
    """The next rows put aside, as a model takes them."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(names)} FROM bench_aside WHERE id > %s ORDER BY id LIMIT 50000", [last]
        )
        return cursor.fetchall()


def timed_with(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    answer = work()
    return time.perf_counter() - begun, answer


def timed(work: Callable[[], Any]) -> float:
    return timed_with(work)[0]


def fill(quick: bool) -> int:
    """Workers, buildings, rooms, care persons and the shipped lists; returns the number of grids."""
    from django.db import transaction

    from wangge.foundation.access.models import Grant, User
    from wangge.foundation.territory.queries import grid_codes_on
    from wangge.registry.people.models import Building, Person, Room, Tie
    from wangge.systems.fieldwork.actions.scenes_pack import load_pack
    from wangge.systems.fieldwork.models import CarePerson

    grids, many = grid_codes_on(FIRST), 60 if quick else ROOMS
    with transaction.atomic():
        users = User.objects.bulk_create(
            User(username=f"bench{at}", name=f"试用{at}", password="!") for at in range(2 * len(grids))
        )
        Grant.objects.bulk_create(
            Grant(
                user=user, role="grid_worker", area_code=grids[at // 2], valid_from=FIRST, granted_by="bench"
            )
            for at, user in enumerate(users)
        )
        buildings = Building.objects.bulk_create(
            Building(area_code=grid, community=grid[:12], key=f"{grid[-3:]}-{at}", name=f"{at}栋",
                     lon=113 + int(grid[6:]) % 997 / 9970 + at / 20_000, lat=22.5 + at * 7 % 31 / 3_000)
            for grid in grids for at in range(BUILDINGS)
        )  # fmt: skip
        rooms = Room.objects.bulk_create(
            (
                Room(
                    area_code=home.area_code,
                    building=home,
                    key=f"-{at}",
                    floor=str(at // 4 + 1),
                    door=str(at),
                )
                for home in buildings
                for at in range(many // BUILDINGS)
            ),
            batch_size=5_000,
        )
        cared = rooms[:: max(len(rooms) // (CARE * len(grids)), 1)][: CARE * len(grids)]
        people = Person.objects.bulk_create(Person(name="试用", confirmed_at=FIRST) for _room in cared)
        Tie.objects.bulk_create(
            Tie(person=person, kind="lives", area_code=room.area_code, room=room, known_from=KNOWN)
            for person, room in zip(people, cared, strict=True)
        )
        CarePerson.objects.bulk_create(
            CarePerson(person=person, area_code=room.area_code, begins_on=FIRST,
                       care_class=("elderly", "disabled", "child", "low_income")[at % 4],
                       level=("red", "yellow", "green")[at % 3])
            for at, (person, room) in enumerate(zip(people, cared, strict=True))
        )  # fmt: skip
        load_pack(actor="bench", area_code="440703000000", on=FIRST)
    return len(grids)

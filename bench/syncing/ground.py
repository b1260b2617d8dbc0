"""Grids full of invented people, written in bulk, and workers who are signed in."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from datetime import date
from typing import Any

SEED = 440703
ROOMS_A_BUILDING = 20
SURNAMES, GIVEN = "赵钱孙李周吴郑王", "安宁乐平和清远明"


def fill(areas: list[str], people: int, rooms: int, organisations: int) -> None:
    """So many people, rooms and organisations into each of these grids; phones sealed like all others."""
    for number, area in enumerate(areas):
        _fill(area, number, people, rooms, organisations)


def _fill(area: str, number: int, people: int, rooms: int, organisations: int) -> None:
    from django.utils import timezone

    from wangge.lib.sealing import blind_many, seal_many
    from wangge.registry.people.models import Building, Household, Organisation, Person, Room, Tie

    rng, now = random.Random(SEED + number), timezone.now()
    buildings = Building._base_manager.bulk_create(
        Building(
            area_code=area, community=area[:12], key=f"{area} {n}", name=f"{n}栋", floors=8,
            lon=113.05 + rng.random() / 100, lat=22.6 + rng.random() / 100, demo=True,
        )
        for n in range(1, rooms // ROOMS_A_BUILDING + 1)
    )  # fmt: skip
    doors = Room._base_manager.bulk_create(
        Room(
            area_code=area, building=buildings[n // ROOMS_A_BUILDING % len(buildings)], key=f"1-{n}",
            unit="1", floor=str(n % 8 + 1), door=str(n), demo=True, state="own",
        )
        for n in range(rooms)
    )  # fmt: skip
    homes = Household._base_manager.bulk_create(
        Household(area_code=area, room=door, kind="hukou", demo=True) for door in doors
    )
    phones = [f"100{rng.randrange(10**8):08}" for _ in range(people)]
    persons = Person._base_manager.bulk_create(
        Person(
            name=rng.choice(SURNAMES) + rng.choice(GIVEN) + rng.choice(GIVEN), sex=rng.choice("12"),
            birth=date(rng.randrange(1935, 2024), rng.randrange(1, 13), rng.randrange(1, 29)),
            phone_sealed=sealed, phone_index=index, demo=True,
            confirmed_at=date(2026, rng.randrange(1, 11), 5),
        )
        for sealed, index in zip(seal_many(phones), blind_many(phones), strict=True)
    )  # fmt: skip
    Tie._base_manager.bulk_create(
        Tie(
            person=person, kind="lives", area_code=area, room=doors[n % rooms], household=homes[n % rooms],
            relation="01", known_from=now, valid_from=date(2024, 1, 1),
        )
        for n, person in enumerate(persons)
    )  # fmt: skip
    Organisation._base_manager.bulk_create(
        Organisation(
            area_code=area,
            community=area[:12],
            name=f"{area[-3:]} {n}号便民店",
            category="self",
            address=f"{n}号",
        )
        for n in range(organisations)
    )


def grids(number: int) -> list[str]:
    """So many general grids of the district."""
    from wangge.foundation.territory.models import Area

    codes = Area._base_manager.filter(level="grid", kind="general", valid_to=None).order_by("code")
    return list(codes.values_list("code", flat=True)[:number])


def workers(areas: list[str], number: int) -> Iterator[tuple[Any, str]]:
    """Grid workers, dealt to the grids in turn, and the key of a session for each."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from wangge.foundation.access.models import Grant, User

    store = import_module(settings.SESSION_ENGINE).SessionStore
    for n in range(number):
        area = areas[n % len(areas)]
        user = User.objects.create(username=f"bench{n}", name=f"试用{n}", area_code=area, password="!")
        Grant.objects.create(user=user, role="grid_worker", area_code=area, granted_by="bench")
        session = store()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        yield user, str(session.session_key)


def a_photo(size: int) -> bytes:
    """A JPEG of 1,280 × 960 pixels that decodes like one from a phone, without its last bytes of comment:
    whoever adds them makes photos that all differ."""
    from PIL import Image

    rng = random.Random(SEED)
    coarse = Image.frombytes("RGB", (160, 120), rng.randbytes(160 * 120 * 3))
    picture, quality = coarse.resize((1280, 960), Image.Resampling.BICUBIC), 92
    while True:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality)
        if out.tell() <= size or quality < 30:
            return out.getvalue()
        quality -= 4

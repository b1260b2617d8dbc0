"""Loading the demo district in one transaction: all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection, models, transaction
from django.utils import timezone

from wangge.foundation.journal import actions as journal
from wangge.registry.people.models import Person

from .asked import make_requests
from .declared import make_declarations
from .disputes import make_disputes
from .education import make_education
from .exchange import make_shares
from .fieldwork import make_fieldwork
from .ground import SIZES, Ground, Size, load_ground
from .groups import make_groups
from .hazards import make_hazards
from .households import make_households
from .incidents import make_incidents
from .orders import make_screening, make_typhoon
from .organisations import make_organisations
from .pending import make_pending
from .people import make_people
from .places import make_places
from .register import Register, write_organisations, write_people, write_places, write_ties
from .rows import Note
from .ties import make_ties, settle
from .tours import make_tours
from .users import demo_areas, demo_workers, make_users
from .whistles import make_whistles

LOCAL_SHARE = 0.63  # of people in local households; those from outside among them leave about 62 %
SEED = 20260703


class NoGround(ValueError):
    """There are no grids to put people into."""


@dataclass(frozen=True)
class Loaded:
    """What a load made, or found (``new`` False)."""

    new: bool
    counts: dict[str, int]


def counts() -> dict[str, int]:
    """The demo rows that are there."""
    from wangge.registry.people.models import Building, Organisation, Room

    found: dict[str, type[models.Model]] = {
        "people": Person,
        "rooms": Room,
        "buildings": Building,
        "organisations": Organisation,
    }
    return {name: model._base_manager.filter(demo=True).count() for name, model in found.items()}


def load(
    scale: str | Size = "sample",
    *,
    seed: int = SEED,
    today: date | None = None,
    note: Note = lambda title, done, total: None,
    ground: Ground | None = None,
) -> Loaded:
    """Fill the register with invented people, unless demo people are there.

    Args:
        scale: "sample" (1:20), "full", or a size of one's own.
        seed: equal seeds on equal days make equal districts.
        note: told what is being written, how much is done and how much there is.
        ground: the grids to build on; those in force when not given.

    Raises:
        NoGround: no grid is loaded.
    """
    if Person._base_manager.filter(demo=True).exists():
        return Loaded(False, counts())
    size = SIZES[scale] if isinstance(scale, str) else scale
    day = today or timezone.localdate()
    ground = ground or load_ground(day)
    if not len(ground):
        raise NoGround("no grids are loaded")
    town = demo_areas(ground)["town"]
    make_typhoon(town)
    _give_memory()
    with transaction.atomic():
        register = _fill(np.random.default_rng(seed), ground, size, day, note)
        made = make_pending(register, today=day)
        made["requests"] = make_requests(demo_areas(ground)["community"], today=day)
        users = make_users(ground)
        made["groups"] = make_groups()
        declared = make_declarations(register, np.random.default_rng(seed + 1), workers=demo_workers())
        field = make_fieldwork(demo_areas(ground), np.random.default_rng(seed + 2), today=day)
        field |= make_incidents(demo_areas(ground), today=day)
        field |= make_hazards(demo_areas(ground))
        field |= make_tours(demo_areas(ground), today=day)
        field |= make_disputes(demo_areas(ground))
        field |= make_shares(demo_areas(ground), today=day)
        field |= make_whistles(demo_areas(ground))
        field |= make_education(demo_areas(ground))
        made["order_values"] = make_screening(town)
        done = {**register.counts(), **made, **declared, **field, "users": users}
        journal.record("demo.loaded", actor="cli", area="", data={"seed": seed, **done})
    _refresh_statistics()
    return Loaded(True, done)


def _fill(rng: np.random.Generator, ground: Ground, size: Size, day: date, note: Note) -> Register:
    today = np.datetime64(day, "D")
    places = make_places(rng, ground, size)
    homes = make_households(rng, places, size.people, LOCAL_SHARE)
    people = make_people(rng, homes, today)
    room_grid = places.grid[places.building]
    residence = settle(rng, homes, people, len(room_grid), today)
    free = np.setdiff1d(np.arange(len(room_grid)), homes.room)
    organisations = make_organisations(rng, ground, size, free, room_grid, today)
    ties = make_ties(rng, homes, people, residence, organisations, room_grid)
    register = Register(ground, places, homes, people, residence, organisations, ties, today)
    write_places(register, rng, note)
    write_people(register, rng, note)
    write_organisations(register, note)
    write_ties(register, rng, note)
    return register


def _give_memory() -> None:
    """A large page cache while random index keys are inserted; the connection's own setting, SQLite only."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -600000")


def _refresh_statistics() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA cache_size = -64000")
            if not connection.in_atomic_block:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("ANALYZE")

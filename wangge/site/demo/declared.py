"""About two hundred declarations in the demo community, in every state a declaration can be in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from django.utils import timezone

from wangge.foundation.access.models import User
from wangge.systems.declarations.actions.matching import match_waiting
from wangge.systems.declarations.actions.submit import Client, submit
from wangge.systems.declarations.enums import Channel, Kind, ReportedBy, Transport
from wangge.systems.declarations.models import Declaration, ReportCode
from wangge.systems.declarations.queries.notice import VERSION
from wangge.systems.declarations.queries.regions import region_of

from .decided import decide
from .numbers import make_ids, make_phones
from .register import Register
from .report_codes import home_grids, make_codes

REPORTS = 150
FROM = (
    "湖北省武汉市",
    "湖南省长沙市",
    "广西壮族自治区南宁市",
    "广东省广州市",
    "四川省成都市",
    "贵州省遵义市",
)
KINDS = (Kind.COMING, Kind.RETURNING, Kind.LEAVING, Kind.VISITING, Kind.FAMILY_OUT, Kind.STAYING)
SHARES = (0.3, 0.3, 0.12, 0.12, 0.06, 0.1)
STRANGERS = 0.25  # of the declared are not in the register
WITHHELD = 0.1  # of the others give no id number, so that somebody must say who it is


def make_declarations(register: Register, rng: np.random.Generator, *, workers: list[User]) -> dict[str, int]:
    """Codes, declarations and what was decided about them; returns how many of each."""
    now = timezone.now()
    codes = make_codes(register, today=timezone.localdate())
    live = [code for code in codes if code.valid_to is None]
    moments = [now - timedelta(hours=float(hours)) for hours in _ages(rng)]
    reports = [
        _declare(register, rng, household, live, moment)
        for household, moment in zip(_households(register, rng), moments, strict=True)
    ]
    match_waiting()
    lines = Declaration._base_manager.filter(report__in=reports).order_by("received_at", "line")
    counts = decide(list(lines), rng, workers=workers, now=now)
    return {"codes": len(codes), "declarations": lines.count(), **counts}


def _ages(rng: np.random.Generator) -> np.ndarray:
    """Hours ago: some just now, some overdue, most of the last ten days."""
    fresh, late, old = REPORTS // 6, REPORTS // 12, REPORTS - REPORTS // 6 - REPORTS // 12
    return np.concatenate([rng.uniform(0.1, 9, fresh), rng.uniform(13, 30, late), rng.uniform(36, 240, old)])


def _households(register: Register, rng: np.random.Generator) -> list[list[int]]:
    """Members (rows of people) of households of the demo community, one to three of each."""
    grid = register.places.grid[register.places.building[register.homes.room]][register.homes.household]
    rows = np.flatnonzero(np.isin(grid, home_grids(register)) & (register.people.ids != ""))
    by_home: dict[int, list[int]] = {}
    for row in rows.tolist():
        by_home.setdefault(int(register.homes.household[row]), []).append(row)
    homes = list(by_home.values())
    chosen = rng.integers(0, len(homes), REPORTS)
    return [homes[at][: int(rng.choice((1, 1, 1, 2, 3)))] for at in chosen.tolist()]


def _declare(
    register: Register, rng: np.random.Generator, rows: list[int], codes: list[ReportCode], moment: datetime
) -> UUID:
    report = UUID(bytes=rng.bytes(16), version=4)
    kind = Kind(str(rng.choice(KINDS, p=SHARES)))
    away, by = kind in (Kind.LEAVING, Kind.FAMILY_OUT), ReportedBy.SELF
    if rng.random() < 0.15:
        by = ReportedBy(str(rng.choice([ReportedBy.RELATIVE, ReportedBy.LANDLORD, ReportedBy.WORKER])))
    place = str(rng.choice(FROM))
    people = [_person(register, rng, row) for row in rows]
    people[0]["phone"] = people[0]["phone"] or _phone(rng)
    payload = {
        "report": str(report),
        "code": codes[int(rng.integers(len(codes)))].number,
        "kind": kind,
        "reported_by": by,
        "reporter": {} if by == ReportedBy.SELF else {"name": people[0]["name"], "phone": _phone(rng)},
        "consent": {"notice": VERSION},
        "people": people,
        "trip": {
            "from_text": "" if away else place,
            "from_region": "" if away else region_of(place),
            "depart_at" if away else "arrive_at": moment.isoformat(),
            "transport": str(rng.choice(Transport.values)),
        },
        "stay": {
            "address": _address(register, rng, rows[0]),
            "purpose": "探亲" if kind == Kind.VISITING else "",
        },
    }
    channel = Channel.CONSOLE if by == ReportedBy.WORKER else Channel.SCAN
    submit(payload, channel=channel, client=Client())
    Declaration._base_manager.filter(report=report).update(
        received_at=moment, state_at=moment, consented_at=moment, demo=True
    )
    return report


def _person(register: Register, rng: np.random.Generator, row: int) -> dict[str, Any]:
    people = register.people
    if (chance := rng.random()) >= STRANGERS:
        if chance > 1 - WITHHELD and not np.isnat(people.births[row]):
            return {"name": people.names[row], "birth": str(people.births[row]), "phone": ""}
        return {
            "name": people.names[row],
            "id_type": str(people.id_types[row]),
            "id_no": str(people.ids[row]),
            "phone": str(people.phones[row]),
        }
    birth = np.array(["1960-01-01"], "datetime64[D]") + int(rng.integers(0, 16_000))
    number = make_ids(birth, np.array([rng.random() < 0.5]), first=450)[0]
    return {
        "name": people.names[int(rng.integers(len(people.names)))],
        "id_no": str(number),
        "phone": _phone(rng),
    }


def _phone(rng: np.random.Generator) -> str:
    return str(make_phones(80_000_000 + int(rng.integers(1_000_000)), 1)[0])


def _address(register: Register, rng: np.random.Generator, row: int) -> str:
    """Where she is registered; one in seven declares another door."""
    room = int(register.homes.room[register.homes.household[row]])
    if rng.random() < 0.15:
        room = min(room + 1, len(register.places.building) - 1)
    return register.address_of(room)

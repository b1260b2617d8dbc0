"""Ledgers as people really keep them: invented residents, every cell spelt the way somebody would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.conf import settings

from wangge.foundation.territory.districts import read_package

from .ground import Ground, Size, short_name
from .households import make_households
from .mess import Spelling, spell
from .numbers import make_ids
from .origins import draw_origins
from .people import make_people
from .places import make_places

HEADER = (
    "序号", "姓名", "性别", "出生日期", "身份证号码", "联系电话", "与户主关系", "户籍地址", "现住地址",
    "文化程度", "婚姻状况", "工作单位", "人口类型", "来本地日期", "备注",
)  # fmt: skip
DOUBLES = 0.02  # rows that name somebody a second time
ID_START = 300
PHONE_START = 80_000_000
EMPLOYERS = (
    "蓬江区岚启恒五金制品有限公司",
    "蓬江区汐照服饰有限公司",
    "棠棣百货店",
    "渊渟物流有限公司",
    "",
    "",
    "无",
)


@dataclass
class Residents:
    """Clean columns of a ledger, one item a person, households together."""

    names: list[str]
    male: list[bool]
    births: list[date | None]
    ids: list[str]
    phones: list[str]
    relations: list[str]
    hukou: list[str]
    house: list[str]  # town, community and building
    label: list[str]  # 2单元501, "" for a whole house
    education: list[str]
    marriage: list[str]
    employers: list[str]
    local: list[bool]
    arrived: list[date | None]
    household: list[int]

    def __len__(self) -> int:
        return len(self.names)

    def picked(self, rows: Sequence[int]) -> Residents:
        """These rows in this order."""
        return Residents(**{name: [column[row] for row in rows] for name, column in vars(self).items()})


def shipped_ground(code: str = "") -> Ground:
    """The communities of the district package as if each were one grid without a shape."""
    areas = {row.code: row for row in read_package(code or settings.DISTRICT).areas}
    found = [row for row in areas.values() if row.level == "community"]
    names = [short_name(row.name) for row in found]
    paths = [areas[row.code[:9] + "000"].name + name for row, name in zip(found, names, strict=True)]
    codes = [row.code for row in found]
    urban = np.array([not name.endswith("村") for name in names], bool)
    return Ground([f"{c}001" for c in codes], codes, names, paths, urban, [None] * len(codes))


def invent_residents(
    count: int, seed: int, *, ground: Ground | None = None, today: date = date(2026, 11, 1)
) -> Residents:
    """``count`` people in households with addresses; equal seeds make equal people."""
    ground = ground or shipped_ground()
    rng = np.random.default_rng([seed, 77])
    day = np.datetime64(today, "D")
    places = make_places(rng, ground, Size(max(40, count // 7), max(120, count * 10 // 22), count, 0, 0))
    homes = make_households(rng, places, count, 0.6)
    people = make_people(rng, homes, day, PHONE_START)
    ours = people.id_types == "111"
    ids = np.where(ours, make_ids(people.births, homes.male, first=ID_START), people.ids).tolist()
    _codes, villages = draw_origins(rng, len(homes.kind))
    house = [f"{ground.paths[g]}{name}" for g, name in zip(places.grid.tolist(), places.names, strict=True)]
    room = homes.room[homes.household]
    building, unit = places.building[room].tolist(), places.unit[room].tolist()
    floor, door = places.floor[room].tolist(), places.door[room].tolist()
    label = [
        f"{u}单元{f}{d:02d}" if u else f"{f}{d:02d}" if f else ""
        for u, f, d in zip(unit, floor, door, strict=True)
    ]
    at = [house[b] for b in building]
    local = people.local.tolist()
    years = (rng.gamma(1.2, 2.2, count) * 365).astype(np.int64)
    arrived = np.maximum(day - years, people.births).tolist()
    work = (rng.integers(len(EMPLOYERS), size=count) + len(EMPLOYERS) * (people.employment != "24")).tolist()
    return Residents(
        names=people.names, male=homes.male.tolist(), births=people.births.tolist(), ids=ids,
        phones=people.phones.tolist(),
        relations=homes.relation.tolist(),
        hukou=[f"{a}{b}" if here else villages[h]
               for a, b, here, h in zip(at, label, local, homes.household.tolist(), strict=True)],
        house=at, label=label, education=people.education.tolist(), marriage=people.marriage.tolist(),
        employers=[EMPLOYERS[w] if w < len(EMPLOYERS) else "" for w in work], local=local,
        arrived=[None if here else day for here, day in zip(local, arrived, strict=True)],
        household=homes.household.tolist(),
    )  # fmt: skip


def messy_rows(n: int, seed: int = 1, *, errors: float = 0.05) -> Iterator[list[object]]:
    """``n`` rows of 15 cells under ``HEADER``, the last fiftieth naming earlier people again.

    Args:
        errors: share of rows with something that cannot be right.

    About 0.1 s per 10,000 rows; the people are made before the first row comes.
    """
    doubled = int(n * DOUBLES) if n >= 100 else 0
    residents = invent_residents(n - doubled, seed)
    yield from spelt(residents, seed, errors=errors)
    rng = np.random.default_rng([seed, 78])
    again = residents.picked(rng.integers(len(residents), size=doubled).tolist())
    yield from spelt(again, seed + 1, errors=0, first=n - doubled + 1)


def spelt(residents: Residents, seed: int, *, errors: float, first: int = 1) -> Iterator[list[object]]:
    """The rows of a ledger of these people, each cell spelt in one of its usual ways."""
    return spell(residents, Spelling(np.random.default_rng([seed, 79]), errors), first)

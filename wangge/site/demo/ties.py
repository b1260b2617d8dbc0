"""Dated relations of the demo people: where they live, are registered, own, rent, work, care."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from .households import COLLECTIVE, SHARED, Households
from .organisations import Organisations, draw_employers
from .people import People

Ints = NDArray[np.int64]
Days = NDArray[np.datetime64]
NEVER = np.datetime64("NaT", "D")
WORKING = ("11", "13", "17", "21", "24", "54")


@dataclass
class Residence:
    """How members live here: room of the hukou (-1 = elsewhere), since and until when (NaT = unknown or
    still), ``away`` = registered here but living elsewhere, way of living, status, owners by household."""

    hukou_room: Ints
    since: Days
    until: Days
    away: NDArray[np.bool_]
    status: NDArray[np.str_]
    way: NDArray[np.str_]
    owned: NDArray[np.bool_]  # per household


def settle(
    rng: np.random.Generator, homes: Households, people: People, room_count: int, today: np.datetime64
) -> Residence:
    """Decide how each household holds its home, and who of it is registered where."""
    count = len(homes.age)
    collective, shared = np.isin(homes.kind, COLLECTIVE), np.isin(homes.kind, SHARED)
    owned = homes.local & ~collective & ~shared & (rng.random(len(homes.kind)) < 0.93)
    owned |= ~homes.local & ~collective & ~shared & (rng.random(len(homes.kind)) < 0.16)
    way = np.where(collective, "4", np.where(owned, "1", np.where(rng.random(len(owned)) < 0.05, "5", "2")))
    years = np.where(homes.local, rng.gamma(2.2, 7, len(owned)), rng.gamma(1.2, 2.2, len(owned)))
    since = (today - (years * 365).astype(np.int64))[homes.household] + rng.integers(0, 20, count)
    since = np.minimum(np.maximum(since, people.births), today)
    since[rng.random(count) < 0.1] = NEVER
    hukou_room = np.where(people.local, homes.room[homes.household], -1)
    elsewhere = people.local & (rng.random(len(owned)) < 0.07)[homes.household]
    hukou_room[elsewhere] = rng.integers(room_count, size=len(owned))[homes.household][elsewhere]
    grown_child = np.isin(homes.relation, ["20", "30"]) & (homes.age >= 18) & people.local
    away = grown_child & (rng.random(count) < 0.12)
    status, until = _departures(rng, homes, since, today)
    return Residence(
        hukou_room, since, until, away & (status == "active"), status, way[homes.household], owned
    )


def _departures(
    rng: np.random.Generator, homes: Households, since: Days, today: np.datetime64
) -> tuple[NDArray[np.str_], Days]:
    """A few left, a few of the old died, all within the last three hundred days."""
    draw = rng.random(len(homes.age))
    status = np.where(draw < np.where(homes.age > 70, 0.012, 0.0003), "dead", "active")
    single = np.bincount(homes.household)[homes.household] == 1
    status = np.where((draw > np.where(single, 0.97, 0.997)) & (status == "active"), "left", status)
    day = today - rng.integers(1, 300, len(status))
    until = np.where(status == "active", NEVER, np.fmax(day, since))
    return status, until


def make_ties(
    rng: np.random.Generator,
    homes: Households,
    people: People,
    residence: Residence,
    organisations: Organisations,
    room_grid: Ints,
) -> pl.DataFrame:
    """Every tie as one frame of row numbers: columns as in ``_frame``, -1 or null = none."""
    room = homes.room[homes.household]
    here = np.flatnonzero(~residence.away)
    floating = ~people.local
    reason = np.where(
        floating & (homes.age > 17),
        rng.choice(["1", "3", "9", "14"], len(room), p=[0.68, 0.12, 0.15, 0.05]),
        "",
    )
    reason = np.where(floating & (homes.age <= 17), rng.choice(["9", "13"], len(room)), reason)
    lives = _frame(
        "lives", here, room_grid[room[here]], room=room[here], household=homes.household[here],
        relation=homes.relation[here], way=residence.way[here], reason=reason[here],
        since=residence.since[here], until=residence.until[here],
    )  # fmt: skip
    registered = np.flatnonzero(residence.hukou_room >= 0)
    at = residence.hukou_room[registered]
    same = at == room[registered]
    hukou = _frame(
        "hukou", registered, room_grid[at], room=at,
        household=np.where(same, homes.household[registered], -1),
        relation=np.where(same, homes.relation[registered], ""),
        since=np.where(same, residence.since[registered], NEVER),
        until=np.where(residence.status[registered] == "dead", residence.until[registered], NEVER),
    )  # fmt: skip
    frames = [lives, hukou, *_property(rng, homes, people, residence, room_grid)]
    frames.append(_work(rng, homes, people, residence, organisations, room_grid))
    frames.append(_care(rng, homes, people, residence, room_grid))
    return pl.concat([frame for frame in frames if frame.height])


def _frame(kind: str, person: Ints, grid: Ints, **given: NDArray) -> pl.DataFrame:
    count = len(person)
    empty = np.full(count, "", "<U1")
    none = np.full(count, -1)
    columns = {
        "person": person,
        "kind": np.full(count, kind),
        "grid": grid,
        "room": given.get("room", none),
        "household": given.get("household", none),
        "organisation": given.get("organisation", none),
        "other": given.get("other", none),
        "relation": given.get("relation", empty),
        "way": given.get("way", empty),
        "reason": given.get("reason", empty),
        "job": given.get("job", empty),
        "since": given.get("since", np.full(count, NEVER)),
        "until": given.get("until", np.full(count, NEVER)),
    }
    text = {"kind", "relation", "way", "reason", "job"}
    return pl.DataFrame(
        {
            name: pl.Series(name, values.tolist() if name in text else values)
            for name, values in columns.items()
        },
        schema_overrides={"since": pl.Date, "until": pl.Date},
    )


def _property(
    rng: np.random.Generator, homes: Households, people: People, residence: Residence, room_grid: Ints
) -> list[pl.DataFrame]:
    """Heads own their homes; let rooms have a renter and an owner, a local adult of the neighbourhood."""
    heads = homes.heads
    since = residence.since[heads]
    own = np.flatnonzero(residence.owned)
    frames = [_frame("owns", heads[own], room_grid[homes.room[own]], room=homes.room[own], since=since[own])]
    let = np.flatnonzero(residence.way[heads] == "2")
    frames.append(
        _frame(
            "rents",
            heads[let],
            room_grid[homes.room[let]],
            room=homes.room[let],
            way=np.full(len(let), "2"),
            since=since[let],
            until=residence.until[heads[let]],
        )
    )
    landlords = heads[own][people.local[heads[own]]]
    if len(landlords) and len(let):
        at = np.searchsorted(homes.room[homes.household[landlords]], homes.room[let])
        near = np.clip(at + rng.integers(-40, 41, len(let)), 0, len(landlords) - 1)
        known = rng.random(len(let)) < 0.88  # of some the owner is not known
        frames.append(
            _frame(
                "owns", landlords[near[known]], room_grid[homes.room[let[known]]], room=homes.room[let[known]]
            )
        )
    return frames


def _work(
    rng: np.random.Generator,
    homes: Households,
    people: People,
    residence: Residence,
    organisations: Organisations,
    room_grid: Ints,
) -> pl.DataFrame:
    workers = np.flatnonzero(
        np.isin(people.employment, WORKING) & ~residence.away & (rng.random(len(homes.age)) < 0.82)
    )
    employer = draw_employers(rng, organisations, workers, room_grid[homes.room[homes.household[workers]]])
    jobs = {"24": "操作工", "17": "文员", "13": "技术员", "54": "店主", "21": "主管", "11": "科员"}
    job = np.zeros(len(workers), "<U4")
    for code, title in jobs.items():
        job[people.employment[workers] == code] = title
    return _frame("works", workers, organisations.grid[employer], organisation=employer, job=job)


def _care(
    rng: np.random.Generator, homes: Households, people: People, residence: Residence, room_grid: Ints
) -> pl.DataFrame:
    """Some of the old who live alone have somebody of their name who looks after them."""
    sizes = np.bincount(homes.household)
    heads = homes.heads
    old = heads[
        (sizes == 1)
        & (homes.age[heads] >= 65)
        & (residence.status[heads] == "active")
        & (rng.random(len(heads)) < 0.4)
    ]
    carers = np.flatnonzero(
        (homes.age >= 35) & (homes.age < 62) & people.local & (residence.status == "active")
    )
    if not len(old) or not len(carers):
        return _frame("cares", np.empty(0, np.int64), np.empty(0, np.int64))
    order = carers[np.argsort(homes.surname[carers], kind="stable")]
    low = np.searchsorted(homes.surname[order], homes.surname[old])
    high = np.searchsorted(homes.surname[order], homes.surname[old], side="right")
    found = high > low
    old, low, high = old[found], low[found], high[found]
    carer = order[low + (rng.random(len(old)) * (high - low)).astype(np.int64)]
    return _frame("cares", carer, room_grid[homes.room[homes.household[old]]], other=old)

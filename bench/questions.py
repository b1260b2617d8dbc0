"""What a visit asks when it composes itself, beside the forms of those who want something at the door, each
by itself: a generated grid of 800 homes and 3,000 people whose facts were confirmed at random within the last
year (each fact by itself), with two running campaigns (三问一完善 of 14 questions, a gas check of 8; three of
their questions are facts of the register), one in twenty looked after. A form by itself asks everybody all it
has; the register's own form asks of each person what must be known or kept fresh, and is counted only where
something of it is due. The goal is 60 % fewer questions, and a grid's scripts within a second of server time.
"""

from __future__ import annotations

import json
from typing import Any

from bench.databases import NAMES, throw_away
from bench.declaring.serving import inside

GOAL_SHARE, GOAL_TIME = 60, 1.0
PROGRAM = "from bench.fieldwork.grid import main; main()"


def run(*, db: str = "both", quick: bool = False) -> list[dict[str, Any]]:
    """The rows of this benchmark."""
    kinds = ("sqlite", "postgres") if db == "both" else (db,)
    return [row for at, kind in enumerate(kinds) for row in rows_of(kind, quick, first=not at)]


def rows_of(kind: str, quick: bool, *, first: bool) -> list[dict[str, Any]]:
    with throw_away(kind) as place:
        told = json.loads(inside(place, PROGRAM, "quick" if quick else "full"))
    fewer = 100 * (1 - told["asked"] / told["separate"])
    doors = f"{told['rooms']:,} homes, {told['people']:,} people, {told['due']:,} homes where anything is due"
    share = {
        "name": "questions asked at a door", "ours": round(told["asked"] / told["rooms"], 1),
        "peer": round(told["separate"] / told["rooms"], 1), "unit": "a visit",
        "against": "the forms by themselves",
        "ratio": round(told["separate"] / told["asked"], 2), "goal": f"≥ {GOAL_SHARE} % fewer",
        "note": f"{fewer:.1f} % fewer; {doors}",
    }  # fmt: skip
    time = {
        "name": f"scripts of a grid, {NAMES[kind]}", "ours": round(told["seconds"], 2), "peer": GOAL_TIME,
        "unit": "s", "against": "goal", "ratio": round(GOAL_TIME / told["seconds"], 2),
        "goal": f"< {GOAL_TIME:.0f} s",
        "note": f"{told['statements']} statements, {told['cpu']:.2f} s of processor, JSON included; "
        f"{told['bytes'] / 1024:,.0f} KB, {told['packed'] / 1024:,.0f} KB gzipped",
    }  # fmt: skip
    return [share, time] if first else [time]

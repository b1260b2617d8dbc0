"""The duties of a year for 410 grids: daily patrols by a calendar with holidays, weekly visits by level,
every household twice a year, monthly screenings, shared between two workers a grid. Measured against a goal
of a minute, and against the floor of the same run: Django's ``bulk_create`` of the very same rows into the
empty table, ready made. Then a morning: one day made by the sweep, and the same day made again.
"""

from __future__ import annotations

import json
from typing import Any

from bench.databases import NAMES, throw_away
from bench.declaring.serving import inside

GOAL, MORNING = 60, 10
PROGRAM = "from bench.fieldwork.year import main; main()"


def run(*, db: str = "both", quick: bool = False) -> list[dict[str, Any]]:
    """The rows of this benchmark."""
    kinds = ("sqlite", "postgres") if db == "both" else (db,)
    return [row for kind in kinds for row in rows_of(kind, quick)]


def rows_of(kind: str, quick: bool) -> list[dict[str, Any]]:
    with throw_away(kind) as place:
        told = json.loads(inside(place, PROGRAM, "quick" if quick else "full"))
    about = f"{told['duties']:,} duties, {told['rooms']:,} households, {told['care']:,} care persons"
    where = NAMES[kind]
    return [
        line(f"a year of duties, {where}", told["year"], GOAL, "goal", f"< {GOAL} s", about),
        line(f"a year of duties, {where}", told["year"], told["floor"], "bare bulk_create", "as fast"),
        line(f"one day of them, {where}", told["day"], MORNING, "goal", f"< {MORNING} s",
             f"{told['of_day']:,} duties"),
        line(f"the same day again, {where}", told["again"], MORNING, "goal", f"< {MORNING} s"),
    ]  # fmt: skip


def line(name: str, ours: float, peer: float, against: str, goal: str, note: str = "") -> dict[str, Any]:
    return {
        "name": name, "ours": round(ours, 2), "peer": round(peer, 2), "unit": "s", "note": note,
        "ratio": round(peer / ours, 2), "against": against, "goal": goal,
    }  # fmt: skip

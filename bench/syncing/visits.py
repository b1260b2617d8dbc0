"""What a worker does at a door: every question of the script that came down is answered."""

from __future__ import annotations

from typing import Any

SAID = {"number": "2", "date": "1990-01-01", "phone": "10012345678"}
UNTOLD = ("id_no", "photo")  # asked, and not told


def doors_of(page: dict[str, Any], first: int, many: int) -> list[dict[str, Any]]:
    """The scripts of ``many`` rooms of a page that came down, from the ``first`` on; too few is a mistake of
    the bench."""
    scripts = [one for one in page.get("sections", {}).get("scripts", ()) if one["id"].startswith("room:")]
    chosen = sorted(scripts, key=lambda one: int(one["id"].partition(":")[2]))[first : first + many]
    if len(chosen) < many:
        raise RuntimeError(f"{len(scripts)} doors came down, {first + many} are needed")
    return chosen


def at_door(script: dict[str, Any]) -> dict[str, Any]:
    """The data of ``visit.done``."""
    questions = script["questions"]
    return {
        "room": script["id"], "result": "done", "words": "住户在家，已当面核实。", "topics": [], "team": [],
        "answers": {one["key"]: _answer(one) for one in questions},
        "shown": [one["key"] for one in questions],
    }  # fmt: skip


def _answer(question: dict[str, Any]) -> str | bool:
    """As it is held, or an invented answer of the right kind."""
    if question["known"]:
        return True
    if question["type"] in UNTOLD:
        return False
    if question["options"]:
        return str(question["options"][0][0])
    return SAID.get(question["type"], "试用")

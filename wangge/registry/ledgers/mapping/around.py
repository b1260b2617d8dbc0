"""Facts that a table says once for all its rows: in its title, in its sheet's name, in the file's name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from wangge.lib.addresses import parse

from ..dictionary.around import building_in, estate_in, firm_in, grid_in

_GENERIC = re.compile(r"^(?:sheet|工作表|表|csv)\s*\d*$", re.IGNORECASE)
_BARE = 0.8  # part of the addresses that must lack their estate and road


def names_around(sheet_name: str, titles: Iterable[str], file_stem: str) -> list[str]:
    """The names to ask, the closest to the table first."""
    own = [] if _GENERIC.match(sheet_name) else [sheet_name]
    return [*own, *(title for title in titles if title.strip()), file_stem]


def told_around(
    facts: set[str],
    kind: str,
    names: Sequence[str],
    residences: Sequence[str],
    community_in: Callable[[str], str] | None,
) -> dict[str, str]:
    """Fact → value for what no column says.

    Args:
        facts: those the columns hold. names: as `names_around`. residences: some addresses of the table.
        community_in: finds a community in a name; None where the ledger is one community's anyhow.
    """
    told: dict[str, str] = {}

    def ask(fact: str, find: Callable[[str], str]) -> None:
        if value := next((found for name in names if (found := find(name))), ""):
            told[fact] = value

    if kind == "staff" and "employer" not in facts:
        ask("employer", firm_in)
    doors = facts & {"room_no", "unit", "building"}
    if "residence" not in facts and "room_no" in facts and "building" not in facts:
        ask("building", building_in)
    if "estate" not in facts and (_all_bare(residences) if "residence" in facts else doors):
        ask("estate", estate_in)
    if "grid" not in facts:
        ask("grid", grid_in)
    if community_in and "community" not in facts:
        ask("community", lambda name: name if community_in(name) else "")
    return told


def _all_bare(residences: Sequence[str]) -> bool:
    """Whether the addresses begin with the building, as in a list of one estate."""
    parsed = [parse(text) for text in residences if text]
    bare = [a for a in parsed if not (a.estate or a.road or a.number) and (a.building or a.room)]
    return bool(parsed) and len(bare) >= _BARE * len(parsed)

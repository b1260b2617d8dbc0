"""The areas below one, as the lines of a table: codes cut to so many digits, with their names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wangge.foundation.territory import queries as territory
from wangge.lib.scoping import current_reach, prefix_of

BELOW = {6: 9, 9: 12, 12: 15, 15: 15}
LEVELS = {9: "town", 12: "community", 15: "grid"}


@dataclass(frozen=True)
class Below:
    """One area: its whole code, its name, whether it is of the level asked for; rows that belong to the area
    above itself, because nobody knows their grid, stand in a line that is not."""

    code: str
    name: str
    opens: bool


def digits_below(area: str) -> int:
    """How long the codes below an area are; without one, below the reader's own."""
    if area:
        return BELOW.get(len(prefix_of(area)), 15)
    return BELOW.get(min((len(prefix) for prefix in current_reach().prefixes if prefix), default=6), 15)


def known_below(area: str, digits: int) -> set[str]:
    """The codes of so many digits inside an area ("": the reach) that exist today."""
    known = territory.areas_in_reach(LEVELS[digits]).values_list("code", flat=True)
    inside = prefix_of(area)
    return {code[:digits] for code in known if code.startswith(inside)}


def named(codes: Iterable[str], digits: int) -> dict[str, Below]:
    """Code as cut to ``digits`` -> its line, in order of the codes; one query."""
    full = {code: code if len(code) == 15 else code.ljust(12, "0") for code in sorted(codes)}
    names = territory.names_of(full.values())
    found = {}
    for code, whole in full.items():
        name, opens = territory.short_name(names.get(whole, whole)), len(code) == digits
        found[code] = Below(whole, name if opens else _("%(name)s（未分网格）") % {"name": name}, opens)
    return found

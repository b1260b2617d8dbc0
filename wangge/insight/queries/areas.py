"""The areas below one, as the lines of a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.enums import Level
from wangge.lib.scoping import prefix_of

LEVELS = {9: Level.TOWN, 12: Level.COMMUNITY, 15: Level.GRID}


@dataclass(frozen=True)
class Below:
    """One line. ``only``: rows that lie on the area above itself, because nobody knows where below it;
    ``opens``: there are areas below this one."""

    code: str
    name: str
    only: bool = False
    opens: bool = False


def lines_below(area: str, digits: int, found: Iterable[str]) -> dict[str, Below]:
    """Code as cut to ``digits`` -> its line, in order of the codes: what stands there today, and what rows
    were found for."""
    inside = prefix_of(area)
    known = territory.areas_in_reach(LEVELS[digits]).values_list("code", flat=True)
    cut = {code[:digits] for code in known if code.startswith(inside)} | {code for code in found if code}
    full = {code: code if len(code) == 15 else code.ljust(12, "0") for code in sorted(cut)}
    names = territory.names_of(full.values())
    return {code: _line(whole, names, digits) for code, whole in full.items()}


def _line(code: str, names: dict[str, str], digits: int) -> Below:
    name = territory.short_name(names.get(code, code))
    if len(prefix_of(code)) < digits:
        return Below(code, _("%(name)s（未分下级）") % {"name": name}, only=True)
    return Below(code, name, opens=digits < 15)

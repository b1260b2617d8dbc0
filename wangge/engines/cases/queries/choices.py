"""What lists of the forms offer: units with their load, areas by town, accounts."""

from __future__ import annotations

from collections import defaultdict

from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.models import User
from wangge.foundation.access.queries import reach_for, users_within
from wangge.foundation.territory.enums import Level
from wangge.foundation.territory.models import Area
from wangge.foundation.territory.queries import areas_in_reach
from wangge.lib.scoping import EVERYWHERE, within

from ..models import Case, RosterDay, Unit
from .units import suggested

Choices = list[tuple[str, str]]


def unit_choices(case: Case) -> tuple[Choices, dict[str, Unit]]:
    """Units for a case, the likeliest first, how busy each is, who is on duty; and the units by key."""
    found = suggested(case)
    duty = duty_names([unit for unit, _before, _load in found])
    choices = [
        (str(unit.pk), _unit_words(unit, before, load, duty.get(unit.pk, []))) for unit, before, load in found
    ]
    return choices, {str(unit.pk): unit for unit, _before, _load in found}


def duty_names(units: list[Unit]) -> dict[int, list[str]]:
    """Who is on duty today, by unit; one query."""
    rows = RosterDay.objects.filter(unit__in=units, day=timezone.localdate()).order_by("pk")
    found: dict[int, list[str]] = defaultdict(list)
    for unit, name in rows.values_list("unit", "user__name"):
        found[unit].append(name)
    return found


def _unit_words(unit: Unit, before: int, load: int, duty: list[str]) -> str:
    said = [_("在办 %(load)d 件") % {"load": load}]
    if before:
        said.insert(0, _("近一年办过同类 %(before)d 件") % {"before": before})
    said.append(_("今天值班 %(names)s") % {"names": "、".join(duty)} if duty else _("今天没排值班"))
    return f"{unit.name}（{'，'.join(said)}）"


def area_choices(besides: str = "") -> list[tuple[str, Choices]]:
    """Communities of the whole district by town: whoever moves a case may name where it belongs.

    Args:
        besides: an area that is not offered.
    """
    with within(EVERYWHERE):
        towns = dict(areas_in_reach(Level.TOWN).order_by("code").values_list("code", "name"))
        rows = areas_in_reach(Level.COMMUNITY).exclude(code=besides).order_by("code")
        return _by_town(rows.values_list("code", "name"), towns)


def own_area_choices() -> list[tuple[str, Choices]]:
    """Communities and grids inside the reach, by town."""
    with within(EVERYWHERE):
        towns = dict(areas_in_reach(Level.TOWN).order_by("code").values_list("code", "name"))
        communities = dict(Area.objects.filter(level=Level.COMMUNITY).values_list("code", "name"))
    rows = areas_in_reach().filter(level__in=(Level.COMMUNITY, Level.GRID)).order_by("code")
    named = (
        (code, f"　{communities.get(code[:12], '')} {name}" if len(code) == 15 else name)
        for code, name in rows.values_list("code", "name")
    )
    return _by_town(named, towns)


def all_area_choices() -> Choices:
    """Districts, towns and communities inside the reach: for filters and for where a unit works."""
    rows = areas_in_reach().exclude(level=Level.GRID).order_by("code").values_list("code", "name", "level")
    indent = {Level.DISTRICT: "", Level.TOWN: "", Level.COMMUNITY: "　"}
    return [(code, f"{indent.get(Level(level), '')}{name}") for code, name, level in rows]


def grid_choice(code: str) -> Choices:
    """The grid asked for, where it lies inside the reach: a list of all of them would be too long."""
    if len(code) != 15:
        return []
    rows = areas_in_reach(Level.GRID).filter(code=code).values_list("code", "name")
    return [(code, f"　　{name}") for code, name in rows]


def unit_names() -> Choices:
    """Units of everywhere, for filters: what lies in reach may be in any unit's hands."""
    return [(str(pk), name) for pk, name in Unit._base_manager.order_by("name").values_list("pk", "name")]


def _by_town(rows, towns: dict[str, str]) -> list[tuple[str, Choices]]:  # type: ignore[no-untyped-def]
    found: dict[str, Choices] = defaultdict(list)
    for code, name in rows:
        found[code[:9] + "000"].append((code, name))
    return [(towns.get(town, town), choices) for town, choices in found.items()]


def accounts_for(actor: object) -> list[User]:
    """Active accounts that belong to where the actor manages units."""
    return list(users_within(reach_for(actor, "unit.manage"), active=True).order_by("username")[:500])

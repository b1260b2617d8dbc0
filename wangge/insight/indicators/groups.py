"""The groups of indicators; a tab of the board each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wangge.lib import figures

from .elsewhere import Elsewhere, field_rates
from .matters import matter_rates, request_rates
from .of_systems import dispute_rates, hazard_rates, whistle_rates
from .sides import Rate


@dataclass(frozen=True)
class Group:
    """``rates`` are over kept counts of matters, or over another system's rows. ``of_matters``: it can be
    asked for one system or kind."""

    key: str
    name: str | Promise
    rates: Callable[[], tuple[Rate | Elsewhere, ...]]
    of_matters: bool = False


# A system with indicators of its own adds a line here, or offers them by ``lib.figures``.
GROUPS = (
    Group("matters", _("事项办理"), matter_rates, of_matters=True),
    Group("requests", _("诉求和满意度"), request_rates, of_matters=True),
    Group("hazards", _("隐患"), hazard_rates),
    Group("field", _("巡查走访"), field_rates),
    Group("whistles", _("吹哨报到"), whistle_rates),
    Group("disputes", _("矛盾纠纷"), dispute_rates),
)
SAME = {"fieldwork": "field"}  # offered under another key than the group's


def groups() -> list[Group]:
    """All of them."""
    known = {group.key for group in GROUPS}
    more = [each for each in figures.offered() if SAME.get(each.key, each.key) not in known]
    return [*GROUPS, *map(_offered, more)]


def _offered(offer: figures.Offer) -> Group:
    told = tuple(Elsewhere(each, offer.key, offer.route, offer.right) for each in offer.indicators)
    return Group(offer.key, offer.name, lambda: told)


def group_of(key: str) -> Group:
    """The group of a key; the first one where there is none."""
    known = groups()
    return next((each for each in known if each.key == key), known[0])

"""Live figures of an area: counted now from rows, aggregates only; a number opens its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wangge.engines.cases.kinds import systems
from wangge.engines.cases.queries.places import all_standing
from wangge.lib.figures import Indicator, Offer, Share
from wangge.registry.people.models import Estate

from .counted import DAYS, Numbers, numbers_at, period_now

Spot = tuple[str, Estate | None]  # the area of a stop, and where it is known its estate
Sees = Callable[[str], bool]


@dataclass(frozen=True)
class Figure:
    """One number in words, found by its ``key``. ``link`` opens its rows ("" where there is no such page, or
    no right to it); ``more`` stands behind it, such as 3 / 4."""

    key: str
    label: str | Promise
    value: str
    link: str = ""
    more: str = ""
    number: int | None = None
    late: int = 0


@dataclass(frozen=True)
class Group:
    """Figures under one heading; ``as_of`` where they were stored, None for now."""

    name: str | Promise
    figures: list[Figure]
    as_of: datetime | None = None


@dataclass(frozen=True)
class Figures:
    """All of a stop, counted at ``at``."""

    at: datetime
    groups: list[Group] = field(default_factory=list)

    def one(self, key: str) -> Figure | None:
        """The first figure of a key."""
        return next((f for group in self.groups for f in group.figures if f.key == key), None)

    def number(self, key: str) -> int:
        """The first number of a key, 0 where there is none."""
        found = self.one(key)
        return (found.number or 0) if found else 0

    def beginning(self, start: str) -> list[Figure]:
        """The figures whose key begins so."""
        return [f for group in self.groups for f in group.figures if f.key.startswith(start)]


def figures_at(spots: Sequence[Spot], sees: Callable[[str, str], bool]) -> list[Figures]:
    """What lives, stands and is under way in the area and in the estate of each stop; as many queries for
    twelve stops as for one.

    Args:
        sees: whether, in an area, the reader has a right; without it a number stands without its rows.
    """
    now, heirs = timezone.now(), all_standing(area for area, _known in spots)
    areas = [heirs.get(area) or area for area, _known in spots]  # a grid that was divided meanwhile: its heir
    told = numbers_at(areas, [estate for _area, estate in spots if estate is not None], now)
    return [
        _figures(area, estate, told, partial(sees, asked))
        for area, (asked, estate) in zip(areas, spots, strict=True)
    ]


def _figures(area: str, estate: Estate | None, told: Numbers, sees: Sees) -> Figures:
    groups = [_estate(estate, told, sees)] if estate is not None else []
    groups += [_register(area, told, sees), _ledgers(area, told, sees), _matters(area, told, sees)]
    groups += [_shares(offer, shares, area, sees) for offer, shares in told.shares[area]]
    return Figures(told.at, [group for group in groups if group.figures])


def _link(route: str, right: str, sees: Sees, **query: str) -> str:
    return f"{reverse(route)}?{urlencode(query)}" if sees(right) else ""


def _people(route: str, area: str, sees: Sees, **query: str) -> str:
    return _link(f"people:{route}", "person.view", sees, area=area, **query)


def _plain(key: str, label: str | Promise, number: int, link: str = "") -> Figure:
    return Figure(key, label, f"{number:,}", link if number else "", number=number)


def _estate(estate: Estate, told: Numbers, sees: Sees) -> Group:
    counts = told.estates[estate.pk]
    link = reverse("people:estate", args=[estate.pk]) if sees("person.view") else ""
    facts = (("buildings", _("楼栋"), "buildings"), ("rooms", _("房屋"), "rooms"),
             ("households", _("户"), "households"), ("lives", _("居住人口"), "residents"))  # fmt: skip
    return Group(
        estate.name, [_plain(f"estate.{key}", label, counts[name], link) for key, label, name in facts]
    )


def _register(area: str, told: Numbers, sees: Sees) -> Group:
    counts = told.register[area]
    firms = _link("people:organisations", "organisation.view", sees, area=area)
    tree = reverse("territory:area", args=[area]) if sees("area.view") else ""
    return Group(_("登记册"), [
        _plain("grids", _("网格"), told.grids[area], tree),
        _plain("lives", _("居住人口"), counts["ties"]["lives"], _people("list", area, sees, kind="lives")),
        _plain("hukou", _("户籍人口"), counts["ties"]["hukou"], _people("list", area, sees, kind="hukou")),
        _plain("households", _("户"), counts["households"], _people("households", area, sees)),
        _plain("buildings", _("楼栋"), counts["buildings"], _people("buildings", area, sees)),
        _plain("rooms", _("房屋"), counts["rooms"]),
        _plain("organisations", _("企业和单位"), counts["organisations"], firms),
    ])  # fmt: skip


def _ledgers(area: str, told: Numbers, sees: Sees) -> Group:
    """The counts that other floors put beside areas."""
    table = told.beside
    link = _link("ledgers:list", "ledger.view", sees, area=area)
    found = [
        Figure(
            f"ledger.{place}",
            label,
            "—" if number is None else f"{number:,}",
            link if number else "",
            number=number,
        )
        for place, (label, number) in enumerate(zip(table.labels, table.rows[area], strict=True))
    ]
    return Group(_("台账人数"), found, table.as_of)


def _matters(area: str, told: Numbers, sees: Sees) -> Group:
    """Open matters of every system, and how many are late."""
    return Group(_("在办事项"), [_open(each, told.open[area, each.key], area, sees) for each in systems()])


def _open(system: Any, told: tuple[int, int], area: str, sees: Sees) -> Figure:
    number, late = told
    link = _link("cases:workbench", "case.view", sees, who="all", show="open", system=system.key, area=area)
    more = _("超时 %(late)d") % {"late": late} if late else ""
    shown = link if number and len(area) == 12 else ""  # the workbench lists by community and above
    return Figure(f"open.{system.key}", system.name, f"{number:,}", shown, more, number, late)


def _shares(offer: Offer, shares: Sequence[Share], area: str, sees: Sees) -> Group:
    name = _("%(system)s指标（近 %(days)d 天）") % {"system": offer.name, "days": DAYS}
    told = zip(offer.indicators, shares, strict=True)
    return Group(name, [_share(offer, each, share, area, sees) for each, share in told])


def _share(offer: Offer, indicator: Indicator, share: Share, area: str, sees: Sees) -> Figure:
    link = ""
    if share.whole and offer.route and sees(offer.right):
        period = period_now()
        days = {"since": period.since.isoformat(), "until": period.until.isoformat()}
        address = reverse(offer.route, kwargs={"code": indicator.code, "side": "whole"})
        link = f"{address}?{urlencode({'area': area} | days)}"
    told = f"{share.part} / {share.whole}"
    return Figure(f"share.{offer.key}.{indicator.code}", indicator.name, str(share), link, told, share.part)

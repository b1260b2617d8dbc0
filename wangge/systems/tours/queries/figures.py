"""Live figures of an area: counted now from rows, aggregates only; a number opens its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wangge.engines.cases.kinds import systems
from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.places import standing
from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.enums import Level
from wangge.lib.figures import Indicator, Offer, Period, Share, offered, shares_by_area
from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.registry.people.models import Estate
from wangge.registry.people.queries.counts import register_counts
from wangge.registry.people.queries.places import estate_profile

DAYS = 30  # the period of shares
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


def figures_of(area: str, sees: Sees, estate: Estate | None = None) -> Figures:
    """What lives, stands and is under way in an area, and in the estate of a stop.

    Args:
        sees: whether the reader has a right there; without it a number stands without its rows.
    """
    now, area = timezone.now(), standing(area) or area  # a grid that was divided meanwhile: its heir
    groups = [_estate(estate, sees)] if estate is not None else []
    groups += [_register(area, sees), _ledgers(area, sees), _matters(area, sees, now)]
    groups += [_shares(offer, area, sees) for offer in offered()]
    return Figures(now, [group for group in groups if group.figures])


def _link(route: str, right: str, sees: Sees, **query: str) -> str:
    return f"{reverse(route)}?{urlencode(query)}" if sees(right) else ""


def _people(route: str, area: str, sees: Sees, **query: str) -> str:
    return _link(f"people:{route}", "person.view", sees, area=area, **query)


def _plain(key: str, label: str | Promise, number: int, link: str = "") -> Figure:
    return Figure(key, label, f"{number:,}", link if number else "", number=number)


def _estate(estate: Estate, sees: Sees) -> Group:
    told = estate_profile(estate)
    link = reverse("people:estate", args=[estate.pk]) if sees("person.view") else ""
    facts = (("estate.buildings", _("楼栋"), len(told.buildings)), ("estate.rooms", _("房屋"), told.rooms),
             ("estate.households", _("户"), told.households),
             ("estate.lives", _("居住人口"), told.residents))  # fmt: skip
    return Group(estate.name, [_plain(*fact, link) for fact in facts])


def _register(area: str, sees: Sees) -> Group:
    told: dict[str, Any] = register_counts(area)
    firms = _link("people:organisations", "organisation.view", sees, area=area)
    grids = territory.areas_in_reach(Level.GRID).filter(code__startswith=prefix_of(area)).count()
    tree = reverse("territory:area", args=[area]) if sees("area.view") else ""
    return Group(_("登记册"), [
        _plain("grids", _("网格"), grids, tree),
        _plain("lives", _("居住人口"), told["ties"]["lives"], _people("list", area, sees, kind="lives")),
        _plain("hukou", _("户籍人口"), told["ties"]["hukou"], _people("list", area, sees, kind="hukou")),
        _plain("households", _("户"), told["households"], _people("households", area, sees)),
        _plain("buildings", _("楼栋"), told["buildings"], _people("buildings", area, sees)),
        _plain("rooms", _("房屋"), told["rooms"]),
        _plain("organisations", _("企业和单位"), told["organisations"], firms),
    ])  # fmt: skip


def _ledgers(area: str, sees: Sees) -> Group:
    """The counts that other floors put beside areas."""
    told = territory.counts_for([area])
    link = _link("ledgers:list", "ledger.view", sees, area=area)
    found = [
        Figure(
            f"ledger.{place}",
            label,
            "—" if number is None else f"{number:,}",
            link if number else "",
            number=number,
        )
        for place, (label, number) in enumerate(zip(told.labels, told.rows[area], strict=True))
    ]
    return Group(_("台账人数"), found, told.as_of)


def _matters(area: str, sees: Sees, now: datetime) -> Group:
    """Open matters of every system, and how many are late."""
    rows = Case.objects.filter(prefix_filter("area_code", prefix_of(area)), closed_at=None)
    counted = rows.values("system").annotate(open=Count("pk"), late=Count("pk", filter=Q(due_at__lt=now)))
    found: dict[str, dict[str, Any]] = {row["system"]: dict(row) for row in counted.order_by("system")}
    return Group(_("在办事项"), [_open(each, found.get(each.key, {}), area, sees) for each in systems()])


def _open(system: Any, told: dict[str, Any], area: str, sees: Sees) -> Figure:
    number, late = told.get("open", 0), told.get("late", 0)
    link = _link("cases:workbench", "case.view", sees, who="all", show="open", system=system.key, area=area)
    more = _("超时 %(late)d") % {"late": late} if late else ""
    shown = link if number and len(area) == 12 else ""  # the workbench lists by community and above
    return Figure(f"open.{system.key}", system.name, f"{number:,}", shown, more, number, late)


def period_now() -> Period:
    """The last thirty days."""
    today = timezone.localdate()
    return Period(today - timedelta(days=DAYS - 1), today)


def _shares(offer: Offer, area: str, sees: Sees) -> Group:
    period = period_now()
    name = _("%(system)s指标（近 %(days)d 天）") % {"system": offer.name, "days": DAYS}
    return Group(name, [_share(offer, each, period, area, sees) for each in offer.indicators])


def _share(offer: Offer, indicator: Indicator, period: Period, area: str, sees: Sees) -> Figure:
    share: Share = shares_by_area(indicator, period, area, len(prefix_of(area)))[""]
    link = ""
    if share.whole and offer.route and sees(offer.right):
        days = {"since": period.since.isoformat(), "until": period.until.isoformat()}
        address = reverse(offer.route, kwargs={"code": indicator.code, "side": "whole"})
        link = f"{address}?{urlencode({'area': area} | days)}"
    told = f"{share.part} / {share.whole}"
    return Figure(f"share.{offer.key}.{indicator.code}", indicator.name, str(share), link, told, share.part)

"""The standard ledger as it stands: current versions and who is on them (S15)."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

from wangge.foundation.territory.models import Area
from wangge.registry.ledgers.models import Adoption, Standard


def standards() -> list[Standard]:
    """Every version, the newest of a ledger first."""
    return list(Standard.objects.order_by("ledger", "-pk"))


def current_standards() -> dict[str, Standard]:
    """The version in force of each ledger."""
    return {standard.ledger: standard for standard in Standard.objects.order_by("pk")}


@dataclass
class Rate:
    """Communities on the current version ÷ communities (spec 4.1 标准台账采用率)."""

    units: int = 0
    adopted: int = 0

    @property
    def percent(self) -> float | None:
        """Per cent with one decimal; None where there is nothing to divide by."""
        return round(100 * self.adopted / self.units, 1) if self.units else None

    def __str__(self) -> str:
        return "—" if self.percent is None else f"{self.percent:.1f}%"


@dataclass
class CommunityLine:
    """A community: which ledgers it keeps to the current version (code → version taken up, "" = none)."""

    area: Area
    versions: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        return not self.missing


@dataclass
class TownLine:
    """A town with its communities."""

    name: str
    communities: list[CommunityLine]
    rate: Rate


@dataclass
class AdoptionReport:
    """The state of the district, or as much of it as the reach shows. rate: on every current version."""

    standards: dict[str, Standard]
    rate: Rate
    by_ledger: dict[str, Rate]
    towns: list[TownLine]


def adoption_report() -> AdoptionReport:
    """Who is on the current standard: three queries, however many communities."""
    current = current_standards()
    areas = Area.objects.filter(level="community", valid_to=None).select_related("parent").order_by("code")
    taken: dict[str, dict[str, Standard]] = {}
    for adoption in Adoption.objects.select_related("standard").order_by("standard_id"):
        taken.setdefault(adoption.area_code, {})[adoption.standard.ledger] = adoption.standard
    lines = [_line(area, current, taken.get(area.code, {})) for area in areas]
    by_ledger = {
        ledger: Rate(len(lines), sum(ledger not in line.missing for line in lines)) for ledger in current
    }
    return AdoptionReport(current, _rate(lines), by_ledger, _towns(lines))


def _line(area: Area, current: dict[str, Standard], taken: dict[str, Standard]) -> CommunityLine:
    versions = {ledger: taken[ledger].version if ledger in taken else "" for ledger in current}
    missing = [ledger for ledger, standard in current.items() if taken.get(ledger) != standard]
    return CommunityLine(area, versions, missing)


def _rate(lines: list[CommunityLine]) -> Rate:
    return Rate(len(lines), sum(line.complete for line in lines))


def _towns(lines: list[CommunityLine]) -> list[TownLine]:
    towns = []
    for _parent, found in groupby(lines, key=lambda line: line.area.parent_id):
        inside = list(found)
        parent = inside[0].area.parent
        towns.append(TownLine(parent.name if parent else "", inside, _rate(inside)))
    return towns

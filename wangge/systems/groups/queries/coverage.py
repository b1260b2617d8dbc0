"""团体码覆盖率: organisations with a group and ≥ 80 % of their staff in it ÷ organisations (spec 4.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.models import Area
from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.registry.people.enums import OrganisationStatus
from wangge.registry.people.models import Organisation

from ..enums import PRESENT, GroupState
from ..models import Group, Reconciliation
from .terms import terms


@dataclass(frozen=True)
class Standing:
    """One organisation: its group, how many of its staff are in, of how many (None: nobody knows)."""

    group: Group
    joined: int
    staff: int | None

    @property
    def share(self) -> float | None:
        return self.joined / self.staff if self.staff else None

    @property
    def percent(self) -> float | None:
        return None if self.share is None else 100 * self.share

    @property
    def covered(self) -> bool:
        return self.share is not None and self.share >= terms().covered


@dataclass(frozen=True)
class Coverage:
    """One area: organisations, those with a group, those covered. The share is unrounded, None is "—"."""

    area: Area
    organisations: int
    with_group: int
    covered: int

    @property
    def percent(self) -> float | None:
        return 100 * self.covered / self.organisations if self.organisations else None


def organisations(area: str) -> QuerySet[Organisation]:
    """The denominator's rows: organisations in reach that are not closed."""
    found = Organisation.objects.filter(prefix_filter("area_code", prefix_of(area)), closed_on=None)
    return found.exclude(status=OrganisationStatus.CLOSED)


def standings(area: str) -> dict[int, Standing]:
    """Organisation → how it stands, for those with a group in use; two queries."""
    staff = Q(members__state__in=PRESENT, members__as_staff=True)
    newest = Reconciliation.objects.filter(group=OuterRef("pk")).order_by("-pk")
    groups = Group.objects.filter(
        prefix_filter("organisation__area_code", prefix_of(area)), organisation__closed_on=None,
        state__in=[GroupState.ACTIVE, GroupState.DISSOLVE_REQUESTED],
    ).exclude(organisation__status=OrganisationStatus.CLOSED)  # fmt: skip
    rows = groups.select_related("organisation").annotate(
        staff_in=Count("members", filter=staff),
        listed_in=Count("members", filter=staff & Q(members__on_list=True)),
        listed=Subquery(newest.values("listed")[:1]),
    )
    best: dict[int | None, Standing] = {}
    for row in rows:
        made = _standing(row)
        held = best.get(row.organisation_id)
        if held is None or (made.share or 0) > (held.share or 0):
            best[row.organisation_id] = made
    return {pk: standing for pk, standing in best.items() if pk is not None}


def _standing(row: Group) -> Standing:
    """By the last staff list that was compared, else by the number of staff the register knows."""
    if row.listed is not None:  # type: ignore[attr-defined]
        return Standing(row, row.listed_in, row.listed)  # type: ignore[attr-defined]
    return Standing(row, row.staff_in, row.organisation.staff_number if row.organisation else None)  # type: ignore[attr-defined]


def coverage(area: Area) -> list[Coverage]:
    """The area and each area below it, with the moment they were counted for being now."""
    below = list(territory.children_of(area.code)) if area.level != "grid" else []
    return [_coverage(one) for one in (area, *below)]


def _coverage(area: Area) -> Coverage:
    found = standings(area.code)
    covered = sum(standing.covered for standing in found.values())
    return Coverage(area, organisations(area.code).count(), len(found), covered)


SHOWS = ("all", "with", "covered", "below", "without")


def rows(area: str, show: str) -> QuerySet[Organisation]:
    """The organisations behind a number, by name."""
    found, held = organisations(area), standings(area)
    if show == "with":
        found = found.filter(pk__in=list(held))
    elif show == "covered":
        found = found.filter(pk__in=[pk for pk, one in held.items() if one.covered])
    elif show == "below":
        found = found.filter(pk__in=[pk for pk, one in held.items() if not one.covered])
    elif show == "without":
        found = found.exclude(pk__in=list(held))
    return found.order_by("name", "pk")


def as_of() -> str:
    """When the numbers were counted: now, from rows."""
    return f"{timezone.localtime():%Y-%m-%d %H:%M}"


def beside(page: Sequence[Organisation], area: str) -> list[tuple[Organisation, Standing | None]]:
    """Each organisation with how it stands."""
    held = standings(area)
    return [(row, held.get(row.pk)) for row in page]

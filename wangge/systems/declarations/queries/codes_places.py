"""The places that ought to have a code, those that have one, and the rate (推广率): every number its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils import timezone

from wangge.foundation.territory.models import Area, valid_on
from wangge.foundation.territory.queries import short_name
from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.registry.people.enums import OrganisationCategory, RoomState
from wangge.registry.people.models import Building, Organisation, Room

from ..enums import Scope
from ..models import ReportCode
from .codes import live

AREAS = {Scope.COMMUNITY: "community", Scope.GRID: "grid"}
PLACED = {Scope.BUILDING: "building", Scope.RENTAL: "room", Scope.FIRM: "organisation"}
LISTED = (*AREAS, *PLACED)  # the register knows how many there are; of the others it does not
TRADERS = (OrganisationCategory.FIRM, OrganisationCategory.SELF_EMPLOYED)

_REGISTERED: dict[str, tuple[Any, dict[str, Any]]] = {
    Scope.BUILDING: (Building, {}),
    Scope.RENTAL: (Room, {"state": RoomState.RENTED}),
    Scope.FIRM: (Organisation, {"closed_on": None, "category__in": TRADERS}),
}


@dataclass(frozen=True)
class Rate:
    """Of one scope: places in the area, those with a live code, and the share in percent ("—" of none)."""

    scope: str
    label: str
    places: int
    coded: int

    @property
    def missing(self) -> int:
        return self.places - self.coded

    @property
    def share(self) -> str:
        return f"{100 * self.coded / self.places:.1f}\u00a0%" if self.places else "—"


def places(scope: str, area: str = "") -> QuerySet[Any]:
    """The places of a scope in reach and in an area, in the order of their keys.

    Raises:
        KeyError: the register keeps no list of such places.
    """
    inside = prefix_filter("code" if scope in AREAS else "area_code", prefix_of(area))
    if scope in AREAS:
        return Area.objects.filter(
            valid_on(timezone.localdate()), inside, level=AREAS[Scope(scope)]
        ).order_by("code")
    model, where = _REGISTERED[Scope(scope)]
    rows: QuerySet[Any] = model.objects.filter(inside, **where).order_by("pk")
    return rows.select_related("building") if model is Room else rows


def coded(scope: str, area: str = "", *, having: bool = True) -> QuerySet[Any]:
    """The places with a live code, or those without one."""
    found = Exists(_codes(scope).filter(live()))
    return places(scope, area).filter(found if having else ~found)


def uncoded(scope: str, area: str = "") -> QuerySet[Any]:
    """The places without any code that was not revoked: those a code can be made for."""
    return places(scope, area).filter(~Exists(_codes(scope).filter(revoked_at=None)))


def _codes(scope: str) -> QuerySet[ReportCode]:
    codes = ReportCode._base_manager.filter(scope=scope)
    if scope in AREAS:
        return codes.filter(area_code=OuterRef("code"))
    return codes.filter(**{PLACED[Scope(scope)]: OuterRef("pk")})


def rates(area: str = "") -> list[Rate]:
    """The promotion rate of every scope; where the register keeps no list only codes are counted."""
    return [
        Rate(scope, str(Scope(scope).label), places(scope, area).count(), coded(scope, area).count())
        for scope in LISTED
    ]


def codes_in(area: str = "", scope: str = "", state: str = "", text: str = "") -> QuerySet[ReportCode]:
    """Codes in reach, the newest first: ``state`` live, ended or revoked; ``text`` is a number or a label."""
    rows = ReportCode.objects.filter(prefix_filter("area_code", prefix_of(area))).order_by("-pk")
    rows = rows.filter(scope=scope) if scope else rows
    if state == "live":
        rows = rows.filter(live())
    elif state == "ended":
        rows = rows.filter(revoked_at=None).exclude(live())
    elif state == "revoked":
        rows = rows.exclude(revoked_at=None)
    return (
        rows.filter(number=text) if text.isdecimal() else rows.filter(label__contains=text) if text else rows
    )


def place_of(scope: str, area: str, key: str) -> Any | None:
    """One place of a scope in reach and in the area by its key, None when there is none."""
    if scope not in LISTED or not key.isdecimal() or len(key) > 18:
        return None
    return places(scope, area).filter(pk=key if scope in AREAS else int(key)).first()


def name_of(place: Model) -> str:
    """What the poster of a place says."""
    return short_name(place.name) if isinstance(place, Area) else str(place)


def area_of(place: Any) -> str:
    """The area a place lies in."""
    return str(place.code if isinstance(place, Area) else place.area_code)

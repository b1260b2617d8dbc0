"""What each kind of declaration asks (spec 2.2): a form shows these fields, a check demands the needed ones.

Paths are those of the payload: ``trip.from_text``, ``stay.address``. Which kind asks what is a product
default; the spec names the fields, not the kinds they belong to.
"""

from __future__ import annotations

from wangge.systems.declarations.enums import Kind

ARRIVAL = ("trip.from_text", "trip.arrive_at", "trip.transport", "trip.trip_no", "trip.via")
DEPARTURE = ("trip.depart_at", "trip.transport", "trip.trip_no")

ASKED: dict[str, tuple[str, ...]] = {
    Kind.COMING: (*ARRIVAL, "stay.address", "stay.until", "stay.host_name", "stay.purpose"),
    Kind.RETURNING: (*ARRIVAL, "stay.address"),
    Kind.LEAVING: (*DEPARTURE, "stay.address", "stay.until", "stay.purpose"),
    Kind.VISITING: (*ARRIVAL, "stay.address", "stay.until", "stay.host_name", "stay.purpose"),
    Kind.FAMILY_OUT: (*DEPARTURE, "stay.address", "stay.until", "stay.purpose"),
    Kind.STAYING: ("trip.from_text", "trip.arrive_at", "stay.address", "stay.until", "stay.host_name"),
}
NEEDED: dict[str, tuple[str, ...]] = {
    Kind.COMING: ("trip.from_text", "trip.arrive_at", "stay.address"),
    Kind.RETURNING: ("trip.from_text", "trip.arrive_at", "stay.address"),
    Kind.LEAVING: ("trip.depart_at", "stay.address"),
    Kind.VISITING: ("trip.arrive_at", "stay.address"),
    Kind.FAMILY_OUT: ("trip.depart_at", "stay.address"),
    Kind.STAYING: ("trip.arrive_at", "stay.address"),
}


def asks(path: str) -> list[str]:
    """The kinds that ask for a field."""
    return [str(kind) for kind, paths in ASKED.items() if path in paths]


def needs(path: str, kind: str) -> bool:
    """Whether a declaration of this kind is refused without the field."""
    return path in NEEDED.get(kind, ())

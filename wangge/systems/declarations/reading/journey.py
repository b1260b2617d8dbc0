"""Reading where somebody comes from and where they stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from wangge.lib.identifiers import PROVINCES

from ..enums import Transport
from .people import read_name
from .values import Faults, choice, day, mapping, moment, text

PAST, AHEAD = timedelta(days=365), timedelta(days=90)  # product default: nobody declares further away
STAY_AHEAD = timedelta(days=3 * 366)
VIA_MOST = 10
TRANSPORTS = frozenset({"", *Transport.values})


@dataclass(frozen=True)
class Journey:
    """The trip and the stay, every value canonical."""

    from_region: str = ""
    from_text: str = ""
    via: tuple[str, ...] = ()
    depart_at: datetime | None = None
    arrive_at: datetime | None = None
    transport: str = ""
    trip_no: str = ""
    stay_address: str = ""
    stay_until: date | None = None
    host_name: str = ""
    purpose: str = ""


def read_journey(faults: Faults, trip: Any, stay: Any, now: datetime, today: date) -> Journey:
    """Trip and stay of a submission."""
    trip, stay = mapping(faults, "trip", trip), mapping(faults, "stay", stay)
    depart = moment(faults, "trip.depart_at", trip.get("depart_at"), now, before=PAST, after=AHEAD)
    arrive = moment(faults, "trip.arrive_at", trip.get("arrive_at"), now, before=PAST, after=AHEAD)
    if depart and arrive and arrive < depart:
        faults["trip.arrive_at"] = _("到达早于出发，请核对。")
    earliest, latest = today - timedelta(days=31), today + STAY_AHEAD
    return Journey(
        _region(faults, "trip.from_region", trip.get("from_region")),
        text(faults, "trip.from_text", trip.get("from_text"), 120),
        _via(faults, trip.get("via")),
        depart,
        arrive,
        choice(faults, "trip.transport", trip.get("transport"), TRANSPORTS),
        text(faults, "trip.trip_no", trip.get("trip_no"), 30),
        text(faults, "stay.address", stay.get("address"), 200),
        day(faults, "stay.until", stay.get("until"), earliest=earliest, latest=latest),
        read_name(faults, "stay.host_name", stay.get("host_name"), required=False),
        text(faults, "stay.purpose", stay.get("purpose"), 100),
    )


def _region(faults: Faults, path: str, value: Any) -> str:
    """Six digits of GB/T 2260 in a province that exists; the county is not looked up, counties change."""
    code = text(faults, path, value, 12)
    if not code:
        return ""
    if not (len(code) == 6 and code.isascii() and code.isdecimal() and code[:2] in PROVINCES):
        faults[path] = _("不是行政区划代码。请从列表中选择，或在“来自何地”里用文字填写。")
        return ""
    return code


def _via(faults: Faults, value: Any) -> tuple[str, ...]:
    if value in (None, ""):
        return ()
    if not isinstance(value, list) or len(value) > VIA_MOST:
        faults["trip.via"] = _("途经地最多 %(number)d 处，每处一项。") % {"number": VIA_MOST}
        return ()
    places = (text(faults, f"trip.via.{at}", place, 40) for at, place in enumerate(value))
    return tuple(place for place in places if place)

"""One room, one key, however its address was written."""

from __future__ import annotations

import re

from .numerals import HAN, arabic
from .parsing import Address

ESTATE_SUFFIX = re.compile(r"(?<=..)(?:住宅小区|小区|住宅区|生活区|商住楼)$")
# 建设二路 and 建设2路, 七巷 and 7巷 are one street.
COUNTED = re.compile(rf"[{HAN}]+(?=横?[巷街路里])")
SHORT_ROOM = re.compile(r"\d{1,2}|[A-Z]", re.ASCII)


def room_key(address: Address, community_code: str = "") -> str:
    """The canonical key of the room, "" when the address does not name one.

    Two addresses with equal keys are the same room. Inside an estate the building counts and the
    road is left out, because half the ledgers omit it; elsewhere road and door number count. A
    house without rooms (五巷6号) is its own room, and a floor of it let by itself (五巷6号2楼) another.
    A key is personal data like the address itself.

    Args:
        address: a parsed address.
        community_code: 12 digits; the address's own by gazetteer when not given.
    """
    estate = ESTATE_SUFFIX.sub("", address.estate)
    named = estate and (address.building or address.room)
    place = estate if named else f"{road_key(address.road)}{address.number}"
    community = community_code or address.community_code
    if not (place or (address.building and community)) or not (address.room or address.number):
        return ""
    parts = (community, place, address.building, address.unit, _door(address))
    return "|".join(parts)


def road_key(road: str) -> str:
    """A road with its numerals in one form: 南安里七巷 -> 南安里7巷."""
    return COUNTED.sub(lambda match: arabic(match[0]), road)


def _door(address: Address) -> str:
    """5楼01房 is 501; a room number that already names its floor stays. In a house on a street, though not in
    a block, a whole floor is a door."""
    if address.floor and not address.room and address.number and not address.building:
        return f"{address.floor}楼"
    if address.floor and SHORT_ROOM.fullmatch(address.room):
        return address.floor + (address.room.zfill(2) if address.room.isdecimal() else address.room)
    return address.room

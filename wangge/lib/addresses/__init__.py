"""A Chinese address as twelve levels, and the key that makes two spellings one room.

Levels as spec §3.6 names them: province, city, district, town, community, road, number, estate,
building, unit, floor, room; ``rest`` is what none of them explains and ``raw`` is never changed.
"""

from .doors import DoorKey, door_key
from .gazetteer import Gazetteer, Located
from .keys import room_key
from .parsing import Address, parse, parse_column
from .shapes import Shapes

__all__ = [
    "Address",
    "DoorKey",
    "Gazetteer",
    "Located",
    "Shapes",
    "door_key",
    "parse",
    "parse_column",
    "room_key",
]

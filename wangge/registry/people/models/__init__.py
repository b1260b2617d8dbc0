"""The register: one person, one room, one household, one organisation; all else is a dated tie."""

from .contradiction import Contradiction
from .departure import Departure
from .discrepancy import Discrepancy
from .merge import Merge
from .organisation import Organisation
from .person import Person
from .place import Building, Estate, Household, Room
from .responsibility import BuildingGrid
from .tie import Tie

__all__ = [
    "Building",
    "BuildingGrid",
    "Contradiction",
    "Departure",
    "Discrepancy",
    "Estate",
    "Household",
    "Merge",
    "Organisation",
    "Person",
    "Room",
    "Tie",
]

"""Reads of the register, named for what is asked. All respect the caller's reach."""

from .counts import register_counts, residents_by_area
from .residence import grid_of_building, held_on, known_at, residences_as_of, residents_by_grid, ties_of
from .search import begins, kind_of_text, search_people

__all__ = [
    "begins",
    "grid_of_building",
    "held_on",
    "kind_of_text",
    "known_at",
    "register_counts",
    "residences_as_of",
    "residents_by_area",
    "residents_by_grid",
    "search_people",
    "ties_of",
]

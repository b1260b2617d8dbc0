"""Reads of the register, named for what is asked. All respect the caller's reach."""

from .counts import register_counts, residents_by_area
from .names import named
from .person import (
    fact_lines,
    former_rows,
    lines_of,
    masked,
    people_after,
    person_page,
    residents_of,
    stale_people,
    staleness,
    waiting,
    with_homes,
)
from .places import (
    building_picture,
    buildings_after,
    estate_profile,
    households_after,
    members_by_household,
    organisations_after,
    ties_to,
)
from .residence import grid_of_building, held_on, known_at, residences_as_of, residents_by_grid, ties_of
from .search import begins, kind_of_text, search_people
from .words import Dictionary, label_of, meaning_of, use_dictionary

__all__ = [
    "Dictionary",
    "begins",
    "building_picture",
    "buildings_after",
    "estate_profile",
    "fact_lines",
    "former_rows",
    "grid_of_building",
    "held_on",
    "households_after",
    "kind_of_text",
    "known_at",
    "label_of",
    "lines_of",
    "masked",
    "meaning_of",
    "members_by_household",
    "named",
    "organisations_after",
    "people_after",
    "person_page",
    "register_counts",
    "residences_as_of",
    "residents_by_area",
    "residents_by_grid",
    "residents_of",
    "search_people",
    "stale_people",
    "staleness",
    "ties_of",
    "ties_to",
    "use_dictionary",
    "waiting",
    "with_homes",
]

"""Reads of the territory. Lists obey the reach; names of areas and the grid of a point do not,
for they are no one's secret and a person's page must be able to say where it belongs."""

from wangge.foundation.territory.queries.areas import (
    area_asked_for,
    area_by_code,
    area_name_path,
    areas_in_reach,
    children_of,
    names_of,
    path_of,
    short_name,
    tops_in_reach,
    where,
)
from wangge.foundation.territory.queries.counts import Counts, counts_for, register_columns, register_counts
from wangge.foundation.territory.queries.history import (
    changes_of,
    grid_codes_on,
    grids_between,
    neighbours_of,
    outlines_on,
    predecessors,
    shape_on,
    shapes_on,
    successors,
)
from wangge.foundation.territory.queries.points import grid_at, grids_at, locate
from wangge.foundation.territory.queries.settings import (
    add_workdays,
    is_workday,
    note_of,
    setting,
    workdays,
)
from wangge.foundation.territory.queries.shapes import features_on

__all__ = [
    "Counts",
    "add_workdays",
    "area_asked_for",
    "area_by_code",
    "area_name_path",
    "areas_in_reach",
    "changes_of",
    "children_of",
    "counts_for",
    "features_on",
    "grid_at",
    "grid_codes_on",
    "grids_at",
    "grids_between",
    "is_workday",
    "locate",
    "names_of",
    "neighbours_of",
    "note_of",
    "outlines_on",
    "path_of",
    "predecessors",
    "register_columns",
    "register_counts",
    "setting",
    "shape_on",
    "shapes_on",
    "short_name",
    "successors",
    "tops_in_reach",
    "where",
    "workdays",
]

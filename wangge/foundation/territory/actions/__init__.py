"""Writes of the territory: packages, shapes, and the re-division of grids."""

from wangge.foundation.territory.actions.describe import describe_grid
from wangge.foundation.territory.actions.divide import merge, move_border, split
from wangge.foundation.territory.actions.load import Loaded, load_package
from wangge.foundation.territory.actions.shapes import Fault, ShapeReport, import_shapes, shapes_changed

__all__ = [
    "Fault",
    "Loaded",
    "ShapeReport",
    "describe_grid",
    "import_shapes",
    "load_package",
    "merge",
    "move_border",
    "shapes_changed",
    "split",
]

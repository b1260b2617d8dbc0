"""Writes of the territory: packages, shapes, and the re-division of grids."""

from wangge.foundation.territory.actions.borders import check_border, move_border, withdraw_border
from wangge.foundation.territory.actions.change_setting import change_setting
from wangge.foundation.territory.actions.describe import describe_grid
from wangge.foundation.territory.actions.divide import merge, split
from wangge.foundation.territory.actions.load import Loaded, load_package
from wangge.foundation.territory.actions.shapes import Fault, ShapeReport, import_shapes, shapes_changed

__all__ = [
    "Fault",
    "Loaded",
    "ShapeReport",
    "change_setting",
    "check_border",
    "describe_grid",
    "import_shapes",
    "load_package",
    "merge",
    "move_border",
    "shapes_changed",
    "split",
    "withdraw_border",
]

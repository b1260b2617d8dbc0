"""The cast: a small invented district with two towns, and the shipped one."""

import datetime

import pytest
import shapely

from wangge.foundation.territory.actions.shapes import replace_shape, shapes_changed
from wangge.foundation.territory.enums import GridKind, Level
from wangge.foundation.territory.models import Area, Outline

START = datetime.date(2024, 1, 1)
WEST, SOUTH, STEP = 113.0, 22.5, 0.01


@pytest.fixture
def district(db, everywhere):
    """蓬江区 with 白沙街道, one community and a row of three square grids from west to east."""
    areas = {}
    rows = [
        ("440703000000", Level.DISTRICT, "示范区", None),
        ("440703002000", Level.TOWN, "东镇", "440703000000"),
        ("440703002131", Level.COMMUNITY, "河边社区居委会", "440703002000"),
        ("440703006000", Level.TOWN, "西镇", "440703000000"),
        ("440703006120", Level.COMMUNITY, "山脚村委会", "440703006000"),
    ]
    for code, level, name, parent in rows:
        areas[code] = Area.objects.create(code=code, level=level, name=name, parent_id=parent)
    for column in range(3):
        areas[column] = new_grid("440703002131", column + 1, square(column, 0))
    areas["neighbour"] = new_grid("440703006120", 1, square(3, 0))
    outline = shapely.box(WEST, SOUTH, WEST + 3 * STEP, SOUTH + STEP)
    Outline.objects.create(area_id="440703002131", polygon=shapely.to_geojson(outline))
    shapes_changed()
    return areas


def square(column, row, width=1, height=1):
    """A box of the chessboard over the invented district."""
    x, y = WEST + column * STEP, SOUTH + row * STEP
    return shapely.box(round(x, 7), round(y, 7), round(x + width * STEP, 7), round(y + height * STEP, 7))


def new_grid(community, serial, shape):
    code = f"{community}{serial:03d}"
    grid = Area.objects.create(
        code=code, level=Level.GRID, name=f"第{serial}网格", parent_id=community, kind=GridKind.GENERAL
    )
    replace_shape(grid, shape, START, demo=True)
    return grid

"""An invented district with two towns; the cast's communities have grids with shapes."""

import datetime

import pytest
import shapely

from tests.cast import COMMUNITY, DISTRICT, OTHER_COMMUNITY, OTHER_TOWN, TOWN
from wangge.foundation.territory.actions.shapes import replace_shape, shapes_changed
from wangge.foundation.territory.enums import GridKind, Level
from wangge.foundation.territory.models import Area
from wangge.lib.scoping import EVERYWHERE, within


def add_grid(community, serial, column):
    code = f"{community}{serial:03d}"
    grid = Area.objects.create(
        code=code, level=Level.GRID, name=f"格{column}", parent_id=community, kind=GridKind.GENERAL
    )
    box = shapely.box(113 + column / 100, 22.5, 113 + (column + 1) / 100, 22.51)
    replace_shape(grid, box, datetime.date(2024, 1, 1), demo=True)
    return grid


@pytest.fixture
def land(db):
    with within(EVERYWHERE):
        rows = [
            (DISTRICT, Level.DISTRICT, "示范区", None),
            (TOWN, Level.TOWN, "东镇", DISTRICT),
            (COMMUNITY, Level.COMMUNITY, "河边社区居委会", TOWN),
            (OTHER_TOWN, Level.TOWN, "西镇", DISTRICT),
            (OTHER_COMMUNITY, Level.COMMUNITY, "山脚村委会", OTHER_TOWN),
        ]
        for code, level, name, parent in rows:
            Area.objects.create(code=code, level=level, name=name, parent_id=parent)
        add_grid(COMMUNITY, 1, 0)
        add_grid(COMMUNITY, 2, 1)
        add_grid(OTHER_COMMUNITY, 1, 2)
        shapes_changed()

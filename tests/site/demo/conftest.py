"""Two communities with three grids each, and a small district made on them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import shapely

from tests.demo_ground import COMMUNITY, VILLAGE
from wangge.foundation.territory.models import Area, GridShape
from wangge.lib.scoping import EVERYWHERE, within
from wangge.site.demo.ground import Ground


@pytest.fixture
def ground() -> Ground:
    codes = [f"{community}{n:03d}" for community in (COMMUNITY, VILLAGE) for n in (1, 2, 3)]
    return Ground(
        codes=codes,
        communities=[code[:12] for code in codes],
        names=["丰雅社区"] * 3 + ["演示村"] * 3,
        paths=["蓬江区环市街道丰雅社区"] * 3 + ["蓬江区棠下镇演示村"] * 3,
        urban=np.array([True] * 3 + [False] * 3),
        shapes=[shapely.box(113 + n / 100, 22.5, 113.009 + n / 100, 22.51) for n in range(6)],
    )


@pytest.fixture
def areas(db: None, ground: Ground) -> Iterator[None]:
    """The same grids as rows, with everywhere as reach."""
    with within(EVERYWHERE):
        _make_areas(ground)
        yield


def _make_areas(ground: Ground) -> None:
    Area.objects.create(code="440703000000", level="district", name="蓬江区")
    for town, name in (("440703006000", "环市街道"), ("440703101000", "棠下镇")):
        Area.objects.create(code=town, level="town", name=name, parent_id="440703000000")
    for code, name in ((COMMUNITY, "丰雅社区居委会"), (VILLAGE, "演示村委会")):
        Area.objects.create(code=code, level="community", name=name, parent_id=code[:9] + "000")
    for code, shape in zip(ground.codes, ground.shapes, strict=True):
        Area.objects.create(
            code=code, level="grid", name="网格", kind="general", parent_id=code[:12], demo=True
        )
        GridShape.objects.create(grid_id=code, polygon=shapely.to_geojson(shape), area_m2=1, demo=True)

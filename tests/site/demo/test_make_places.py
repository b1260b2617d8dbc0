"""Buildings stand inside their grids and are named as ledgers name them."""

import numpy as np
import shapely

from tests.demo_ground import SMALL
from wangge.site.demo.ground import SIZES, Ground
from wangge.site.demo.places import TOWER, VILLAGE, Places, make_places


def places(ground: Ground, seed: int = 1) -> Places:
    return make_places(np.random.default_rng(seed), ground, SMALL)


def test_the_sizes_are_those_of_the_district() -> None:
    full, sample = SIZES["full"], SIZES["sample"]
    assert (full.buildings, full.rooms, full.people, full.firms + full.self_employed) == (
        104_500, 321_600, 780_000, 114_200,
    )  # fmt: skip
    assert (sample.people, sample.rooms) == (39_000, 16_080)


def test_counts_are_exact(ground: Ground) -> None:
    made = places(ground)
    assert (len(made.names), len(made.building)) == (SMALL.buildings, SMALL.rooms)
    assert set(made.building.tolist()) == set(range(SMALL.buildings))


def test_every_building_stands_in_its_grid(ground: Ground) -> None:
    made = places(ground)
    for grid, (lon, lat) in zip(made.grid.tolist(), made.points.tolist(), strict=True):
        assert shapely.contains_xy(ground.shapes[grid], lon, lat)


def test_names_are_unique_within_a_community(ground: Ground) -> None:
    made = places(ground)
    community = ground.community_numbers[made.grid].tolist()
    assert len(set(zip(community, made.names, strict=True))) == SMALL.buildings


def test_doors_are_unique_within_a_building(ground: Ground) -> None:
    made = places(ground)
    doors = list(
        zip(made.building.tolist(), made.unit.tolist(), made.floor.tolist(), made.door.tolist(), strict=True)
    )
    assert len(set(doors)) == len(doors)
    assert (made.floor[made.kind[made.building] == VILLAGE] == 0).all()
    assert made.floors[made.kind == TOWER].min() >= 18


def test_grids_without_shapes_give_buildings_without_points(ground: Ground) -> None:
    bare = Ground(**{**vars(ground), "shapes": [None] * len(ground)})
    assert np.isnan(places(bare).points).all()


def test_equal_seeds_make_equal_places_and_others_do_not(ground: Ground) -> None:
    first, same, other = places(ground), places(ground), places(ground, seed=2)
    assert (first.points == same.points).all() and first.names == same.names
    assert not np.array_equal(first.points, other.points)

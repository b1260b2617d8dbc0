"""Which grid a point lies in, against brute force, on borders, in time."""

import datetime

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.foundation.territory.conftest import SOUTH, START, STEP, WEST, new_grid, square
from wangge.foundation.territory.actions import move_border, shapes_changed
from wangge.foundation.territory.geometry.index import NOWHERE, PointIndex
from wangge.foundation.territory.models import GridShape
from wangge.foundation.territory.queries import grid_at, grids_at, shapes_on

FIRST, SECOND, THIRD = (f"44070300213100{serial}" for serial in (1, 2, 3))
NEIGHBOUR = "440703006120001"


def by_force(polygons, x, y):
    """The first polygon that touches each point, looked at one by one."""
    touches = np.array([shapely.intersects_xy(polygon, x, y) for polygon in polygons])
    return np.where(touches.any(axis=0), touches.argmax(axis=0), NOWHERE)


def voronoi(number, seed):
    points = np.random.default_rng(seed).random((number, 2))
    cells = shapely.voronoi_polygons(shapely.multipoints(points), extend_to=shapely.box(0, 0, 1, 1))
    return shapely.intersection(shapely.get_parts(cells), shapely.box(0, 0, 1, 1))


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 40), st.integers(0, 10_000), st.sampled_from([1, 16, 400, 5_000, None]))
def test_the_answer_is_that_of_brute_force_on_any_raster(number, seed, cells):
    polygons = voronoi(number, seed)
    rng = np.random.default_rng(seed + 1)
    vertices = shapely.get_coordinates(polygons)
    inner = rng.random((300, 2)) * 1.2 - 0.1
    edges = (vertices[:-1] + vertices[1:]) / 2  # many of them lie on borders, as far as floats can
    x, y = np.vstack([inner, vertices, edges]).T
    assert (PointIndex(polygons, cells).locate(x, y) == by_force(polygons, x, y)).all()


def test_holes_pieces_and_overlaps_are_answered_like_brute_force():
    ring = shapely.box(0, 0, 9, 9).difference(shapely.box(3, 3, 6, 6))
    pieces = shapely.MultiPolygon([shapely.box(3, 3, 4, 4), shapely.box(20, 0, 21, 1)])
    polygons = [ring, pieces, shapely.box(8, 8, 12, 12), shapely.box(0, 0, 30, 2)]
    x, y = (axis.ravel() for axis in np.meshgrid(np.arange(-1, 31, 0.5), np.arange(-1, 13, 0.5)))
    for cells in (1, 50, 3_000):
        assert (PointIndex(polygons, cells).locate(x, y) == by_force(polygons, x, y)).all()


def test_no_polygons_and_no_number_are_nowhere():
    assert list(PointIndex([]).locate([1.0], [1.0])) == [NOWHERE]
    nothing = [float("nan"), float("inf"), 5.0]
    assert list(PointIndex([shapely.box(0, 0, 1, 1)]).locate(nothing, [0.5, 0.5, 0.5])) == [NOWHERE] * 3


@pytest.mark.usefixtures("district")
def test_points_find_their_grids_in_bulk_and_one_by_one():
    points = [(WEST + (column + 0.5) * STEP, SOUTH + 0.005) for column in range(5)]
    expected = [FIRST, SECOND, THIRD, NEIGHBOUR, ""]
    assert list(grids_at(points)) == expected
    assert [grid_at(*point) for point in points] == expected


@pytest.mark.usefixtures("district")
def test_a_point_on_a_shared_border_belongs_to_the_lower_code_only():
    assert grid_at(113.01, SOUTH + 0.005) == FIRST
    assert grid_at(113.0, SOUTH) == FIRST
    assert grid_at(113.03, SOUTH + 0.005) == THIRD
    assert grid_at(113.04, SOUTH + 0.005) == NEIGHBOUR
    assert grid_at(113.0400001, SOUTH + 0.005) == ""


@pytest.mark.usefixtures("district")
def test_before_the_first_shape_no_point_has_a_grid():
    point = (WEST + 0.005, SOUTH + 0.005)
    assert grid_at(*point, START - datetime.timedelta(days=1)) == ""
    assert grid_at(*point, START) == FIRST


def test_a_moved_border_holds_from_its_day_on(district):
    on = datetime.date(2025, 5, 1)
    shapes = {FIRST: square(0, 0, 0.5), SECOND: square(0.5, 0, 1.5)}
    point = (WEST + 0.008, SOUTH + 0.005)
    assert grid_at(*point) == FIRST
    move_border(actor="test", grids=[district[0], district[1]], shapes=shapes, on=on)
    assert grid_at(*point, on - datetime.timedelta(days=1)) == FIRST
    assert grid_at(*point, on) == grid_at(*point) == SECOND
    assert shapes_on(on)[FIRST].equals(shapes[FIRST])


def test_the_index_is_built_once_for_all_days_without_a_change(district, django_assert_num_queries):
    grid_at(113.0, 22.5)
    with django_assert_num_queries(1):
        grid_at(113.0, 22.5)
    with django_assert_num_queries(1):
        grid_at(113.0, 22.5, datetime.date(2025, 1, 1))


def test_a_new_shape_is_seen_at_once(district):
    point = (WEST + 4.5 * STEP, SOUTH + 0.005)
    assert grid_at(*point) == ""
    new_grid("440703006120", 2, square(4, 0))
    shapes_changed()
    assert grid_at(*point) == "440703006120002"
    GridShape.objects.filter(grid_id="440703006120002").delete()
    shapes_changed()
    assert grid_at(*point) == ""

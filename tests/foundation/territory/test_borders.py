"""A border drawn anew loses no ground and takes none."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wangge.foundation.territory.geometry.borders import hand_over, redraw
from wangge.foundation.territory.geometry.cuts import CannotCut

LEFT, RIGHT = shapely.box(113.00, 22.5, 113.01, 22.51), shapely.box(113.01, 22.5, 113.02, 22.51)
WHOLE = shapely.box(113.00, 22.5, 113.02, 22.51)
inside = st.tuples(st.floats(113.0005, 113.0195), st.floats(22.5005, 22.5095))


def same_ground(one: shapely.Polygon, other: shapely.Polygon) -> bool:
    whole = shapely.union_all([one, other])
    return (
        one.geom_type == other.geom_type == "Polygon"
        and one.intersection(other).area < 1e-14
        and whole.symmetric_difference(WHOLE).area < 1e-14
    )


@settings(max_examples=60, deadline=None)
@given(points=st.lists(inside, min_size=2, max_size=6))
def test_a_line_makes_two_shapes_of_the_same_ground_or_is_refused(points):
    try:
        one, other = redraw(LEFT, RIGHT, points)
    except CannotCut:
        assume(False)
    assert same_ground(one, other)
    kept = one.intersection(LEFT).area + other.intersection(RIGHT).area
    assert kept >= one.intersection(RIGHT).area + other.intersection(LEFT).area


@settings(max_examples=60, deadline=None)
@given(places=st.lists(st.tuples(inside, st.booleans()), min_size=2, max_size=8))
def test_chosen_points_stand_on_the_other_side_and_the_others_stay(places):
    points, moving = [place for place, _goes in places], [goes for _place, goes in places]
    assume(len({(round(x, 9), round(y, 9)) for x, y in points}) == len(points))
    try:
        shapes = hand_over(LEFT, RIGHT, points, moving)
    except CannotCut:
        assume(False)
    assert same_ground(*shapes)
    for (x, y), goes in places:
        here = LEFT.intersects(shapely.Point(x, y))
        target = shapes[int(here == goes)]
        assert target.distance(shapely.Point(x, y)) < 1e-9


@pytest.mark.parametrize(
    "points",
    [
        [],
        [(113.005, 22.505)],
        [(113.005, 22.505)] * 3,
        [(113.5, 22.4), (113.5, 22.6)],
        [(113.005, 22.4), (113.005, 22.6), (113.008, 22.6), (113.008, 22.4)],
    ],
)
def test_a_line_that_makes_no_two_pieces_is_refused(points):
    with pytest.raises(CannotCut):
        redraw(LEFT, RIGHT, points)


def test_shapes_that_do_not_touch_have_no_border():
    with pytest.raises(CannotCut):
        redraw(LEFT, shapely.box(113.03, 22.5, 113.04, 22.51), [(113.02, 22.4), (113.02, 22.6)])


@pytest.mark.parametrize(
    ("points", "moving"),
    [
        ([(113.005, 22.505), (113.015, 22.505)], [False, False]),
        ([(113.002, 22.505), (113.007, 22.505), (113.015, 22.505)], [True, False, False]),
    ],
)
def test_a_choice_that_leaves_no_border_is_refused(points, moving):
    with pytest.raises(CannotCut):
        hand_over(LEFT, RIGHT, points, moving)


def test_two_at_one_place_go_together():
    points, moving = [(113.002, 22.505), (113.008, 22.505), (113.008, 22.505)], [False, False, True]
    one, other = hand_over(LEFT, RIGHT, points, moving)
    assert other.contains(shapely.Point(113.008, 22.505)) and one.contains(shapely.Point(113.002, 22.505))


def test_only_the_ground_towards_the_other_side_goes():
    one, other = hand_over(LEFT, RIGHT, [(113.009, 22.505), (113.002, 22.505)], [True, False])
    assert other.contains(shapely.Point(113.009, 22.505)) and one.contains(shapely.Point(113.009, 22.509))


def test_the_only_building_of_the_other_side_does_not_take_this_side_along():
    one, other = hand_over(LEFT, RIGHT, [(113.015, 22.505)], [True])
    assert one.contains(LEFT.buffer(-1e-9)) and one.contains(shapely.Point(113.015, 22.505))
    assert same_ground(one, other)


def test_points_that_nobody_could_part_go_together():
    near = [(113.0195, 22.501953125), (113.01949999999998, 22.501953125)]
    others = [(113.0195, 22.5078125), (113.0195, 22.50601804843398)]
    one, other = hand_over(LEFT, RIGHT, [*near, *others], [False, True, False, False])
    assert same_ground(one, other)
    assert all(one.distance(shapely.Point(place)) < 1e-9 for place in near)

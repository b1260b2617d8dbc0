"""Split, merge and move a border: nothing is lost, the past stays."""

import datetime

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.foundation.territory.conftest import SOUTH, START, STEP, WEST, square
from wangge.foundation.journal.models import Entry
from wangge.foundation.territory.actions import merge, move_border, split
from wangge.foundation.territory.geometry import cuts
from wangge.foundation.territory.models import Area, AreaChange, GridShape
from wangge.foundation.territory.queries import (
    changes_of,
    grid_codes_on,
    grids_at,
    predecessors,
    shape_on,
    successors,
)
from wangge.foundation.territory.rules import NotPossible
from wangge.lib.scoping import Reach, within

COMMUNITY = "440703002131"
FIRST, SECOND, THIRD, FOURTH, FIFTH = (f"{COMMUNITY}00{serial}" for serial in range(1, 6))
ON, LATER = datetime.date(2025, 3, 1), datetime.date(2025, 9, 1)
BEFORE = ON - datetime.timedelta(days=1)
POINTS = np.random.default_rng(7).random((500, 2)) * (4 * STEP, STEP) + (WEST, SOUTH)


def upright(x):
    return shapely.LineString([(x, SOUTH - 1), (x, SOUTH + 1)])


def counted(day):
    codes, numbers = np.unique(grids_at(POINTS, day), return_counts=True)
    return dict(zip(codes, numbers, strict=True))


def test_a_split_closes_the_grid_and_numbers_the_parts_from_the_west(district):
    new = split(actor="test", grid=district[0], line_or_parts=upright(WEST + 0.003), on=ON, names=["左", ""])
    assert [(grid.code, grid.name) for grid in new] == [(FOURTH, "左"), (FIFTH, "河边社区第5网格")]
    assert shape_on(FOURTH, ON).centroid.x < shape_on(FIFTH, ON).centroid.x
    assert grid_codes_on(BEFORE, COMMUNITY) == [FIRST, SECOND, THIRD]
    assert grid_codes_on(ON, COMMUNITY) == [SECOND, THIRD, FOURTH, FIFTH]


def test_the_trail_and_the_history_say_what_became_of_what(district):
    split(actor="test", grid=district[0], line_or_parts=upright(WEST + 0.003), on=ON, reason="居民增多")
    entry = Entry.objects.get(kind="area.split")
    assert entry.data == {"on": "2025-03-01", "from": [FIRST], "to": [FOURTH, FIFTH]}
    assert (entry.area_code, entry.reason) == (COMMUNITY, "居民增多")
    change = changes_of(FIRST).get()
    assert (change.kind, change.from_codes, change.to_codes) == ("split", [FIRST], [FOURTH, FIFTH])
    assert not changes_of(THIRD).exists()


def test_successors_and_predecessors_follow_the_ground_through_time(district):
    new = split(actor="test", grid=district[0], line_or_parts=upright(WEST + 0.003), on=ON)
    merge(actor="test", grids=[new[1], district[1]], into_name="合一", on=LATER)
    sixth = COMMUNITY + "006"
    assert successors(FIRST, BEFORE) == [FIRST]
    assert successors(FIRST, ON) == [FOURTH, FIFTH]
    assert successors(FIRST) == [FOURTH, sixth]
    assert successors(THIRD) == [THIRD]
    assert predecessors(sixth, ON) == [SECOND, FIFTH]
    assert predecessors(sixth, BEFORE) == [FIRST, SECOND]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bearing=st.floats(0, 359.9), share=st.floats(0.05, 0.95), which=st.integers(0, 2))
def test_split_followed_by_merge_gives_back_the_shape_and_the_counts(district, bearing, share, which):
    from django.db import transaction

    with transaction.atomic():
        grid = Area.objects.get(code=district[which].code)
        before, counts = shape_on(grid.code), counted(BEFORE)
        parts = split(actor="test", grid=grid, line_or_parts=cuts.bearing_line(before, bearing, share), on=ON)
        assert sum(GridShape.objects.get(grid=part).area_m2 for part in parts) == pytest.approx(
            GridShape.objects.get(grid=grid).area_m2, rel=1e-6
        )
        during = counted(ON)
        assert sum(during.get(part.code, 0) for part in parts) == counts[grid.code]
        whole = merge(actor="test", grids=parts, into_name="原样", on=LATER)
        assert shape_on(whole.code, LATER).normalize().equals_exact(before.normalize(), 1e-11)
        after = counted(LATER)
        assert after.pop(whole.code) == counts[grid.code]
        assert after == {code: number for code, number in counts.items() if code != grid.code}
        assert counted(BEFORE) == counts
        transaction.set_rollback(True)


def test_a_serial_is_never_used_again(district):
    new = split(actor="test", grid=district[2], line_or_parts=upright(WEST + 0.025), on=ON)
    whole = merge(actor="test", grids=new, into_name="", on=LATER)
    assert whole.code == COMMUNITY + "006"


@pytest.mark.parametrize(
    ("line", "why"),
    [(upright(WEST - 1), "没有把网格分成两部分"), (upright(WEST), "没有把网格分成两部分")],
)
def test_a_line_that_does_not_cut_is_refused_and_nothing_changes(line, why, district):
    with pytest.raises(NotPossible, match=why):
        split(actor="test", grid=district[0], line_or_parts=line, on=ON)
    assert grid_codes_on(LATER, COMMUNITY) == [FIRST, SECOND, THIRD]
    assert not AreaChange.objects.exists()


def test_parts_must_make_up_the_whole_grid(district):
    halves = [square(0, 0, 0.5), square(0.5, 0, 0.5)]
    short = [square(0, 0, 0.5), square(0.5, 0, 0.4)]
    double = [square(0, 0, 0.6), square(0.5, 0, 0.5)]
    for parts, why in ((short, "漏掉"), (double, "重叠"), (halves[:1], "两个部分")):
        with pytest.raises(NotPossible, match=why):
            split(actor="test", grid=district[0], line_or_parts=parts, on=ON)
    assert len(split(actor="test", grid=district[0], line_or_parts=halves, on=ON)) == 2


def test_only_neighbours_of_one_community_merge(district):
    with pytest.raises(NotPossible, match="不相邻"):
        merge(actor="test", grids=[district[0], district[2]], into_name="", on=ON)
    with pytest.raises(NotPossible, match="同一个村"):
        merge(actor="test", grids=[district[2], district["neighbour"]], into_name="", on=ON)
    with pytest.raises(NotPossible, match="两个网格"):
        merge(actor="test", grids=[district[0], district[0]], into_name="", on=ON)
    assert grid_codes_on(ON, COMMUNITY) == [FIRST, SECOND, THIRD]


def test_a_closed_grid_a_community_and_a_day_before_the_shape_are_refused(district):
    split(actor="test", grid=district[0], line_or_parts=upright(WEST + 0.003), on=ON)
    with pytest.raises(NotPossible, match="不是有效网格"):
        split(actor="test", grid=district[0], line_or_parts=upright(WEST + 0.002), on=LATER)
    with pytest.raises(NotPossible, match="不是网格"):
        split(actor="test", grid=district["440703002131"], line_or_parts=upright(WEST), on=ON)
    with pytest.raises(NotPossible, match="更晚的调整"):
        early = START - datetime.timedelta(days=1)
        split(actor="test", grid=district[1], line_or_parts=upright(WEST + 0.013), on=early)


def test_a_border_moves_only_over_the_same_ground(district):
    grids = [district[0], district[1]]
    beyond = {FIRST: square(0, 0, 0.5), SECOND: square(0.5, 0, 1.6)}
    with pytest.raises(NotPossible, match="多出或漏掉"):
        move_border(actor="test", grids=grids, shapes=beyond, on=ON)
    with pytest.raises(NotPossible, match="每个"):
        move_border(actor="test", grids=grids, shapes={FIRST: square(0, 0)}, on=ON)
    good = {FIRST: square(0, 0, 0.5), SECOND: square(0.5, 0, 1.5)}
    move_border(actor="test", grids=grids, shapes=good, on=ON)
    assert shape_on(FIRST, BEFORE).equals(square(0, 0)) and shape_on(FIRST, ON).equals(good[FIRST])
    assert successors(FIRST) == [FIRST]
    assert Entry.objects.get(kind="area.border_moved").data["to"] == [FIRST, SECOND]


def test_history_outside_ones_reach_is_not_listed(district):
    split(actor="test", grid=district[0], line_or_parts=upright(WEST + 0.003), on=ON)
    with within(Reach(("440703006",))):
        assert not changes_of(COMMUNITY).exists()

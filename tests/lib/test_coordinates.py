"""Against pairs published with eviltransform and coordtransform, and back again."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.lib.coordinates import from_wgs84, to_wgs84

# (lon, lat) WGS-84 -> GCJ-02: the test tables of googollee/eviltransform and wandergis/coordtransform.
PUBLISHED = [
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),
]
# GCJ-02 -> BD-09: wandergis/coordtransform.
PUBLISHED_BD = [((116.404, 39.915), (116.41036949371029, 39.92133699351021))]
china = st.tuples(st.floats(75, 134), st.floats(4, 53))


def metres(one, other):
    east = math.radians(one[0] - other[0]) * math.cos(math.radians(one[1]))
    return 6_371_000 * math.hypot(east, math.radians(one[1] - other[1]))


@pytest.mark.parametrize(("wgs", "gcj"), PUBLISHED)
def test_gcj02_agrees_with_published_pairs_to_a_metre_both_ways(wgs, gcj):
    assert metres(from_wgs84([wgs], "gcj02")[0], gcj) < 1
    assert metres(to_wgs84([gcj], "gcj02")[0], wgs) < 1
    assert metres(wgs, gcj) > 100  # the shift is there at all


@pytest.mark.parametrize(("gcj", "bd"), PUBLISHED_BD)
def test_bd09_agrees_with_published_pairs_to_a_metre_both_ways(gcj, bd):
    wgs = to_wgs84([gcj], "gcj02")[0]
    assert metres(from_wgs84([wgs], "bd09")[0], bd) < 1
    assert metres(to_wgs84([bd], "bd09")[0], wgs) < 1


@settings(deadline=None)
@given(st.lists(china, max_size=5), st.sampled_from(["wgs84", "gcj02", "bd09"]))
def test_there_and_back_is_within_a_centimetre(points, system):
    back = to_wgs84(from_wgs84(points, system), system)
    assert len(back) == len(points)
    assert all(metres(one, other) < 0.01 for one, other in zip(points, back, strict=True))


def test_outside_china_nothing_moves():
    assert from_wgs84([(2.35, 48.86)], "gcj02") == to_wgs84([(2.35, 48.86)], "bd09") == [(2.35, 48.86)]


def test_an_unknown_system_is_named():
    with pytest.raises(ValueError, match="mercator"):
        to_wgs84([], "mercator")
    with pytest.raises(ValueError, match="wgs84, gcj02, bd09"):
        from_wgs84([], "mercator")

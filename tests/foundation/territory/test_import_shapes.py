"""GeoJSON in and out: what is refused, and in which words."""

import copy
import datetime
import json

import pytest
import shapely

from tests.foundation.territory.conftest import SOUTH, STEP, WEST, square
from wangge.foundation.journal.models import Entry
from wangge.foundation.territory.actions import import_shapes
from wangge.foundation.territory.models import GridShape
from wangge.foundation.territory.queries import features_on, shape_on
from wangge.lib.coordinates import from_wgs84
from wangge.lib.scoping import Reach, within

pytestmark = pytest.mark.usefixtures("district")
COMMUNITY = "440703002131"
FIRST, SECOND, THIRD = (f"{COMMUNITY}00{serial}" for serial in (1, 2, 3))
NEIGHBOUR = "440703006120001"
ON = datetime.date(2025, 3, 1)


def file_of(**shapes):
    """A file with the shapes of the three grids, some of them replaced: ``file_of(first=...)``."""
    parts = {"first": square(0, 0), "second": square(1, 0), "third": square(2, 0), **shapes}
    codes = {"first": FIRST, "second": SECOND, "third": THIRD}
    return collection({codes.get(name, name): shape for name, shape in parts.items() if shape is not None})


def collection(shapes):
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": code},
                "geometry": json.loads(shapely.to_geojson(shape)),
            }
            for code, shape in shapes.items()
        ],
    }


def moved():
    """The border between the first two grids half a step to the west."""
    return file_of(first=square(0, 0, 0.5), second=square(0.5, 0, 1.5))


def take(source, **options):
    return import_shapes(actor="test", source=source, on=ON, **options)


def refused(source, **options):
    before = list(GridShape.objects.values())
    report = take(source, **options)
    assert not report.applied and list(GridShape.objects.values()) == before
    return {fault.kind: fault for fault in report.faults}


def test_good_shapes_are_taken_over_from_their_day_on():
    report = take(moved())
    assert (report.changed, report.unchanged, report.faults) == ([FIRST, SECOND], [THIRD], [])
    assert shape_on(FIRST, ON).equals(square(0, 0, 0.5))
    assert shape_on(FIRST, ON - datetime.timedelta(days=1)).equals(square(0, 0))
    assert Entry.objects.filter(kind="area.shape_imported").count() == 2
    told = Entry.objects.get(kind="area.border_moved").data
    assert told == {"on": "2025-03-01", "from": [FIRST, SECOND], "to": [FIRST, SECOND]}


def test_the_same_file_again_changes_nothing():
    take(json.dumps(moved()))
    rows = list(GridShape.objects.values())
    report = take(json.dumps(moved()).encode())
    assert report.applied and report.unchanged == [FIRST, SECOND, THIRD] and not report.changed
    assert list(GridShape.objects.values()) == rows
    assert Entry.objects.filter(kind="area.border_moved").count() == 1


def test_a_dry_run_says_the_same_and_writes_nothing():
    before = list(GridShape.objects.values())
    report = take(moved(), dry_run=True)
    assert report.changed == [FIRST, SECOND] and not report.applied
    assert list(GridShape.objects.values()) == before


def test_an_export_comes_back_unchanged():
    report = take(features_on(ON))
    assert report.unchanged == [FIRST, SECOND, THIRD, NEIGHBOUR] and not report.changed


@pytest.mark.parametrize("system", ["gcj02", "bd09"])
def test_coordinates_of_chinese_maps_are_converted(system):
    source = moved()
    for feature in source["features"]:
        rings = feature["geometry"]["coordinates"]
        feature["geometry"]["coordinates"] = [from_wgs84(ring, system) for ring in rings]
    assert refused(source), "undeclared, they lie half a kilometre off"
    assert take(source, system=system).changed[:2] == [FIRST, SECOND]
    assert shape_on(FIRST, ON).hausdorff_distance(square(0, 0, 0.5)) < 1e-7  # a centimetre


def test_an_overlap_names_both_grids_and_the_place():
    fault = refused(file_of(second=square(0.5, 0, 1.5)))["overlap"]
    assert set(fault.codes) == {FIRST, SECOND} and FIRST in fault.text and SECOND in fault.text
    assert shapely.Point(fault.place).within(square(0.5, 0, 0.5))


def test_an_overlap_with_a_grid_that_is_not_in_the_file_counts_too():
    fault = refused(file_of(third=square(2, 0, 1.5)))["overlap"]
    assert set(fault.codes) == {THIRD, NEIGHBOUR}


def test_a_gap_names_the_community_and_the_place():
    fault = refused(file_of(third=square(2, 0, 0.8)))["gap"]
    assert fault.codes == (COMMUNITY,) and "河边社区" in fault.text
    assert shapely.Point(fault.place).within(square(2.8, 0, 0.2))


def test_a_gap_below_the_threshold_is_let_pass():
    hair = shapely.box(WEST + 2 * STEP, SOUTH, WEST + 3 * STEP - 1e-8, SOUTH + STEP)
    assert take(file_of(third=hair)).applied


def test_a_grid_outside_its_community_is_named_with_the_place():
    fault = refused(file_of(third=square(2, 0, 1, 1.5)))["outside"]
    assert fault.codes == (THIRD, COMMUNITY)
    assert shapely.Point(fault.place).within(square(2, 1, 1, 0.5))


def test_a_self_intersection_is_named_with_the_place():
    bow = shapely.Polygon([(113, 22.5), (113.01, 22.51), (113.01, 22.5), (113, 22.51)])
    fault = refused(file_of(first=bow))["self_intersection"]
    assert fault.codes == (FIRST,) and fault.place == pytest.approx((113.005, 22.505))


def test_swapped_coordinates_are_recognised():
    swapped = shapely.transform(square(0, 0), lambda points: points[:, ::-1])
    fault = refused(file_of(first=swapped))["swapped"]
    assert fault.codes == (FIRST,) and "写反" in fault.text


def test_metres_and_other_countries_are_refused():
    metres = shapely.box(12_580_000, 2_570_000, 12_580_100, 2_570_100)
    assert "WGS-84" in refused(file_of(first=metres))["not_degrees"].text
    assert refused(file_of(first=shapely.box(2.3, 60.8, 2.4, 60.9)))["elsewhere"].codes == (FIRST,)


def test_a_declared_foreign_coordinate_system_is_refused_and_cgcs2000_is_not():
    source = moved()
    source["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    assert "3857" in refused(source)["crs"].text
    source["crs"]["properties"]["name"] = "urn:ogc:def:crs:EPSG::4490"
    assert take(source).applied


def test_unknown_codes_missing_codes_and_repeats_are_named():
    stranger = "440703002131999"
    assert refused(file_of(**{stranger: square(8, 8)}))["unknown_code"].codes == (stranger,)
    nameless = file_of()
    nameless["features"][0]["properties"] = None
    assert "（空）" in refused(nameless)["unknown_code"].text
    double = file_of()
    double["features"].append(copy.deepcopy(double["features"][0]))
    assert refused(double)["twice"].codes == (FIRST,)


def test_grids_outside_ones_reach_cannot_be_given_a_shape():
    with within(Reach(("440703006",))):
        report = take(moved())
    assert {fault.kind for fault in report.faults} >= {"unknown_code"} and not report.applied


def test_a_day_before_the_newest_shape_is_refused():
    report = import_shapes(actor="test", source=moved(), on=datetime.date(2023, 1, 1))
    assert {fault.kind for fault in report.faults} == {"later_shape"} and not report.applied


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        (b"", "not_json"),
        (b"\xff\xfe\x00", "not_json"),
        ("[1, 2]", "not_a_collection"),
        ('{"type": "FeatureCollection", "features": 7}', "not_a_collection"),
        ('{"type": "FeatureCollection", "features": []}', "empty"),
        ("[" * 100_000, "not_json"),
    ],
)
def test_files_that_are_no_geojson_are_refused_in_words(source, kind):
    assert kind in refused(source)


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {"type": "Point", "coordinates": [113, 22]},
        {"type": "Polygon", "coordinates": "no"},
        {"type": "Polygon", "coordinates": [[[113, 22], [113, 23]]]},
        {"type": "Polygon", "coordinates": []},
        17,
    ],
)
def test_features_without_a_polygon_are_named(geometry):
    source = file_of()
    source["features"][0]["geometry"] = geometry
    assert refused(source)["not_a_polygon"].codes == (FIRST,)

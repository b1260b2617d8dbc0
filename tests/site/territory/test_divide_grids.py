"""Splitting, merging, describing and importing on the console."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.cast import COMMUNITY, DISTRICT, GRID, OTHER_GRID, district_user, secretary
from wangge.foundation.territory.models import Area
from wangge.lib.scoping import EVERYWHERE, within

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("land")]
SECOND = COMMUNITY + "002"
DAY = "2026-03-01"
CUT = {"x1": 113.005, "y1": 22.4, "x2": 113.005, "y2": 22.6, "on": DAY, "names": "东、西"}


def at(name, *codes):
    return reverse(f"territory:{name}", args=codes)


def grids_in_force():
    with within(EVERYWHERE):
        return list(Area.objects.filter(parent_id=COMMUNITY, valid_to=None).values_list("code", flat=True))


@pytest.mark.parametrize(("name", "code"), [("split", GRID), ("merge", COMMUNITY), ("describe", GRID)])
def test_changing_needs_the_right_and_an_area_in_reach(name, code, logged_in):
    assert logged_in(secretary()).get(at(name, code)).status_code == 403
    assert logged_in(district_user()).get(at(name, code)).status_code == 200
    elsewhere = logged_in(district_user("440703003000"))
    assert elsewhere.get(at(name, code)).status_code == 404
    assert elsewhere.post(at(name, code), {**CUT, "confirm": 1}).status_code == 404


def test_a_preview_shows_both_parts_and_writes_nothing(logged_in):
    page = logged_in(district_user()).post(at("split", GRID), {**CUT, "preview": 1})
    assert [part["name"] for part in page.context["parts"]] == ["东", "西"]
    assert "确认调整" in page.content.decode()
    assert grids_in_force() == [GRID, SECOND]


def test_a_confirmed_cut_closes_the_grid_and_opens_its_parts(logged_in):
    answer = logged_in(district_user()).post(at("split", GRID), {**CUT, "confirm": 1})
    assert answer.status_code == 302
    assert grids_in_force() == [SECOND, COMMUNITY + "003", COMMUNITY + "004"]


def test_a_bearing_halves_the_grid(logged_in):
    page = logged_in(district_user()).post(at("split", GRID), {"bearing": 30, "on": DAY, "preview": 1})
    one, other = (part["area_m2"] for part in page.context["parts"])
    assert one == pytest.approx(other, rel=1e-3)


def test_a_line_beside_the_grid_and_no_line_at_all_are_refused_in_words(logged_in):
    browser = logged_in(district_user())
    beside = browser.post(at("split", GRID), {**CUT, "x1": 114, "x2": 114, "confirm": 1}).content.decode()
    assert "没有把网格分成两部分" in beside
    assert "点两下" in browser.post(at("split", GRID), {"on": DAY, "confirm": 1}).content.decode()
    assert grids_in_force() == [GRID, SECOND]


def test_neighbours_merge_after_a_preview_and_strangers_cannot_be_chosen(logged_in):
    browser = logged_in(district_user())
    wish = {"grids": [GRID, SECOND], "into_name": "合一", "on": DAY}
    assert len(browser.post(at("merge", COMMUNITY), {**wish, "preview": 1}).context["parts"]) == 1
    stranger = browser.post(at("merge", COMMUNITY), {**wish, "grids": [GRID, OTHER_GRID], "confirm": 1})
    assert stranger.status_code == 200 and grids_in_force() == [GRID, SECOND]
    assert browser.post(at("merge", COMMUNITY), {**wish, "confirm": 1}).status_code == 302
    assert grids_in_force() == [COMMUNITY + "003"]


def test_a_grid_gets_its_party_group(logged_in):
    browser = logged_in(district_user())
    browser.post(at("describe", GRID), {"name": "河边一格", "party_group": "河边第一党支部"})
    assert "河边第一党支部" in browser.get(at("area", GRID)).content.decode()


def upload(content):
    return SimpleUploadedFile(
        "grids.geojson", content if isinstance(content, bytes) else json.dumps(content).encode()
    )


def test_an_export_comes_back_unchanged_and_a_broken_file_is_refused_in_words(logged_in):
    browser = logged_in(district_user())
    exported = browser.get(at("export"), {"area": DISTRICT}).content
    form = {"system": "wgs84", "on": DAY, "take": 1}
    page = browser.post(at("import"), {**form, "file": upload(exported)})
    assert (len(page.context["report"].unchanged), page.context["report"].faults) == (3, [])
    page = browser.post(at("import"), {**form, "file": upload(b"\x00 not json")})
    assert "无法解析" in page.content.decode()


def test_an_import_writes_only_when_asked_and_only_in_reach(logged_in):
    browser = logged_in(district_user(COMMUNITY))
    exported = json.loads(logged_in(district_user()).get(at("export")).content)
    page = browser.post(at("import"), {"system": "wgs84", "on": DAY, "take": 1, "file": upload(exported)})
    assert [fault.codes for fault in page.context["report"].faults] == [(OTHER_GRID,)]
    assert not page.context["report"].applied

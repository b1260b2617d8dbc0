"""Loading a district package."""

import pytest
import shapely
from django.utils import timezone

from wangge.foundation.journal.models import Entry
from wangge.foundation.territory.actions import load_package
from wangge.foundation.territory.districts import PackageProblem
from wangge.foundation.territory.enums import Level
from wangge.foundation.territory.geometry import checks
from wangge.foundation.territory.models import Area, CalendarDay, GridShape, Setting
from wangge.foundation.territory.queries import area_name_path, note_of, outlines_on, setting, shapes_on
from wangge.foundation.territory.queries.points import grids_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everywhere")]


def count(level):
    return Area.objects.filter(level=level).count()


def test_pengjiang_has_its_six_towns_and_139_villages_and_communities():
    load_package("440703")
    assert (count(Level.DISTRICT), count(Level.TOWN), count(Level.COMMUNITY)) == (1, 6, 139)
    assert count(Level.GRID) == 0
    assert area_name_path("440703002131") == "蓬江区 / 白沙街道 / 丰乐社区"


def test_the_demo_has_410_grids_and_two_communities_of_exactly_three():
    load_package("440703", demo=True)
    assert count(Level.GRID) == GridShape.objects.filter(demo=True).count() == 410
    for community in ("440703002131", "440703006120"):
        assert Area.objects.filter(parent_id=community).count() == 3
    communities = Area.objects.filter(level=Level.COMMUNITY)
    assert not communities.filter(children=None).exists()
    assert not Area.objects.filter(level=Level.GRID, demo=False).exists()


def test_the_demo_covers_its_ground_without_overlap_gap_or_overreach():
    load_package("440703", demo=True)
    today = timezone.localdate()
    shapes = shapes_on(today)
    assert shapely.coverage_is_valid(list(shapes.values()))
    outlines = outlines_on(today, {code[:12] for code in shapes})
    assert len(outlines) == 139
    assert checks.faults_together(shapes, outlines, checks.Tolerance()) == []
    middles = [(shape.representative_point().x, shape.representative_point().y) for shape in shapes.values()]
    assert list(grids_at(middles)) == list(shapes)


def test_demo_grids_are_numbered_from_west_to_east():
    load_package("440703", demo=True)
    shapes = shapes_on(timezone.localdate(), "440703002131")
    lefts = [shapes[code].centroid.x for code in sorted(shapes)]
    assert lefts == sorted(lefts)


def test_the_same_package_again_changes_nothing_and_leaves_no_line_in_the_trail():
    first = load_package("440703", demo=True)
    lines = Entry.objects.count()
    assert first.areas_new == 146 and first.demo_grids == 410
    assert load_package("440703", demo=True).nothing
    assert Entry.objects.count() == lines


def test_a_renamed_area_takes_the_packages_name():
    load_package("440703")
    Area.objects.filter(code="440703002131").update(name="别的名字")
    assert load_package("440703").areas_renamed == 1
    assert Area.objects.get(code="440703002131").name == "丰乐社区居委会"


def test_parameters_say_when_they_are_not_official():
    load_package("440703")
    assert setting("limits.stale_days") == 90 and setting("limits.grid_households") == [300, 500]
    assert note_of("limits.stale_days") == "示例" and note_of("codes.matters") == "待配置"
    assert note_of("district.name") == "" and setting("district.name") == "蓬江区"
    assert Setting.objects.get(key="calendar.2027").note.startswith("待配置")
    assert CalendarDay.objects.filter(date="2026-10-10", kind="workday").exists()


def test_an_unknown_package_is_refused_and_nothing_is_written():
    with pytest.raises(PackageProblem, match="wangge district new"):
        load_package("110101")
    assert not Area.objects.exists()

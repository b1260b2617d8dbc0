"""Grids that are given, taken and moved: what a phone holds follows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import shapely
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import cast
from tests.engines.sync.pull_cast import SECOND, home, lives
from tests.engines.sync.sync_cast import Handset
from wangge.engines.sync import sections
from wangge.foundation.access import actions as access
from wangge.foundation.access.models import Grant
from wangge.foundation.journal.models import Entry
from wangge.foundation.territory import actions as territory
from wangge.foundation.territory.models import Area
from wangge.lib.scoping import EVERYWHERE, Scoped, within
from wangge.registry.people.actions import follow_redivision
from wangge.registry.people.models import Room

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _everywhere(everywhere):
    pass


class TestMovedGrids:
    def test_a_grid_given_and_a_grid_taken(self, phone, second):
        lives("甲一", home())
        lives("丙三", home(SECOND, "丙栋", 113.075))
        phone.pull()
        today = timezone.localdate()
        access.give_grant(actor="test", user=phone.user, role="grid_worker", area_code=SECOND)
        (page,) = phone.pull()
        assert not page["full"] and phone.names() == ["丙三", "甲一"]
        Grant.objects.filter(user=phone.user, area_code=cast.GRID).update(
            valid_from=today - timedelta(days=3), valid_to=today
        )
        (page,) = phone.pull()
        assert page["left"] == [cast.GRID] and phone.names() == ["丙三"] and set(phone.areas) == {SECOND}
        assert all(row.get("area") != cast.GRID for rows in phone.rows.values() for row in rows.values())

    def test_ground_that_moves_is_forgotten_here_and_delivered_there(self, phone, second):
        """Also when nobody's grants change: the border moves over a building."""
        lives("东一", home(cast.GRID, "东栋", 113.065))
        lives("西一", home(cast.GRID, "西栋", 113.055))
        other = Handset(cast.worker(SECOND))
        other.register()
        phone.pull(), other.pull()
        assert phone.names() == ["东一", "西一"] and other.names() == []
        grids = [Area.objects.get(code=code) for code in (cast.GRID, SECOND)]
        parts = [shapely.box(113.05, 22.6, 113.06, 22.62), shapely.box(113.06, 22.6, 113.09, 22.62)]
        shapes = {grid.code: part for grid, part in zip(grids, parts, strict=True)}
        territory.move_border(actor="test", grids=grids, shapes=shapes, on=timezone.localdate())
        for entry in Entry.objects.filter(kind__startswith="area."):
            follow_redivision(entry)
        (page,), (there,) = phone.pull(), other.pull()
        assert page["left"] == [cast.GRID] and phone.names() == ["西一"]
        assert there["left"] == [SECOND] and other.names() == ["东一"]
        with CaptureQueriesContext(connection):
            assert phone.fetch().json()["left"] == []

    def test_no_row_of_another_area_ever_travels(self, phone, second):
        """Whatever a section returns, the phone reads within the worker's reach."""
        home(SECOND, "丙栋")

        def careless(scope: sections.Scope) -> list[dict[str, Any]]:
            assert issubclass(Room, Scoped)
            return [{"id": str(room.pk), "area": room.area_code} for room in Room.objects.all()]

        sections.register("test.careless", careless)
        with within(EVERYWHERE):
            phone.pull()
        assert "test.careless" not in phone.rows

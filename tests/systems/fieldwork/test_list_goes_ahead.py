"""Today's list goes ahead of everything else to a phone that holds nothing yet."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.engines.sync.sync_cast import Handset
from tests.systems.fieldwork.lists_cast import a_scene, rooms, somebody
from wangge.engines.sync.queries import pulling
from wangge.foundation.access.models import Reading
from wangge.systems.fieldwork.models import Duty

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


def due(name: str, *, grid: str = cast.GRID, ahead: int = 0, **more):
    day = timezone.localdate() + timedelta(days=ahead)
    return Duty.objects.create(
        key=name, kind=more.pop("kind", "visit"), area_code=grid, begins_on=day, due_on=day, **more
    )


def sent(phone: Handset) -> dict:
    answer = phone.client.get("/field/api/ahead/")
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    return {name: {row["id"] for row in rows} for name, rows in answer.json()["sections"].items()}


def test_duties_of_today_come_with_their_doors_and_scenes_and_with_nobody():
    door, other = rooms(2)
    somebody(door)
    scene = a_scene()
    a_scene("广场")
    visit, patrol = due("visit", room=door), due("patrol", kind="patrol", scene=scene)
    due("later", room=other, ahead=2), due("elsewhere", grid=cast.OTHER_GRID)
    phone = Handset(cast.worker())
    assert sent(phone) == {
        "duties": {str(visit.pk), str(patrol.pk)}, "rooms": {str(door.pk)},
        "buildings": {str(door.building_id)}, "scenes": {str(scene.pk)},
    }  # fmt: skip
    assert not Reading.objects.exists()


def test_what_goes_ahead_is_what_comes_with_the_rest():
    (door,) = rooms(1)
    due("visit", room=door)
    phone = Handset(cast.worker())
    early = phone.client.get("/field/api/ahead/").json()["sections"]
    phone.register()
    phone.pull()
    for name, held in early.items():
        for row in held:
            assert {key: phone.rows[name][row["id"]][key] for key in row} == row


def test_nothing_goes_ahead_where_one_page_does_not_hold_all(monkeypatch):
    (door,) = rooms(1)
    somebody(door), somebody(door)
    due("visit", room=door)
    assert sent(Handset(cast.worker()))
    monkeypatch.setattr(pulling, "A_PAGE", 0)
    monkeypatch.setattr(pulling, "AT_MOST", 1)
    assert sent(Handset(cast.secretary())) == {}


def test_who_does_not_work_in_a_grid_is_told_to_wipe():
    answer = Handset(cast.leader()).client.get("/field/api/ahead/")
    assert answer.status_code == 403 and answer.json()["wipe"] is True

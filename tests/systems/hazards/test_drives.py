"""专项行动 (S42): N buildings, completion by grid, daily report, gap list."""

from __future__ import annotations

import io
from datetime import timedelta
from uuid import uuid4

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.systems.hazards.hazard_cast import AFTER, a_building, a_firm, a_room, said, the
from wangge.engines.forms.models import Form
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.systems.hazards.actions.drives import Wanted, end_drive, start_drive
from wangge.systems.hazards.actions.inspecting import Answer, record_inspection
from wangge.systems.hazards.models import Drive
from wangge.systems.hazards.queries.drives import gaps, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("checklists")]


def wanted(target="high_rise", areas=(cast.COMMUNITY,), **more):
    today = timezone.localdate()
    form = Form.objects.get(key="hazard_high_rise")
    given = {"op": uuid4(), "name": "秋冬消防", "form": form, "target": target,
             "areas": list(areas), "begins_on": today, "ends_on": today + timedelta(days=10)}  # fmt: skip
    return Wanted(**(given | more))


def started(**more):
    return start_drive(actor=cast.secretary(), area_code=cast.COMMUNITY, wanted=wanted(**more))


def test_an_action_goes_to_the_buildings_of_its_kind_in_its_areas():
    high, _low = a_building(), a_building(high_rise=False)
    a_building(grid=cast.OTHER_GRID)
    assert [one.building for one in started().targets.all()] == [high]
    room = a_room()
    assert [one.building for one in started(target="rented").targets.all()] == [room.building]
    firm = a_firm()
    assert [one.organisation for one in started(target="organisations").targets.all()] == [firm]


def test_the_same_op_is_the_same_action():
    a_building()
    wish = wanted()
    first = start_drive(actor="test", area_code=cast.COMMUNITY, wanted=wish)
    assert (
        start_drive(actor="test", area_code=cast.COMMUNITY, wanted=wish) == first
        and Drive.objects.count() == 1
    )


def test_nothing_to_look_at_days_that_cannot_be_and_areas_of_others_are_refused():
    with pytest.raises(Unacceptable):
        started()
    a_building()
    today = timezone.localdate()
    with pytest.raises(Unacceptable):
        started(ends_on=today - timedelta(days=1), begins_on=today - timedelta(days=2))
    with pytest.raises(Refused):
        started(areas=[cast.OTHER_COMMUNITY])


def test_completion_by_grid_and_the_gap_list():
    first, second = a_building(), a_building()
    drive = started()
    more = {"stairs": Answer("larger", "堆物"), "light": Answer("fixed", "", (AFTER,))}
    record_inspection(actor=cast.worker(), said=said(first, "hazard_high_rise", more=more, drive=drive))
    record_inspection(actor=cast.worker(), said=said(first, "hazard_high_rise", drive=drive))
    total = report(drive, timezone.localdate()).total
    assert (total.all, total.done, total.new, total.left) == (2, 1, 1, 1)
    assert (total.found, total.fixed, total.open) == (2, 1, 1) and str(total.share) == "50.00%"
    assert [one.building for one in gaps(drive)] == [second]
    before = report(drive, timezone.localdate() - timedelta(days=1)).total
    assert (before.done, before.found) == (0, 0)


def test_the_daily_report_is_a_page_and_a_workbook(logged_in):
    a_building()
    drive, client = started(), logged_in(cast.secretary())
    assert "甲一网格" in client.get(reverse("hazards:drive", args=[drive.pk])).content.decode()
    answer = client.get(reverse("hazards:daily_file", args=[drive.pk]))
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows[2][:2] == ("合计", 1) and rows[3][0] == "甲一网格"


def test_an_action_is_started_and_ended_on_its_page(logged_in):
    house, today = a_building(), timezone.localdate()
    client = logged_in(cast.secretary())
    form = {"op": uuid4(), "name": "燃气专项", "form": "hazard_gas", "target": "buildings",
            "begins_on": today.isoformat(), "ends_on": today.isoformat(),
            "areas": [cast.COMMUNITY, cast.GRID]}  # fmt: skip
    client.post(reverse("hazards:drive_new"), form)
    drive = Drive.objects.get()
    assert drive.areas == [cast.COMMUNITY] and drive.targets.get().building == house
    assert house.name in client.get(reverse("hazards:gaps", args=[drive.pk])).content.decode()
    client.post(reverse("hazards:end", args=[drive.pk]))
    drive.refresh_from_db()
    assert drive.state == "closed"
    assert client.post(reverse("hazards:drive_new"), form | {"areas": []}).status_code == 422


def test_another_ones_action_is_not_ended():
    a_building()
    drive = start_drive(actor="test", area_code=cast.DISTRICT, wanted=wanted())
    with pytest.raises(Refused):
        end_drive(actor=cast.secretary(), drive=drive)


def test_a_grids_worker_works_for_her_communitys_action(logged_in):
    house, drive = a_building(), started()
    form = {"op": uuid4(), "drive": drive.pk}
    form |= {f"item-{item.name}": "good" for item in the("hazard_high_rise").items}
    client = logged_in(cast.worker())
    assert drive.name in client.get(reverse("hazards:drives")).content.decode()
    client.post(reverse("hazards:inspect", args=["hazard_high_rise", "buildings", house.pk]), form)
    assert drive.targets.get().done_at is not None
    far = logged_in(cast.worker(cast.OTHER_GRID)).get(reverse("hazards:drives")).content.decode()
    assert drive.name not in far

"""An inspection with a checklist: every bad item is a hazard with its level, or put right on the spot."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests import cast
from tests.systems.hazards.hazard_cast import AFTER, PHOTO, a_building, a_firm, a_room, said, the
from wangge.engines.cases.models import Case
from wangge.engines.forms.checking import Words, check
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.systems.hazards.actions.inspecting import Answer, record_inspection
from wangge.systems.hazards.actions.pack import load_checklists
from wangge.systems.hazards.models import Inspection
from wangge.systems.hazards.queries.checklists import checklists, kind_of
from wangge.systems.hazards.workbook.forms import pack_forms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("checklists")]


def test_the_pack_holds_five_checklists_that_say_they_are_examples_and_is_loaded_once():
    found = checklists()
    assert [each.kind for each in found] == ["rental", "gas", "high_rise", "nine_small", "firm"]
    assert all("示例" in each.title for each in found)
    assert load_checklists(actor="test", area_code=cast.DISTRICT) == []
    parts = list(dict.fromkeys(item.part for item in the("hazard_rental").items))
    assert parts == ["房屋结构", "消防设施", "电气线路", "用气安全", "生命通道", "电动自行车"]
    assert kind_of("hazard_school") == "other"


def test_an_item_has_the_level_and_standard_of_its_workbook():
    items = {item.name: item for item in the("hazard_gas").items}
    assert items["bedroom"].level == "major" and "第九条" in items["bedroom"].standard
    assert items["hose"].level == "larger" and items["flame"].level == "general"


def test_every_workbook_of_the_pack_is_without_fault():
    assert [check(form.workbook, Words(set())).faults for form in pack_forms()[:1]] == [[]]


def test_a_bad_item_opens_a_hazard_with_its_level_and_limit():
    room, worker = a_room(), cast.worker()
    bad = {"exit": Answer("larger", "堆了家具", (PHOTO,)), "smoke": Answer("none")}
    row = record_inspection(actor=worker, said=said(room, more=bad))
    assert (row.looked, row.bad, row.fixed) == (10, 1, 0) and row.building == room.building
    case = Case.objects.get()
    assert (case.kind, case.level, case.room, case.source) == ("rental", "larger", room, "worker")
    assert timedelta(days=14) < case.due_at - case.raised_at <= timedelta(days=15)
    assert case.data["item"] == "exit" and "畅通" in case.data["standard"]
    assert row.results.get(item="exit").case == case
    assert Entry.objects.get(kind="hazard.inspected").data["bad"] == 1


def test_what_was_put_right_on_the_spot_is_closed_with_its_photo():
    row = record_inspection(
        actor=cast.worker(), said=said(a_room(), more={"exit": Answer("fixed", "", (AFTER,))})
    )
    assert (row.bad, row.fixed) == (1, 1) and Case.objects.get().state == "closed"


def test_put_right_without_a_photo_is_refused_and_nothing_is_kept():
    with pytest.raises(Unacceptable, match="改好后的照片"):
        record_inspection(actor=cast.worker(), said=said(a_room(), more={"exit": Answer("fixed")}))
    assert not Inspection.objects.exists() and not Case.objects.exists()


def test_every_item_is_to_be_answered_with_one_of_its_options():
    with pytest.raises(Unacceptable, match="还有 1 项没有选"):
        record_inspection(actor=cast.worker(), said=said(a_room(), more={"exit": Answer("major")}))


def test_the_same_op_is_the_same_inspection_and_other_content_is_refused():
    room, op = a_room(), uuid4()
    bad = {"exit": Answer("larger", "堆物")}
    first = record_inspection(actor=cast.worker(), said=said(room, more=bad, op=op))
    assert record_inspection(actor=cast.worker(), said=said(room, more=bad, op=op)) == first
    assert Case.objects.count() == 1
    with pytest.raises(Unacceptable):
        record_inspection(actor=cast.worker(), said=said(room, op=op))


def test_nobody_inspects_outside_her_area():
    with pytest.raises(Refused):
        record_inspection(actor=cast.worker(cast.OTHER_GRID), said=said(a_room()))


def test_a_time_ahead_is_refused():
    with pytest.raises(Unacceptable):
        record_inspection(actor=cast.worker(), said=said(a_room(), at=timezone.now() + timedelta(hours=1)))


def test_a_building_and_a_firm_are_inspected_with_their_own_lists():
    house, firm = a_building(), a_firm()
    first = record_inspection(actor=cast.worker(), said=said(house, "hazard_high_rise"))
    second = record_inspection(actor=cast.worker(), said=said(firm, "hazard_nine_small"))
    assert (first.building, first.kind) == (house, "high_rise")
    assert (second.organisation, second.kind) == (firm, "nine_small")

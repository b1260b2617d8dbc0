"""The console: list, inspection page, one-house-one-file, fire profile."""

from __future__ import annotations

import io
from datetime import date
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import cast
from tests.systems.hazards.hazard_cast import a_building, a_firm, a_hazard, a_photo, a_room, closed, said, the
from wangge.engines.cases.models import Case
from wangge.registry.people.actions import register_person
from wangge.systems.hazards.actions.inspecting import Answer, record_inspection
from wangge.systems.hazards.models import FireProfile, Inspection
from wangge.systems.hazards.queries.about import About

pytestmark = pytest.mark.django_db


def test_the_list_shows_what_is_asked_for(logged_in):
    a_hazard(title="楼道堆物甲", kind="rental", level="larger")
    closed(a_hazard(title="飞线乙"))
    client = logged_in(cast.secretary())
    page = client.get(reverse("hazards:list")).content.decode()
    assert "楼道堆物甲" in page and "飞线乙" not in page
    page = client.get(reverse("hazards:list") + "?show=closed").content.decode()
    assert "飞线乙" in page and "楼道堆物甲" not in page
    page = client.get(reverse("hazards:list") + "?level=major").content.decode()
    assert "这里没有隐患" in page


def test_another_towns_hazards_are_not_there(logged_in):
    a_hazard(title="楼道堆物甲")
    page = logged_in(cast.secretary(cast.OTHER_COMMUNITY)).get(reverse("hazards:list") + "?show=all")
    assert "楼道堆物甲" not in page.content.decode()


def test_the_list_is_taken_as_a_workbook(logged_in):
    case = a_hazard(title="=1+1")
    answer = logged_in(cast.secretary()).get(reverse("hazards:export"))
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows[2][:3] == (case.number, "=1+1", "其他")


@pytest.mark.usefixtures("checklists")
class TestInspectPage:
    def form(self, **more):
        good = {f"item-{item.name}": "good" for item in the().items}
        return {"op": str(uuid4()), "words": ""} | good | more

    def test_it_opens_with_every_item_and_its_standard(self, logged_in):
        address = reverse("hazards:inspect", args=["hazard_rental", "rooms", a_room().pk])
        page = logged_in(cast.worker()).get(address).content.decode()
        assert all(item.label in page and item.standard in page for item in the().items)

    def test_a_bad_item_and_one_put_right_with_its_photo(self, logged_in):
        address = reverse("hazards:inspect", args=["hazard_rental", "rooms", a_room().pk])
        form = self.form(**{"item-exit": "larger", "words-exit": "堆物", "item-smoke": "fixed"})
        answer = logged_in(cast.worker()).post(address, form | {"photo-smoke": a_photo()})
        row = Inspection.objects.get()
        assert answer.status_code == 302 and (row.bad, row.fixed) == (2, 1)
        assert sorted(Case.objects.values_list("state", flat=True)) == ["closed", "found"]

    def test_put_right_without_a_photo_comes_back_and_keeps_what_was_filled_in(self, logged_in):
        address = reverse("hazards:inspect", args=["hazard_rental", "rooms", a_room().pk])
        form = self.form(**{"item-exit": "larger", "item-smoke": "fixed"}) | {"photo-exit": a_photo()}
        answer = logged_in(cast.worker()).post(address, form)
        page = answer.content.decode()
        assert answer.status_code == 422 and "改好后的照片" in page and "已收下 1 张照片" in page
        assert not Inspection.objects.exists()

    def test_what_is_no_photo_is_said_at_its_item(self, logged_in):
        address = reverse("hazards:inspect", args=["hazard_rental", "rooms", a_room().pk])
        wrong = SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")
        answer = logged_in(cast.worker()).post(
            address, self.form(**{"item-exit": "larger"}) | {"photo-exit": wrong}
        )
        assert answer.status_code == 422 and "hazard-error" in answer.content.decode()

    def test_a_checklist_that_is_none_does_not_exist(self, logged_in):
        address = reverse("hazards:inspect", args=["hazard_none", "rooms", a_room().pk])
        assert logged_in(cast.worker()).get(address).status_code == 404


@pytest.mark.usefixtures("checklists")
def test_one_house_one_file_holds_inspections_hazards_and_notices(logged_in):
    room = a_room()
    record_inspection(actor=cast.worker(), said=said(room, more={"exit": Answer("larger", "堆了家具")}))
    other = a_room("102")
    for what, pk in (("rooms", room.pk), ("buildings", room.building_id)):
        page = logged_in(cast.secretary()).get(reverse("hazards:file", args=[what, pk])).content.decode()
        assert "疏散通道、安全出口" in page and "出租屋" in page
    page = logged_in(cast.secretary()).get(reverse("hazards:file", args=["rooms", other.pk])).content.decode()
    assert "没有发现过隐患" in page


def test_a_firms_file(logged_in):
    firm = a_firm()
    a_hazard(about=About("organisations", firm), title="店内住人")
    page = logged_in(cast.secretary()).get(reverse("hazards:file", args=["organisations", firm.pk]))
    assert "店内住人" in page.content.decode()


def test_the_fire_profile_counts_by_floor_and_names_nobody(logged_in):
    room = a_room()
    facts = {"name": "欧阳试", "birth": date(1940, 1, 1)}
    register_person(actor="cli", facts=facts, room=room, area="", answer="new", source=10)
    client = logged_in(cast.worker())
    address = reverse("hazards:profile", args=[room.building_id])
    assert client.post(address, {"floors": 18, "hydrants": 36, "limited": "3层 许多"}).status_code == 422
    sent = {"floors": 18, "hydrants": 36, "control_room": "True", "limited": "1：2\n3层：1"}
    assert client.post(address, sent).status_code == 302
    row = FireProfile.objects.get()
    assert (row.hydrants, row.control_room, row.sprinkler) == (36, True, None)
    assert row.limited == {"1": 2, "3": 1}
    page = client.get(reverse("hazards:file", args=["buildings", room.building_id])).content.decode()
    assert "3 人" in page and "欧阳" not in page


def test_places_are_found_in_reach_only(logged_in):
    house, firm = a_building("虚构高楼一号"), a_firm("虚构面馆")
    client = logged_in(cast.worker())
    assert house.name in client.get(reverse("hazards:places")).content.decode()
    assert firm.name in client.get(reverse("hazards:places") + "?q=虚构面").content.decode()
    far = logged_in(cast.worker(cast.OTHER_GRID)).get(reverse("hazards:places") + "?q=虚构").content.decode()
    assert house.name not in far and firm.name not in far

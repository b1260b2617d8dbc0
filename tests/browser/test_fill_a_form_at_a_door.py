"""A campaign's whole form at a door: it begins with who lives there; its photo arrives with its answer."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from tests.browser.field_day import a_photo, at, lay_grid, opened, phone
from tests.browser.form_hands import question
from tests.cast import COMMUNITY, DISTRICT, GRID
from tests.engines.forms.form_cast import settings as about
from tests.engines.forms.form_cast import workbook
from wangge.engines.forms import actions
from wangge.engines.forms.models import Attachment, Submission
from wangge.engines.forms.queries.files import files_of
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.models import Person, Room
from wangge.systems.fieldwork.models import Campaign, CampaignTarget

pytestmark = pytest.mark.django_db(transaction=True)
SURVEY = [
    ["type", "name", "label", "fact"],
    ["begin_group", "people", "一问：人口报告", ""],
    ["begin_repeat", "member", "住的人", ""],
    ["hidden", "person_id", "", ""],
    ["text", "name", "姓名", "name"],
    ["text", "contact", "电话", "phone"],
    ["end_repeat", "", "", ""],
    ["end_group", "", "", ""],
    ["begin_group", "safety", "二问：家居安全", ""],
    ["select_one yn", "smoke", "有烟感报警器吗？", "own"],
    ["image", "look", "拍一张", ""],
    ["end_group", "", "", ""],
]


def lay_campaign(room: Room) -> None:
    """The form, given out, and a campaign whose one door is the room."""
    with within(EVERYWHERE):
        content = workbook(SURVEY, about=about("door_form"))
        made = actions.upload_form(actor="test", area_code=DISTRICT, content=content)
        actions.publish_version(actor="test", version=made)
        today = timezone.localdate()
        row = Campaign.objects.create(
            name="三问一完善", kind="three_asks", area_code=COMMUNITY, form=made.form, target="rooms",
            scope={"areas": [COMMUNITY]}, begins_on=today, ends_on=today + timedelta(days=30),
            state="running", made_by="test", started_at=timezone.now(),
        )  # fmt: skip
        CampaignTarget.objects.create(campaign=row, area_code=GRID, room=room)


def test_it_begins_with_who_lives_there_and_all_of_it_arrives(
    browser: Browser, live_server: Any, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    grid = lay_grid()
    lay_campaign(grid.room)
    context = phone(browser)
    page = context.new_page()
    opened(page, live_server.url, grid.user)
    at(page, f"#/visit/room/{grid.room.pk}", "visit")
    page.get_by_text("整张表", exact=True).wait_for()
    at(page, f"#/form/room/{grid.room.pk}/door_form/1", "form")
    expect(question(page, "name").get_by_role("textbox")).to_have_value("江小萍")
    question(page, "contact").get_by_role("textbox").fill("10000067890")
    question(page, "smoke").get_by_label("有", exact=True).check()
    question(page, "look").locator("input[type=file]").first.set_input_files(a_photo(tmp_path))
    expect(question(page, "look")).to_contain_text("照片已缩小")
    page.get_by_role("button", name="提交").click()
    page.wait_for_selector("main[data-page=visit]")
    page.get_by_role("radio", name="部分完成").check(force=True)
    page.get_by_role("button", name="保存走访").click()
    page.wait_for_selector("main[data-page=record]")
    expect(page.locator("[data-standing=arrived]").first).to_be_visible(timeout=60_000)
    context.close()
    with within(EVERYWHERE):
        person, row = Person.objects.get(name="江小萍"), Submission.objects.get()
        assert person.phone == "10000067890" and row.written["strangers"] == 0
        [file] = files_of(row).here
        assert (file.kind, Attachment.objects.count()) == ("jpeg", 1)

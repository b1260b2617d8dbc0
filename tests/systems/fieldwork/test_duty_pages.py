"""The board: every number opens its rows; a duty is cancelled, brought back, given on; figures; a month."""

from __future__ import annotations

import io
import re
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests import cast
from tests.systems.fieldwork.lists_cast import LONG_AGO, a_rule, a_scene, cared_for, rooms, two_workers
from wangge.foundation.journal.models import Entry
from wangge.lib.counting import shares_by_area
from wangge.lib.figures import Period, Share
from wangge.systems.fieldwork.actions.duties import finish_duty
from wangge.systems.fieldwork.actions.generate import generate_days
from wangge.systems.fieldwork.actions.patrol import Seen, record_item
from wangge.systems.fieldwork.models import Duty, Finding
from wangge.systems.fieldwork.queries.duties import in_walking_order, with_places
from wangge.systems.fieldwork.queries.duty_rates import INDICATORS
from wangge.systems.fieldwork.queries.months import my_month

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
MONDAY = date(2026, 11, 23)
BOARD = "/console/duties/"


@pytest.fixture
def crew():
    """A week of patrols and of visits to three people, two workers."""
    both = two_workers()
    a_scene()
    a_rule(1, "week", "elderly", "red")
    for home in rooms(3):
        cared_for(home)
    generate_days(actor="test", first=MONDAY, last=MONDAY + timedelta(days=6))
    return both


def text(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


def test_every_number_of_the_board_opens_as_many_rows(crew, logged_in):
    visit = Duty.objects.filter(kind="visit").first()
    finish_duty(actor=crew[0], duty=visit, at=at(visit.begins_on))
    officer = logged_in(cast.officer())
    seen = 0
    for asked in ("span=week", "span=day&kind=patrol", f"span=week&area={cast.GRID}"):
        shown = text(officer, f"{BOARD}?on={MONDAY}&{asked}")
        for address, number in re.findall(r'<a href="([^"]+/rows/[^"]+)"[^>]*>(\d+)</a>', shown):
            rows = text(officer, address.replace("&amp;", "&"))
            assert rows.count("<tr><td>") == int(number), address
            seen += int(number)
    assert seen > 20
    other = logged_in(cast.officer(cast.OTHER_TOWN))
    assert other.get(f"{BOARD}?area={cast.GRID}").status_code == 404


def test_the_list_of_a_day_is_walked_and_goes_out_as_a_workbook(crew, logged_in):
    worker = logged_in(crew[0])
    shown = text(worker, f"{BOARD}day/?on={MONDAY}")
    assert "道路" in shown and "data-print" in shown
    order = in_walking_order(list(with_places(Duty.objects.filter(area_code=cast.GRID))))
    kinds = [duty.kind for duty in order]
    assert kinds == sorted(kinds) and kinds[0] == "patrol"
    assert [duty.room.door for duty in order if duty.room] == ["101", "102", "103"]
    answer = worker.get(f"{BOARD}export/?span=week&on={MONDAY}")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert len(book) == 2 + Duty.objects.filter(area_code=cast.GRID).count()
    assert "测试" not in str(book) and Entry.objects.filter(kind="duty.exported").exists()


def test_a_duty_is_cancelled_with_a_reason_brought_back_and_given_on(crew, logged_in):
    duty = Duty.objects.filter(worker=crew[0]).first()
    secretary, page = logged_in(cast.secretary()), f"{BOARD}{duty.pk}/"
    secretary.post(f"{page}cancel/", {"why": " "})
    duty.refresh_from_db()
    assert duty.state == "open"
    secretary.post(f"{page}cancel/", {"why": "台风"})
    assert "台风" in text(secretary, page) and "恢复任务" in text(secretary, page)
    secretary.post(f"{page}restore/")
    secretary.post(f"{page}assign/", {"worker": str(cast.secretary().pk)})
    duty.refresh_from_db()
    assert (duty.state, duty.worker) == ("open", crew[0])
    secretary.post(f"{page}assign/", {"worker": str(crew[1].pk)})
    duty.refresh_from_db()
    assert duty.worker == crew[1]
    kinds = Entry.objects.filter(subject_id=str(duty.pk), subject_type="fieldwork.duty").order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == ["duty.cancelled", "duty.restored", "duty.assigned"]
    assert logged_in(crew[0]).post(f"{page}cancel/", {"why": "不想去"}).status_code == 403


def test_figures_count_what_is_valid_and_nothing_is_a_dash(crew, logged_in):
    period = Period(MONDAY, MONDAY + timedelta(days=6))

    def shares() -> list[Share]:
        return [found[""] for found in shares_by_area(INDICATORS, period, "", 15)]

    patrols = Duty.objects.filter(kind="patrol", area_code=cast.GRID).order_by("begins_on")
    assert shares()[0] == Share(0, 20) and shares()[2] == Share(0, 3)
    monday = patrols[0]
    first, second = monday.scene.items.all()
    here = {"lon": 113.0, "lat": 22.6}
    record_item(
        actor=crew[0], duty=monday, item=first, outcome="normal", seen=Seen(uuid4(), at(MONDAY), **here)
    )
    record_item(actor=crew[0], duty=monday, item=second, outcome="normal",
                seen=Seen(uuid4(), at(MONDAY + timedelta(days=1)), **here))  # fmt: skip
    visit = Duty.objects.filter(kind="visit").first()
    finish_duty(actor=crew[0], duty=visit, at=at(visit.due_on))
    assert [str(share) for share in shares()[:1] + shares()[2:]] == ["5.00%", "33.33%", "33.33%"]
    nothing = Period(LONG_AGO, LONG_AGO)
    assert str(shares_by_area(INDICATORS[:1], nothing, "", 15)[0][""]) == "—"
    officer = logged_in(cast.officer())
    shown = text(officer, f"{BOARD}rates/?since={period.since}&until={period.until}")
    for address, number in re.findall(r'<a href="([^"]+/rates/\w+/\w+/[^"]+)">(\d+)</a>', shown):
        assert text(officer, address.replace("&amp;", "&")).count("<tr><td") == int(number), address
    leader = text(logged_in(cast.leader()), f"{BOARD}rates/")
    assert "—" in leader and "/rates/patrol/" not in leader


def test_my_month_counts_what_i_did(crew, logged_in):
    visit = Duty.objects.filter(kind="visit", worker=crew[0]).first()
    finish_duty(actor=crew[1], duty=visit, at=at(MONDAY))
    mine, helper = my_month(crew[0], MONDAY), my_month(crew[1], MONDAY)
    assert (mine["duties_done"], mine["duties_helped"], helper["duties_helped"]) == (1, 0, 1)
    assert mine["duties_due"] == Duty.objects.filter(worker=crew[0]).count()
    assert f"1 / {mine['duties_due']}" in text(logged_in(crew[0]), f"{BOARD}month/?month=2026-11")


def test_a_day_that_cannot_be_counts_as_none(logged_in):
    officer = logged_in(cast.officer())
    for wrong in ("0001-01-01", "9999-12-31", "2026-02-30"):
        for page in (
            f"?on={wrong}",
            f"?span=week&on={wrong}",
            f"rates/?until={wrong}",
            f"findings/?until={wrong}",
        ):
            text(officer, f"{BOARD}{page}")
        for page in (f"coverage/?until={wrong}", f"coverage/?since={wrong}"):
            text(officer, f"/console/campaigns/{page}")
    assert officer.get(f"{BOARD}month/?month=9999-12").status_code in (200, 403)


def test_findings_are_shown_with_their_flags(crew, logged_in):
    Finding.objects.create(
        op=uuid4(), area_code=cast.GRID, kind="hazard", topic="消防车道", words="被车占了", at=at(MONDAY),
        worker=crew[0].username, photos=["ab" * 32], in_grid=False,
    )  # fmt: skip
    officer = logged_in(cast.officer())
    shown = text(officer, f"{BOARD}findings/?flagged=1")
    assert "消防车道" in shown and "在网格外" in shown and "还在路上" in shown
    assert "没有发现问题" in text(officer, f"{BOARD}findings/?kind=event")


def test_a_scene_is_edited_on_one_page_and_nothing_typed_is_lost(logged_in):
    centre, scene = logged_in(cast.district_user()), a_scene()
    page = f"{BOARD}scenes/{scene.pk}/edit/"
    said = {
        "name": "道路", "kind": "daily", "every": ["1", "3"],
        "item_place": ["2", "1", "3"], "item_name": ["井盖缺损", "路灯", ""], "item_hint": ["", "夜里看", ""],
        "step_name": ["发现", "上报"], "step_who": ["网格员", "社区"], "step_then": ["2", "1"],
    }  # fmt: skip
    refused = centre.post(page, said)
    assert refused.status_code == 422
    shown = refused.content.decode()
    assert "绕回去了" in shown and "夜里看" in shown and "没有保存" in shown
    saved = centre.post(page, said | {"step_then": ["2", ""]}, follow=True).content.decode()
    assert "明天起生效" in saved and "<svg" in saved and saved.index("路灯") < saved.index("井盖缺损")
    assert "有修改，明天起生效" in text(centre, f"{BOARD}scenes/")
    worker = logged_in(cast.worker())
    assert "修改</a>" not in text(worker, f"{BOARD}scenes/{scene.pk}/")
    assert worker.get(page).status_code == 403
    assert "路灯" not in text(worker, f"{BOARD}scenes/{scene.pk}/")
    assert "日常巡查" in text(worker, f"{BOARD}responsibilities/")
    assert "还没有探访频次" in text(worker, f"{BOARD}rules/")

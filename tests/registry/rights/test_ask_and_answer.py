"""A request, its clock by working days, the answer and what it does to the register."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.registry.rights.rights_cast import PHONE, a_resident, come_in, no_waiting, tail_of
from wangge.flows import worker
from wangge.foundation.access.models import Reading
from wangge.foundation.journal.models import Entry
from wangge.foundation.territory.models import CalendarDay
from wangge.gateways import sms
from wangge.lib.scoping import EVERYWHERE, within
from wangge.lib.sealing import seal
from wangge.registry.people.enums import Source
from wangge.registry.people.models import Contradiction, Person
from wangge.registry.rights import actions, sweeps
from wangge.registry.rights.models import RightsRequest
from wangge.registry.rights.queries import requests as queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "no_waiting")]
__all__ = ["no_waiting"]


@pytest.fixture
def person():
    return a_resident(school="旧学校", emergency_contact="示范某")


@pytest.fixture
def hers(client, person, settings):
    come_in(client, PHONE, tail_of(person), settings)
    return client


def desk(logged_in) -> Browser:
    return logged_in(cast.secretary())


def held() -> RightsRequest:
    return RightsRequest._base_manager.get()


def wish_school(hers: Browser, value: str = "新学校") -> RightsRequest:
    form = {"kind": "correct", "field": "school", "value": value, "said": "孩子转学了"}
    assert hers.post(reverse("my:ask"), form).status_code == 302
    return held()


class TestAsking:
    def test_the_clock_begins_and_she_sees_it(self, hers):
        row = wish_school(hers)
        assert row.due_on == queries.due_day(timezone.localdate())
        assert (
            f"最迟 {row.due_on:%Y-%m-%d}"
            in hers.get(reverse("my:request", args=[row.number])).content.decode()
        )
        assert row.area_code == cast.COMMUNITY

    def test_what_she_wrote_is_kept_sealed_and_not_in_the_trail(self, hers):
        wish_school(hers)
        kept = str(RightsRequest._base_manager.values()) + str(list(Entry._base_manager.values()))
        assert "转学" not in kept and "新学校" not in kept and PHONE not in kept

    @pytest.mark.parametrize(
        ("form", "said"),
        [
            ({"kind": "correct"}, "请选一项并填上正确的内容"),
            ({"kind": "correct", "field": "phone", "value": "123"}, ""),
            ({"kind": "correct", "field": "birth", "value": "2999-01-01"}, "不晚于今天"),
            ({"kind": "correct", "field": "id_no", "value": "1"}, ""),
            ({"kind": "erase"}, "请勾选要删除的项目"),
            ({"kind": "explain"}, "请写下您想知道什么"),
            ({"kind": "identity"}, ""),
        ],
    )
    def test_what_says_nothing_is_refused_in_words(self, hers, form, said):
        answer = hers.post(reverse("my:ask"), form)
        assert answer.status_code == 422 and said in answer.content.decode()
        assert not RightsRequest._base_manager.exists()

    def test_five_open_requests_are_enough(self, hers):
        for _request in range(6):
            answer = hers.post(reverse("my:ask"), {"kind": "explain", "said": "为什么登记"})
        assert answer.status_code == 422 and RightsRequest._base_manager.count() == 5

    def test_she_takes_it_back(self, hers):
        row = wish_school(hers)
        hers.post(reverse("my:withdraw", args=[row.number]))
        assert held().state == "withdrawn"

    def test_somebody_elses_request_does_not_exist(self, hers, settings):
        row = wish_school(hers)
        other, browser = a_resident("别人", "10022220005"), Browser()
        come_in(browser, "10022220005", tail_of(other), settings)
        assert browser.get(reverse("my:request", args=[row.number])).status_code == 404
        assert browser.post(reverse("my:withdraw", args=[row.number])).status_code == 404

    def test_a_stranger_is_looked_at_by_people(self, client, settings):
        come_in(client, "10099990000", "123456", settings)
        form = {"asker": "无名某", "area": cast.COMMUNITY, "said": "查我的信息"}
        client.post(reverse("my:stranger"), form)
        row = held()
        assert (row.kind, row.person, row.area_code) == ("identity", None, cast.COMMUNITY)
        assert "无名某" in queries.opened(row).asker
        assert row.number in client.get(reverse("my:info")).content.decode()


class TestClock:
    def test_working_days_by_the_districts_calendar(self):
        friday = date(2026, 9, 25)
        assert queries.due_day(friday, 1) == date(2026, 9, 28)
        CalendarDay.objects.create(date=date(2026, 9, 28), kind="holiday")
        CalendarDay.objects.create(date=date(2026, 9, 26), kind="workday")
        assert [queries.due_day(friday, days) for days in (1, 2)] == [date(2026, 9, 26), date(2026, 9, 29)]

    def test_soon_and_late(self):
        monday = date(2026, 9, 21)
        row = RightsRequest(due_on=date(2026, 9, 25))
        said = [queries.clock_of(row, monday + timedelta(days=day)) for day in (0, 2, 4, 7)]
        assert said == ["", "soon", "soon", "late"]
        left = [queries.days_left(row, monday + timedelta(days=day)) for day in (0, 4, 7)]
        assert left == [4, 0, -1]

    def test_late_ones_stand_first_in_red_and_are_named_once(self, hers, logged_in):
        wish_school(hers)
        RightsRequest._base_manager.update(due_on=timezone.localdate() - timedelta(days=3))
        page = desk(logged_in).get(reverse("rights:list"), {"view": "overdue"}).content.decode()
        assert "table-danger" in page and "逾期" in page
        with within(EVERYWHERE):
            assert [sweeps.note_overdue(), sweeps.note_overdue()] == [1, 0]
        assert Entry._base_manager.filter(kind="rights.overdue").count() == 1

    def test_extended_once_with_a_reason_she_reads(self, hers, logged_in):
        row = wish_school(hers)
        browser, address = desk(logged_in), reverse("rights:extend", args=[row.pk])
        assert browser.post(address, {"days": 5, "why": " "}).status_code == 422
        browser.post(address, {"days": 5, "why": "需向学校核实"})
        later = held()
        assert later.due_on == queries.due_day(row.due_on, 5)
        assert "需向学校核实" in hers.get(reverse("my:request", args=[row.number])).content.decode()
        assert "不能再延长" in browser.post(address, {"days": 5, "why": "再次"}, follow=True).content.decode()


class TestAnswering:
    def answer(self, logged_in, **form):
        given = {"state": "granted", "text": "已经核实并更正。", "fields_done": ["school"], "source": "50"}
        return desk(logged_in).post(reverse("rights:answer", args=[held().pk]), given | form)

    def test_a_correction_is_written_into_the_register(self, hers, person, logged_in):
        wish_school(hers)
        assert self.answer(logged_in).status_code == 302
        changed = Person._base_manager.get(pk=person.pk)
        assert changed.school == "新学校" and changed.told_by("school")[0] == Source.CERTIFICATE
        line = Entry._base_manager.get(kind="person.updated")
        assert line.reason.endswith(held().number) and "新学校" not in str(line.changes)
        said = hers.get(reverse("my:request", args=[held().number])).content.decode()
        assert "已经核实并更正。" in said and "就读学校" in said

    def test_she_gets_a_message_that_names_nothing_but_the_number(self, hers, logged_in, monkeypatch):
        sent = []
        monkeypatch.setattr(
            sms, "send", lambda phone, template, values: sent.append((phone, template, values))
        )
        wish_school(hers)
        self.answer(logged_in)
        worker.drain()
        [(phone, _template, values)] = [each for each in sent if each[1].name == "rights"]
        assert phone == PHONE and values == {"number": held().number}

    def test_a_source_the_register_trusts_less_changes_nothing_and_says_so(self, hers, person, logged_in):
        Person._base_manager.filter(pk=person.pk).update(
            provenance={"school": [Source.CERTIFICATE, "2026-01-01"]}
        )
        wish_school(hers)
        answer = self.answer(logged_in, source="30")
        assert answer.status_code == 422 and "来源更可信" in answer.content.decode()
        assert held().state == "open" and not Contradiction._base_manager.exists()

    @pytest.mark.parametrize("state", ["refused", "partly"])
    def test_a_refusal_needs_a_ground_of_the_law(self, hers, logged_in, state):
        wish_school(hers)
        answer = self.answer(logged_in, state=state, fields_done=[])
        assert answer.status_code == 422 and "法律依据" in answer.content.decode()
        self.answer(logged_in, state=state, fields_done=[], ground="accurate", text="经核实无误。")
        assert held().ground == "accurate"
        said = hers.get(reverse("my:request", args=[held().number])).content.decode()
        assert "第四十六条" in said and "投诉" in said

    def test_answered_once(self, hers, logged_in):
        wish_school(hers)
        self.answer(logged_in)
        assert self.answer(logged_in).status_code == 422

    def test_granted_without_doing_anything_is_refused(self, hers, logged_in):
        wish_school(hers)
        assert self.answer(logged_in, fields_done=[]).status_code == 422

    def test_another_community_does_not_see_it(self, hers, logged_in):
        row = wish_school(hers)
        browser = logged_in(cast.secretary(cast.OTHER_COMMUNITY))
        assert browser.get(reverse("rights:request", args=[row.pk])).status_code == 404
        assert row.number not in browser.get(reverse("rights:list")).content.decode()

    def test_that_the_desk_read_it_is_written_down_for_her(self, hers, person, logged_in):
        row = wish_school(hers)
        desk(logged_in).get(reverse("rights:request", args=[row.pk]))
        assert Reading._base_manager.filter(subject_type="people.person", subject_id=str(person.pk)).exists()
        assert "社区书记" in hers.get(reverse("my:info")).content.decode()

    def test_a_new_phone_is_masked_on_the_desk_and_written_in_full(self, hers, person, logged_in):
        hers.post(reverse("my:ask"), {"kind": "correct", "field": "phone", "value": "10033334444"})
        page = desk(logged_in).get(reverse("rights:request", args=[held().pk])).content.decode()
        assert "100****4444" in page and "10033334444" not in page
        self.answer(logged_in, fields_done=["phone"])
        assert Person._base_manager.get(pk=person.pk).phone == "10033334444"

    def test_the_answer_on_paper(self, hers, logged_in):
        wish_school(hers)
        self.answer(logged_in)
        said = desk(logged_in).get(reverse("rights:paper", args=[held().pk])).content.decode()
        for word in (held().number, "欧阳明明", "已经核实并更正。", "已办理"):
            assert word in said


class TestErasing:
    def test_what_duty_does_not_need_is_erased_with_its_traces(self, hers, person, logged_in):
        Contradiction._base_manager.create(
            person=person, area_code=cast.GRID, field="school", held_sealed=seal("旧学校"),
            offered_sealed=seal("另一学校"), held_source=10, offered_source=20,
        )  # fmt: skip
        hers.post(reverse("my:ask"), {"kind": "erase", "erase": ["school", "emergency_contact", "birth"]})
        page = desk(logged_in).get(reverse("rights:request", args=[held().pk])).content.decode()
        assert "履职必须保留" in page
        form = {"state": "partly", "ground": "duty", "text": "出生日期须保留。",
                "fields_done": ["school", "emergency_contact"]}  # fmt: skip
        assert desk(logged_in).post(reverse("rights:answer", args=[held().pk]), form).status_code == 302
        left = Person._base_manager.get(pk=person.pk)
        assert (left.school, left.emergency_contact) == ("", "") and left.birth is not None
        assert not Contradiction._base_manager.exists()
        assert held().done == ["emergency_contact", "school"]

    def test_what_duty_keeps_cannot_be_ticked(self, hers, person, logged_in):
        hers.post(reverse("my:ask"), {"kind": "erase", "erase": ["birth", "school"]})
        form = {"state": "granted", "text": "已经删除。", "fields_done": ["birth"]}
        assert desk(logged_in).post(reverse("rights:answer", args=[held().pk]), form).status_code == 422
        with within(EVERYWHERE), pytest.raises(actions.Unfit):
            actions.answer(actor="cli", request=held(), state="granted", text="已经删除。", fields=["birth"])
        assert Person._base_manager.get(pk=person.pk).birth is not None

    def test_a_sealed_phone_goes_with_its_index(self, hers, person, logged_in):
        hers.post(reverse("my:ask"), {"kind": "erase", "erase": ["phone"]})
        form = {"state": "granted", "text": "已经删除。", "fields_done": ["phone"]}
        desk(logged_in).post(reverse("rights:answer", args=[held().pk]), form)
        left = Person._base_manager.get(pk=person.pk)
        assert (left.phone_sealed, left.phone_index) == ("", "")


def test_old_requests_and_guesses_are_forgotten(person):
    from wangge.registry.rights.models import Miss

    long_ago = timezone.now() - timedelta(days=3 * 365 + 1)
    for number, state in (("QOLD", "granted"), ("QOPEN", "open")):
        RightsRequest._base_manager.create(
            number=number, kind="explain", area_code=cast.COMMUNITY, person=person, phone_sealed="",
            phone_index="", state=state, due_on=long_ago.date(), answered_at=long_ago,
        )  # fmt: skip
    Miss.objects.create(phone_index="x", day=timezone.localdate() - timedelta(days=2))
    with within(EVERYWHERE):
        assert sweeps.forget_old() == 1
    assert held().number == "QOPEN" and not Miss.objects.exists()

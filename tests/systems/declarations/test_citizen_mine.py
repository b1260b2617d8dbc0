"""My declarations on this phone: the list, correcting, withdrawing, once more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import OTHER_COMMUNITY, secretary
from tests.systems.declarations.intake import a_code
from tests.systems.declarations.test_citizen_form import filled, rows, the_form, value_of
from wangge.foundation.journal.models import Entry
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.declarations.actions.transfer import transfer_declaration
from wangge.systems.declarations.actions.verify import verify_declaration
from wangge.systems.declarations.enums import State
from wangge.systems.declarations.models import Amendment, Declaration, ReportCode

pytestmark = pytest.mark.django_db
MINE = "/my/declarations/"


@pytest.fixture
def code(ground: None) -> ReportCode:
    return a_code()


@pytest.fixture
def sent(client: Client, code: ReportCode) -> Declaration:
    """Declared from ``client``'s phone."""
    client.post(the_form(code), filled(client.get(the_form(code))))
    return rows()[0]


def at(sent: Declaration, verb: str) -> str:
    return f"{MINE}{sent.report}/{sent.line}/{verb}/"


def now(sent: Declaration) -> Declaration:
    return Declaration._base_manager.get(pk=sent.pk)


def kinds() -> list[str]:
    with within(EVERYWHERE):
        return list(
            Entry.objects.filter(subject_type="declarations.declaration").values_list("kind", flat=True)
        )


class TestTheList:
    def test_is_empty_on_a_new_phone(self, sent: Declaration) -> None:
        page = Client().get(MINE).content.decode()
        assert "还没有送出过报备" in page and sent.receipt not in page

    def test_shows_one_and_three(self, client: Client, code: ReportCode, sent: Declaration) -> None:
        assert client.get(MINE).content.decode().count("打开回执") == 1
        for _again in range(2):
            client.post(the_form(code), filled(client.get(the_form(code))))
        page = client.get(MINE).content.decode()
        assert page.count("打开回执") == 3 and "林*月" in page and "林晓月" not in page


class TestCorrecting:
    def test_keeps_what_stood_there_before_and_the_clock(self, client: Client, sent: Declaration) -> None:
        before = now(sent)
        answer = client.post(
            at(sent, "correct"), {"stay.address": "甲一社区虚构花园2栋202", "people.0.name": ""}
        )
        assert answer.status_code == 302
        after = now(sent)
        assert after.stay_address == "甲一社区虚构花园2栋202" and after.name == "林晓月"
        assert after.verify_by == before.verify_by
        with within(EVERYWHERE):
            (kept,) = Amendment.objects.all()
        assert kept.fields == ["stay_address"] and kept.by == "resident"
        assert "虚构花园1栋" not in kept.before_sealed
        assert "declaration.corrected" in kinds()

    def test_whoever_leaves_corrects_when_and_by_what(
        self, client: Client, code: ReportCode, logged_in: Any
    ) -> None:
        day = f"{timezone.localdate():%F}"
        leaves = {"kind": "leaving", "trip.depart_at": f"{day}T08:00", "trip.transport": "coach"}
        client.post(the_form(code), filled(client.get(the_form(code)), **leaves))
        (gone,) = rows()
        page = client.get(at(gone, "correct")).content.decode()
        assert f'value="{day}T08:00"' in page and '<option value="coach" selected>' in page
        told = {"trip.depart_at": f"{day}T18:30", "trip.transport": "train"}
        assert client.post(at(gone, "correct"), told).status_code == 302
        seen = logged_in(secretary()).get(f"/console/declarations/?pk={gone.pk}").content.decode()
        assert "更正 · 离开时间 · 交通方式 · resident" in seen
        after = now(gone)
        assert f"{timezone.localtime(after.depart_at):%H:%M}" == "18:30" and after.transport == "train"

    def test_the_numbers_are_typed_anew_never_shown(self, client: Client, sent: Declaration) -> None:
        page = client.get(at(sent, "correct"))
        assert value_of(page, "people.0.phone") == value_of(page, "people.0.id_no") == ""
        assert "100****1234" in page.content.decode() and "林晓月" not in page.content.decode()

    def test_a_wrong_value_is_said_at_its_field(self, client: Client, sent: Declaration) -> None:
        answer = client.post(at(sent, "correct"), {"people.0.id_no": "123", "stay.address": ""})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "f-people-0-id_no-error" in page and "f-stay-address-error" in page
        assert now(sent).stay_address == "甲一社区虚构花园1栋101"

    def test_nothing_changed_says_so(self, client: Client, sent: Declaration) -> None:
        page = client.post(at(sent, "correct"), {"stay.address": sent.stay_address}, follow=True)
        assert "没有改动" in page.content.decode()
        assert not Amendment._base_manager.exists()

    def test_what_was_passed_on_stays_untaken_with_its_clock(self, client: Client, sent: Declaration) -> None:
        with within(EVERYWHERE):
            transfer_declaration(actor="test", declaration=now(sent), to_area=OTHER_COMMUNITY)
        before = now(sent)
        client.post(at(sent, "correct"), {"stay.address": "乙一社区虚构花园2栋202"})
        after = now(sent)
        assert (
            (after.clock, after.verify_by)
            == (before.clock, before.verify_by)
            == ("transfer", before.verify_by)
        )
        assert after.area_code == OTHER_COMMUNITY

    def test_after_it_was_verified_is_too_late(self, client: Client, sent: Declaration) -> None:
        with within(EVERYWHERE):
            verify_declaration(actor="test", declaration=now(sent))
        assert "现在不能更正" in client.get(at(sent, "correct")).content.decode()
        page = client.post(at(sent, "correct"), {"stay.address": "别处"}, follow=True)
        assert "不能再更正" in page.content.decode()
        assert now(sent).stay_address != "别处"


class TestWithdrawing:
    def test_asks_first_then_stops_the_clock(self, client: Client, sent: Declaration) -> None:
        assert "确认撤回" in client.get(at(sent, "withdraw")).content.decode()
        assert now(sent).state == State.SUBMITTED
        page = client.post(at(sent, "withdraw"), follow=True).content.decode()
        assert "已撤回" in page and "照样再报一次" in page
        assert now(sent).state == State.WITHDRAWN and now(sent).verify_by is None

    def test_twice_is_once(self, client: Client, sent: Declaration) -> None:
        client.post(at(sent, "withdraw"))
        lines = len(kinds())
        client.post(at(sent, "withdraw"))
        assert len(kinds()) == lines

    def test_once_more_is_a_new_report_filled_in(self, client: Client, sent: Declaration) -> None:
        client.post(at(sent, "withdraw"))
        page = client.get(f"{MINE}{sent.report}/again/")
        assert value_of(page, "stay.address") == sent.stay_address
        assert value_of(page, "people.0.name") == "林晓月" and value_of(page, "people.0.id_no") == ""
        assert UUID(value_of(page, "report")) != sent.report


@pytest.mark.parametrize("verb", ["correct", "withdraw"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_elses_is_not_there(sent: Declaration, verb: str, method: str) -> None:
    assert getattr(Client(), method)(at(sent, verb)).status_code == 404
    assert now(sent).state == State.SUBMITTED


def test_withdrawing_needs_the_pages_own_token(client: Client, sent: Declaration) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(at(sent, "withdraw")).status_code == 403


def test_who_was_not_verified_in_time_is_told_so(client: Client, sent: Declaration) -> None:
    Declaration._base_manager.filter(pk=sent.pk).update(verify_by=timezone.now() - timedelta(hours=1))
    page = client.post(at(sent, "correct"), {"stay.address": "甲一社区虚构花园2栋202"}, follow=True)
    assert "已经超时" in page.content.decode()

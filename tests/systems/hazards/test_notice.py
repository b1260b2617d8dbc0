"""整改通知书: what to put right, how it should be, until when; a step of the hazard and a PDF."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.systems.hazards.hazard_cast import PHOTO, a_hazard, a_room, closed, said
from wangge.engines.cases.actions import NotNow, Stale
from wangge.foundation.access.rules import Unacceptable
from wangge.lib.fonts import NoFont
from wangge.systems.hazards.actions.inspecting import Answer, record_inspection
from wangge.systems.hazards.actions.notices import Told, issue_notice
from wangge.systems.hazards.models import Notice
from wangge.systems.hazards.outgoing.notices import notice_pdf

pytestmark = pytest.mark.django_db


def told(**more):
    until = timezone.localdate() + timedelta(days=5)
    return Told(**({"op": uuid4(), "receiver": "虚构五金店", "content": "楼道堆物", "standard": "畅通",
                    "until": until} | more))  # fmt: skip


def test_a_notice_is_the_step_that_tells_and_its_limit_is_the_hazards():
    case, wish = a_hazard(), told()
    row = issue_notice(actor=cast.worker(), case=case, told=wish)
    case.refresh_from_db()
    assert (row.number, case.state) == (f"{case.number}-1", "told")
    assert case.steps.get(key="tell").data["standard"] == "畅通"
    assert timezone.localdate(case.due_at) >= wish.until


def test_the_same_op_is_the_same_notice_and_other_content_is_refused():
    case, wish = a_hazard(), told()
    first = issue_notice(actor="test", case=case, told=wish)
    assert issue_notice(actor="test", case=case, told=wish) == first
    with pytest.raises(Unacceptable):
        issue_notice(actor="test", case=case, told=told(op=wish.op, content="别的"))


def test_a_closed_hazard_gets_no_notice():
    with pytest.raises(NotNow):
        issue_notice(actor="test", case=closed(a_hazard()), told=told())
    assert not Notice.objects.exists()


def test_whoever_is_behind_is_told_who_was_first():
    case = a_hazard()
    with pytest.raises(Stale):
        issue_notice(actor="test", case=case, told=told(), seen=case.version - 1)


def test_a_notice_that_says_nothing_is_refused():
    with pytest.raises(Unacceptable):
        issue_notice(actor="test", case=a_hazard(), told=told(standard=" "))


@pytest.mark.usefixtures("checklists")
def test_the_page_is_filled_in_from_the_checklist_and_issues(logged_in):
    more = {"exit": Answer("larger", "堆了家具", (PHOTO,))}
    case = (
        record_inspection(actor=cast.worker(), said=said(a_room(), more=more)).results.get(item="exit").case
    )
    client = logged_in(cast.worker())
    address = reverse("hazards:notice_new", args=[case.number])
    page = client.get(address).content.decode()
    assert "通道畅通，出口不锁" in page and "堆了家具" in page
    form = {"op": uuid4(), "seen": case.version, "receiver": "101 住户", "content": "清走家具",
            "standard": "畅通", "until": (timezone.localdate() + timedelta(days=3)).isoformat()}  # fmt: skip
    answer = client.post(address, form)
    assert answer.status_code == 302 and answer.url == reverse(
        "hazards:notice", args=[Notice.objects.get().pk]
    )
    assert client.post(address, form | {"until": "2020-01-01"}).status_code == 422


def test_the_pdf_can_be_made_or_says_which_font_is_missing(logged_in):
    row = issue_notice(actor=cast.worker(), case=a_hazard(), told=told())
    try:
        assert notice_pdf(row, place="甲一社区").startswith(b"%PDF")
    except NoFont as why:
        assert "字体" in str(why)
    answer = logged_in(cast.worker()).get(reverse("hazards:notice_file", args=[row.pk]))
    assert answer.status_code in (200, 422)

"""The agreement and its follow-up from the browser."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.engines.cases.page_cast import upload
from tests.systems.disputes.dispute_cast import drafted, mediating, signed
from tests.systems.disputes.test_agreement import sign as signed_by
from wangge.foundation.access.models import Reading
from wangge.lib.fonts import NoFont
from wangge.systems.disputes.actions import agreements as agreement_actions
from wangge.systems.disputes.console import agreements
from wangge.systems.disputes.models import Agreement, FollowUp

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def secretary():
    return cast.secretary()


@pytest.fixture
def desk(secretary, logged_in):
    return logged_in(secretary)


def a_draft(**more):
    given = {"op": str(uuid4()), "version": 0, "facts": "漏水泡了天花板", "terms": "2", "do": "save",
             "t0-words": "赔偿修理费", "t0-party": "2", "t0-amount": "1200",
             "t0-due_on": (TODAY + timedelta(days=9)).isoformat(), "t1-words": ""}  # fmt: skip
    return given | more


def test_the_agreement_is_drafted_printed_and_signed(desk, secretary):
    case = mediating(secretary)
    address = reverse("disputes:agreement", args=[case.number])
    assert desk.get(address).status_code == 200
    assert desk.post(address, a_draft(do="more")).status_code == 200 and not Agreement.objects.exists()
    assert desk.post(address, a_draft()).status_code == 302
    paper = desk.get(reverse("disputes:paper", args=[case.number, 1]))
    assert (
        paper["Content-Type"] == "application/pdf" and f"{case.number}-1.pdf" in paper["Content-Disposition"]
    )
    assert Reading.objects.filter(subject_type="disputes.party", what="export").count() == 2
    sign = {"op": str(uuid4()), "seen": case.version, "signed_on": TODAY.isoformat(), "photos": [upload()]}
    answer = desk.post(reverse("disputes:sign", args=[case.number]), sign)
    case.refresh_from_db()
    assert answer.status_code == 302 and case.state == "agreed"


def test_a_draft_with_a_fault_says_where(desk, secretary):
    case = mediating(secretary)
    address = reverse("disputes:agreement", args=[case.number])
    faults = ({"t0-due_on": ""}, {"t0-words": ""}, {"facts": ""}, {"t0-amount": "-5"}, {"t0-party": "9"})
    for more in faults:
        answer = desk.post(address, a_draft(**more))
        assert answer.status_code == 422 and "invalid-feedback" in answer.content.decode(), more
    assert not Agreement.objects.exists()


@pytest.mark.parametrize(
    ("photo", "why"),
    [
        ([], "请拍下签了字的协议书"),
        ([SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")], "a.jpg"),
        ([SimpleUploadedFile("大.jpg", b"0" * (60 * 1024 * 1024), "image/jpeg")], "照片有 60 MB"),
    ],
    ids=["none", "no-picture", "60-MB"],
)
def test_a_photo_that_cannot_be_kept_signs_nothing(desk, secretary, photo, why):
    case = mediating(secretary)
    drafted(case, secretary)
    sign = {"op": str(uuid4()), "seen": case.version, "signed_on": TODAY.isoformat(), "photos": photo}
    answer = desk.post(reverse("disputes:sign", args=[case.number]), sign)
    case.refresh_from_db()
    assert answer.status_code == 422 and why in answer.content.decode() and case.state == "mediating"


def test_an_agreement_changed_after_signing_is_refused(desk, secretary):
    case = mediating(secretary)
    draft = a_draft()
    address = reverse("disputes:agreement", args=[case.number])
    desk.post(address, draft)
    late = a_draft(version=1, facts="偷偷改")
    signed_row = Agreement.objects.get()
    signed_by(signed_row, secretary)
    answer = desk.post(address, late)
    assert answer.status_code == 409 and "补充协议" in answer.content.decode()
    assert Agreement.objects.count() == 1


def test_the_follow_up_closes_it(desk, secretary):
    case = mediating(secretary)
    row = signed(case, secretary)
    address = reverse("disputes:follow", args=[case.number])
    assert "赔偿天花板修理费" in desk.get(address).content.decode()
    form = {"op": str(uuid4()), "seen": case.version, "on": TODAY.isoformat(), "by": "visit", "opinion": "3",
            "words": "都办了", "do": "close"}  # fmt: skip
    half = form | {f"term_{term.pk}": "yes" for term in row.terms.all()[:1]}
    assert "不能结案" in desk.post(address, half).content.decode()
    answer = desk.post(address, form | {f"term_{term.pk}": "yes" for term in row.terms.all()})
    case.refresh_from_db()
    assert answer.status_code == 302 and case.state == "closed" and FollowUp.objects.count() == 1
    assert desk.get(address).status_code == 200


def test_without_a_chinese_font_the_page_says_so(desk, secretary, monkeypatch):
    def none(paper):
        raise NoFont("没有中文字体")

    case = mediating(secretary)
    drafted(case, secretary)
    monkeypatch.setattr(agreements, "agreement_pdf", none)
    answer = desk.get(reverse("disputes:paper", args=[case.number, 1]), follow=True)
    assert "没有中文字体" in answer.content.decode()


def test_a_paper_with_marks_of_a_language_and_much_text_is_set_as_it_is_typed(desk, secretary):
    case = mediating(secretary)
    evil = '#read("/etc/passwd") $x$ *粗* <a> \\ "引号" #{1+1}\n第二行' + "长" * 2900
    terms = [agreement_actions.TermTold(f"#panic() 第 {at} 条" * 20, TODAY, 2) for at in range(20)]
    drafted(case, secretary, facts=evil, terms=terms)
    answer = desk.get(reverse("disputes:paper", args=[case.number, 1]))
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")

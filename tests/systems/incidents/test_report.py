"""随手拍: a resident reports without an account, once; a repeat gets the first receipt; many are one."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast
from tests.systems.incidents.incident_cast import INSIDE, PHONE, RIVER, a_picture, closed, lay_shapes, told
from wangge.engines.cases.models import Case, Follower
from wangge.foundation.photos.models import Photo
from wangge.systems.incidents.actions.reports import take_report
from wangge.systems.incidents.models import Report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shapes(_stand: None) -> None:
    lay_shapes()


def sent(client: Client, *photos: bytes, **more: Any) -> Any:
    """A posted form: words and a point in the first grid."""
    files = [SimpleUploadedFile(f"{at}.jpg", content, "image/jpeg") for at, content in enumerate(photos)]
    given = {"op": str(uuid4()), "system": "event", "kind": "", "words": "巷口路灯不亮。三天了",
             "lon": str(INSIDE[0]), "lat": str(INSIDE[1])}  # fmt: skip
    return client.post("/r/", {**given, **more, **({"photo": files} if files else {})})


def test_the_form_asks_for_no_account_and_says_whom_to_call_first(client: Client) -> None:
    page = client.get("/r/")
    assert page.status_code == 200 and "119" in page.content.decode() and "甲一社区" in page.content.decode()


def test_a_report_with_photo_place_and_contact_is_a_case_with_a_receipt(client: Client) -> None:
    answer = sent(client, a_picture(), name="林晓月", phone=PHONE)
    case, report = Case.objects.get(), Report.objects.get()
    assert answer.status_code == 303 and answer.url == f"/r/t/{report.receipt}/?new=1"
    assert (case.system, case.kind, case.title, case.area_code) == (
        "event",
        "city",
        "巷口路灯不亮",
        cast.GRID,
    )
    assert (case.source, case.receipt, (case.lon, case.lat)) == ("resident", report.receipt, INSIDE)
    assert Photo.objects.get(digest=case.steps.get().photos[0]["digest"]).complete_at
    assert PHONE not in case.reporter_sealed and case.reporter_sealed


def test_the_same_op_again_is_the_same_receipt(client: Client) -> None:
    op = str(uuid4())
    first, second = sent(client, op=op), sent(client, op=op)
    assert Case.objects.count() == 1
    assert second.url.split("?") == [first.url.split("?")[0], "again=1"]


def test_the_same_op_with_other_words_is_refused_and_keeps_them(client: Client) -> None:
    op = str(uuid4())
    sent(client, op=op)
    answer = sent(client, op=op, words="另一件事，井盖没了")
    page = answer.content.decode()
    assert answer.status_code == 409 and "早已收到" in page and "另一件事，井盖没了" in page
    assert Case.objects.count() == 1


class TestAPlace:
    def test_in_the_middle_of_the_river_is_said_and_nothing_is_lost(self, client: Client) -> None:
        answer = sent(client, lon=str(RIVER[0]), lat=str(RIVER[1]), address="桥下")
        page = answer.content.decode()
        assert answer.status_code == 422 and "河中间" in page
        assert "巷口路灯不亮" in page and "桥下" in page and Case.objects.count() == 0

    def test_in_the_river_with_a_community_chosen_is_taken_there(self, client: Client) -> None:
        sent(client, lon=str(RIVER[0]), lat=str(RIVER[1]), community=cast.COMMUNITY)
        case = Case.objects.get()
        assert case.area_code == cast.COMMUNITY and (case.lon, case.lat) == RIVER

    @pytest.mark.parametrize("more", [{}, {"community": "440703999999"}, {"lon": "nan", "lat": "1e9"}])
    def test_none_at_all_is_asked_for(self, client: Client, more: dict[str, str]) -> None:
        answer = sent(client, **({"lon": "", "lat": ""} | more))
        assert answer.status_code == 422 and "在哪里" in answer.content.decode()

    def test_the_page_asks_where_a_point_lies(self, client: Client) -> None:
        inside = client.post("/r/where/", {"lon": INSIDE[0], "lat": INSIDE[1]}).json()
        outside = client.post("/r/where/", {"lon": RIVER[0], "lat": RIVER[1]}).json()
        assert inside["inside"] and "甲一网格" in inside["words"]
        assert not outside["inside"] and "河中间" in outside["words"]


class TestAPhoto:
    def test_that_is_none_is_said_by_number(self, client: Client) -> None:
        answer = sent(client, a_picture(), b"%PDF-1.4 not a photo")
        page = answer.content.decode()
        assert answer.status_code == 422 and "第 2 张照片不能用" in page and "巷口路灯不亮" in page
        assert Case.objects.count() == 0

    def test_of_sixty_megabytes_is_refused_in_words_and_the_words_stay(self, client: Client) -> None:
        answer = sent(client, b"\xff\xd8" + bytes(60 * 1024 * 1024))
        page = answer.content.decode()
        assert answer.status_code == 422 and "12 MB" in page and "巷口路灯不亮" in page

    def test_beyond_what_a_form_may_weigh_is_not_read(self, client: Client) -> None:
        answer = client.generic(
            "POST", "/r/", b"", "multipart/form-data; boundary=x", CONTENT_LENGTH="120000000"
        )
        assert answer.status_code == 413 and "太大" in answer.content.decode()

    def test_more_than_three_are_too_many(self, client: Client) -> None:
        answer = sent(client, *(a_picture(colour) for colour in ("red", "blue", "green", "grey")))
        assert answer.status_code == 422 and "最多 3 张" in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"words": ""}, "请写一句话"), ({"words": "长" * 1001}, "最多 1000"), ({"kind": "nonsense"}, "类别"),
     ({"system": "x"}, "类别"), ({"phone": "12"}, "电话号码")],
)  # fmt: skip
def test_what_is_wrong_is_said_in_words(client: Client, wrong: dict[str, str], said: str) -> None:
    answer = sent(client, **wrong)
    assert answer.status_code == 422 and said in answer.content.decode()


def test_a_fire_is_urgent_and_a_request_is_one(client: Client) -> None:
    sent(client, words="楼下起火了")
    sent(client, words="老人行动不便，想问上门办证", system="request", kind="livelihood")
    assert set(Case.objects.values_list("system", "kind", "level", "procedure_key")) == {
        ("event", "fire", "urgent", "incident"), ("request", "livelihood", "general", "request")
    }  # fmt: skip


class TestManyAtOnce:
    def test_five_hundred_in_the_same_words_are_one_case_and_all_follow_it(self) -> None:
        receipts = {take_report(told(phone=PHONE)).receipt for _ in range(500)}
        case = Case.objects.get()
        assert len(receipts) == 500 and case.followers.count() == 500
        assert Report.objects.filter(joined=True).count() == 499

    @pytest.mark.parametrize(
        "other",
        [
            {"words": "巷口井盖不见了"},
            {"place": (113.0885, 22.6085)},
            {"system": "request"},
            {"address": "东门"},
        ],
    )
    def test_another_thing_or_place_is_another_case(self, other: dict[str, Any]) -> None:
        take_report(told())
        take_report(told(**other))
        assert Case.objects.count() == 2

    def test_after_it_is_closed_the_same_words_are_a_new_case(self) -> None:
        closed(take_report(told()).case)
        assert not take_report(told()).joined and Case.objects.count() == 2

    def test_one_address_has_its_share_and_keeps_its_words(self, client: Client, settings: Any) -> None:
        settings.REPORT_LIMITS = settings.REPORT_LIMITS | {"address": (2, 3600)}
        codes = [sent(client, words=f"第{n}处垃圾").status_code for n in range(3)]
        refused = sent(client, words="第四处垃圾没人收")
        assert codes == [303, 303, 429] and refused.headers["Retry-After"]
        assert "第四处垃圾没人收" in refused.content.decode()

    def test_a_repeat_is_answered_whatever_the_limit(self, client: Client, settings: Any) -> None:
        settings.REPORT_LIMITS = settings.REPORT_LIMITS | {"address": (1, 3600)}
        op = str(uuid4())
        assert [sent(client, op=op).status_code for _ in range(2)] == [303, 303]

    def test_those_without_a_contact_are_not_kept_as_one(self) -> None:
        take_report(told())
        assert Follower.objects.get().contact_sealed == ""

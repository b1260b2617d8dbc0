"""A resident opens the form of a code, fills it in without a script, and gets a receipt."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.systems.declarations.intake import a_code, id_number, token_of
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.declarations.models import Declaration, ReportCode

pytestmark = pytest.mark.django_db
NOTICE = "2026-11"


@pytest.fixture
def code(ground: None) -> ReportCode:
    return a_code()


def the_form(code: ReportCode) -> str:
    return reverse("declare:form", kwargs={"token": token_of(code)})


def filled(page: Any, **facts: str) -> dict[str, str]:
    """What a browser would send back, filled in."""
    return (
        hidden(page)
        | {
            "kind": "coming",
            "reported_by": "self",
            "people.0.name": "林晓月",
            "people.0.id_type": "111",
            "people.0.id_no": id_number(),
            "people.0.phone": "10000001234",
            "trip.from_text": "湖北省武汉市",
            "trip.arrive_at": value_of(page, "trip.arrive_at"),
            "stay.address": "甲一社区虚构花园1栋101",
            "consent.notice": NOTICE,
            "do": "send",
        }
        | facts
    )


def value_of(page: Any, name: str) -> str:
    found = re.search(rf'name="{re.escape(name)}"[^>]*? value="([^"]*)"', page.content.decode())
    assert found, name
    return found[1]


def hidden(page: Any) -> dict[str, str]:
    return {name: value_of(page, name) for name in ("report", "people")}


def rows() -> list[Declaration]:
    with within(EVERYWHERE):
        return list(Declaration.objects.order_by("line"))


class TestTheForm:
    def test_shows_the_place_the_notice_and_every_kind(self, client: Client, code: ReportCode) -> None:
        page = client.get(the_form(code)).content.decode()
        for words in (code.label, "甲一社区", "来江", "离江", "人人都是自己健康第一责任人", NOTICE):
            assert words in page

    def test_opens_in_lower_case_and_by_the_printed_number(self, client: Client, code: ReportCode) -> None:
        for address in (f"/c/{token_of(code).lower()}", f"/C/{token_of(code)}", f"/c/{code.number}"):
            assert client.get(address).status_code == 200
        spaced = f"{code.number[:5]} {code.number[5:]}"
        assert client.get("/c/", {"number": spaced}).url == f"/c/{code.number}"

    def test_no_number_is_asked_for_in_words(self, client: Client) -> None:
        assert "请输入码下面" in client.get("/c/?number=+").content.decode()
        assert "请输入码下面" not in client.get("/c/").content.decode()

    def test_sent_gives_a_receipt_and_one_row(self, client: Client, code: ReportCode) -> None:
        page = client.get(the_form(code))
        answer = client.post(the_form(code), filled(page))
        assert answer.status_code == 303 and answer.url.startswith("/r/")
        (row,) = rows()
        assert (row.name, row.from_region, row.kind, row.channel) == ("林晓月", "420100", "coming", "scan")
        assert row.notice_version == NOTICE and row.area_code == code.area_code

    def test_goes_back_to_where_it_came_from(self, client: Client, code: ReportCode) -> None:
        """So the signature scanned is the one checked on arrival, and a typed number says it was typed."""
        for address, channel in ((the_form(code), "scan"), (f"/c/{code.number}", "web")):
            page = client.get(address)
            assert f'action="{address}#main"' in page.content.decode()
            sent = filled(page)
            client.post(address, sent)
            assert Declaration._base_manager.get(report=sent["report"]).channel == channel

    def test_a_code_renewed_meanwhile_takes_nothing(self, client: Client, code: ReportCode) -> None:
        sent = filled(client.get(the_form(code)))
        address = the_form(code)
        ReportCode._base_manager.filter(pk=code.pk).update(round=2)
        assert client.post(address, sent).status_code == 410 and rows() == []

    def test_sent_without_any_cookie_is_taken_too(self, code: ReportCode) -> None:
        fresh = Client(enforce_csrf_checks=True)
        page = fresh.get(the_form(code))
        fresh.cookies.clear()
        assert fresh.post(the_form(code), filled(page)).status_code == 303

    def test_sent_twice_is_there_once(self, client: Client, code: ReportCode) -> None:
        sent = filled(client.get(the_form(code)))
        first, second = client.post(the_form(code), sent), client.post(the_form(code), sent)
        assert second.url == first.url + "?again=1"
        assert len(rows()) == 1
        assert "没有重复登记" in client.get(second.url).content.decode()

    def test_a_family_goes_in_one_go(self, client: Client, code: ReportCode) -> None:
        page = client.get(the_form(code))
        more = client.post(the_form(code), filled(page, do="add"))
        assert value_of(more, "people") == "2" and value_of(more, "people.0.name") == "林晓月"
        sent = filled(more, **{"people.1.name": "林小满", "people.1.id_no": id_number(2)})
        assert client.post(the_form(code), sent).status_code == 303
        assert [row.name for row in rows()] == ["林晓月", "林小满"]

    def test_a_companion_is_taken_out_again(self, client: Client, code: ReportCode) -> None:
        sent = filled(client.get(the_form(code)), people="3", do="drop-1")
        sent |= {"people.1.name": "甲乙", "people.2.name": "丙丁"}
        page = client.post(the_form(code), sent)
        assert value_of(page, "people") == "2" and value_of(page, "people.1.name") == "丙丁"

    def test_for_somebody_without_a_phone_it_says_who_did(self, client: Client, code: ReportCode) -> None:
        sent = filled(client.get(the_form(code)), reported_by="relative")
        sent |= {"people.0.phone": "", "reporter.name": "林建国", "reporter.phone": "10000004321"}
        assert client.post(the_form(code), sent).status_code == 303
        (row,) = rows()
        assert (row.reported_by, row.reporter_name) == ("relative", "林建国")

    def test_what_the_kind_does_not_ask_is_left_out(self, client: Client, code: ReportCode) -> None:
        page = client.get(the_form(code))
        sent = filled(page, kind="leaving", **{"trip.depart_at": value_of(page, "trip.depart_at")})
        assert client.post(the_form(code), sent).status_code == 303
        (row,) = rows()
        assert row.from_text == "" and row.arrive_at is None and row.depart_at is not None


class TestMistakes:
    def test_every_value_is_kept_and_every_error_bound_to_its_field(
        self, client: Client, code: ReportCode
    ) -> None:
        sent = filled(client.get(the_form(code)), **{"people.0.id_no": "123", "consent.notice": ""})
        answer = client.post(the_form(code), sent)
        page = answer.content.decode()
        assert answer.status_code == 422 and rows() == []
        assert value_of(answer, "report") == sent["report"]
        assert value_of(answer, "people.0.name") == "林晓月"
        assert 'href="#f-people-0-id_no"' in page and 'id="f-people-0-id_no-error"' in page
        assert 'aria-describedby="f-people-0-id_no-error"' in page
        assert 'href="#consent"' in page and 'role="alert"' in page

    @pytest.mark.parametrize(
        ("path", "value", "words"),
        [
            ("people.0.name", "小明😀", "姓名"),
            ("people.0.name", "林" * 61, "太长"),
            ("people.0.name", "", "请填写姓名"),
            ("people.0.name", "\ufffd\ufffd", "编码不对"),
            ("stay.address", "\ufffd路1号", "编码不对"),
            ("people.0.id_no", "440703199001011234", "校验位"),
            ("people.0.phone", "12", "号码"),
            ("people.0.birth", "2999-01-01", "日期应在"),
            ("trip.arrive_at", "2999-01-01T00:00", "时间应在"),
            ("trip.arrive_at", "昨天", "看不懂"),
            ("trip.from_text", "", "从哪里来"),
            ("stay.address", "x" * 1999, "太长"),
            ("kind", "", "您要报备什么：请选择"),
            ("kind", "escape", "不是可选"),
            ("report", "not-a-uuid", "刷新"),
            ("people.0.id_type", "zz", "不是可选"),
        ],
        ids=lambda value: value[:12],
    )
    def test_is_refused_in_words_on_the_page(
        self, client: Client, code: ReportCode, path: str, value: str, words: str
    ) -> None:
        answer = client.post(the_form(code), filled(client.get(the_form(code)), **{path: value}))
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert rows() == []

    @pytest.mark.parametrize(
        "name", ["欧阳若兰", "阿依古丽·买买提", "司马", "迪丽热巴·迪力木拉提", "Anna Müller"]
    )
    def test_names_of_every_people_are_taken(self, client: Client, code: ReportCode, name: str) -> None:
        sent = filled(client.get(the_form(code)), **{"people.0.name": name})
        assert client.post(the_form(code), sent).status_code == 303
        assert rows()[0].name == name

    def test_says_everything_at_once(self, client: Client, code: ReportCode) -> None:
        wrong = {"people.0.id_no": "1", "trip.from_text": "", "stay.address": "", "consent.notice": ""}
        answer = client.post(the_form(code), filled(client.get(the_form(code)), **wrong))
        page = answer.content.decode()
        assert "有 4 处要改" in page
        order = [
            page.index(f'href="#{at}"') for at in ("f-people-0-id_no", "f-trip-from_text", "f-stay-address")
        ]
        assert order == sorted(order)
        assert "在这里的住址：请填写" in page and "离开的住址：" not in page

    def test_bytes_that_are_not_utf8_are_refused_in_words(self, client: Client, code: ReportCode) -> None:
        body = "people.0.name=林晓月&kind=coming".encode("gbk")
        for kind in ("", "; charset=gbk"):
            answer = client.generic("POST", the_form(code), body, f"application/x-www-form-urlencoded{kind}")
            assert answer.status_code in (400, 422) and "还没有送达" in answer.content.decode()
        assert rows() == []

    def test_an_enormous_body_is_refused_in_words(self, client: Client, code: ReportCode) -> None:
        answer = client.post(the_form(code), {"people.0.name": "x" * 300_000})
        assert answer.status_code == 400 and "没有读懂" in answer.content.decode()

    def test_too_often_is_refused_kindly(self, client: Client, code: ReportCode, settings: Any) -> None:
        settings.DECLARE_LIMITS = settings.DECLARE_LIMITS | {"address": (1, 3600)}
        page = client.get(the_form(code))
        client.post(the_form(code), filled(page))
        answer = client.post(the_form(code), filled(client.get(the_form(code))))
        assert answer.status_code == 429 and answer["Retry-After"]
        assert "太频繁" in answer.content.decode() and value_of(answer, "people.0.name") == "林晓月"


class TestNoForm:
    def test_of_a_code_that_is_over_says_so(self, client: Client, code: ReportCode) -> None:
        from datetime import timedelta

        from django.utils import timezone

        address = the_form(code)
        for facts, words in (
            ({"valid_to": timezone.localdate() - timedelta(days=1)}, "已经到期"),
            ({"valid_to": None, "valid_from": timezone.localdate() + timedelta(days=1)}, "还没有开始"),
            ({"revoked_at": timezone.now()}, "已经停用"),
            ({"revoked_at": None, "round": 2}, "换了新的"),
        ):
            ReportCode._base_manager.filter(pk=code.pk).update(**facts)
            answer = client.get(address)
            assert answer.status_code == 410 and words in answer.content.decode()

    def test_of_a_forged_one_warns(self, client: Client, code: ReportCode) -> None:
        token = token_of(code)
        answer = client.get(f"/c/{token[:-4]}AAAA")
        assert answer.status_code == 404 and "签名对不上" in answer.content.decode()

    def test_of_numbers_says_the_same_whether_unknown_or_over(self, client: Client, code: ReportCode) -> None:
        from django.utils import timezone

        ReportCode._base_manager.filter(pk=code.pk).update(revoked_at=timezone.now())
        over, unknown = client.get(f"/c/{code.number}"), client.get("/c/1234567890")
        assert over.status_code == unknown.status_code == 404
        assert over.content.replace(code.number.encode(), b"") == unknown.content.replace(b"1234567890", b"")


def test_the_form_asks_the_database_few_questions(
    client: Client, code: ReportCode, django_assert_max_num_queries: Any
) -> None:
    """A poster is scanned by thousands in one evening. The last two ask for orders in force; a server
    remembers their answers for two seconds."""
    with django_assert_max_num_queries(6):
        client.get(the_form(code))

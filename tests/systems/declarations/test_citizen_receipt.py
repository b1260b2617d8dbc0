"""A receipt: everything masked for her own phone, genuine or not for everybody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests import cast
from tests.systems.declarations.intake import PHONE, a_code, a_payload, id_number
from tests.systems.declarations.test_citizen_form import filled, the_form
from wangge.lib import signing
from wangge.systems.declarations.models import ReportCode

pytestmark = pytest.mark.django_db


@pytest.fixture
def code(ground: None) -> ReportCode:
    return a_code()


@pytest.fixture
def receipt(client: Client, code: ReportCode) -> str:
    """The address of a receipt; ``client`` is the phone that declared."""
    return client.post(the_form(code), filled(client.get(the_form(code)))).url


class TestHerOwn:
    def test_shows_what_she_declared_masked(self, client: Client, receipt: str) -> None:
        page = client.get(receipt).content.decode()
        for words in ("已送达", "林*月", "100****1234", "湖北省武汉市", "最迟", "更正", "撤回"):
            assert words in page, words
        for secret in (id_number(), PHONE, "林晓月", "1栋101"):
            assert secret not in page, secret

    def test_has_a_qr_code_that_leads_back_to_it(self, client: Client, receipt: str) -> None:
        drawn = client.get(receipt + "/qr")
        assert drawn["Content-Type"] == "image/svg+xml" and b"<svg" in drawn.content
        assert client.get("/R/" + receipt.removeprefix("/r/")).status_code == 200

    def test_is_not_kept_by_caches(self, client: Client, receipt: str) -> None:
        assert "no-store" in client.get(receipt)["Cache-Control"]


class TestAStranger:
    def test_learns_that_it_is_genuine_of_which_community_and_its_state(self, receipt: str) -> None:
        page = Client().get(receipt).content.decode()
        for words in ("这份回执是真的", "甲一社区", "已提交"):
            assert words in page, words
        for secret in ("林", "100****", "湖北", "虚构花园", "更正", "撤回", "来江"):
            assert secret not in page, secret

    def test_with_a_forged_memory_is_still_a_stranger(self, client: Client, receipt: str) -> None:
        other = Client()
        other.cookies["declared"] = client.cookies["declared"].value[:-2] + "xx"
        assert "林*月" not in other.get(receipt).content.decode()

    def test_gets_one_answer_for_whatever_is_not_a_receipt(self, receipt: str, code: ReportCode) -> None:
        token = receipt.removeprefix("/r/")
        never = signing.sign(signing.Token("R", 1))
        other_kind = signing.sign(signing.Token("C", int(code.number)))
        answers = [Client().get(f"/r/{one}") for one in ("AAAA", token[:-4] + "AAAA", never, other_kind)]
        assert {answer.status_code for answer in answers} == {404}
        bodies = {
            answer.content.replace(one.encode(), b"")
            for answer, one in zip(answers, ("AAAA", token[:-4] + "AAAA", never, other_kind), strict=True)
        }
        assert len(bodies) == 1

    def test_who_tries_many_is_slowed(self, settings: Any) -> None:
        settings.DECLARE_LIMITS = settings.DECLARE_LIMITS | {"address": (3, 3600)}
        said = [Client().get(at).status_code for at in ("/r/AAAA", "/c/123", "/c/1234567890", "/r/BBBB")]
        assert said == [404, 404, 404, 429]

    def test_draws_no_qr_of_her_own_words(self) -> None:
        assert Client().get("/r/ABCDEFGH/qr").status_code == 404


class TestAWorker:
    def test_of_the_area_is_led_to_the_console(self, receipt: str, logged_in: Callable[..., Client]) -> None:
        assert "在工作台打开" in logged_in(cast.secretary()).get(receipt).content.decode()

    @pytest.mark.parametrize("who", [cast.nobody, lambda: cast.secretary(cast.OTHER_COMMUNITY)])
    def test_of_elsewhere_or_without_the_right_is_not(
        self, receipt: str, logged_in: Callable[..., Client], who: Any
    ) -> None:
        assert "在工作台打开" not in logged_in(who()).get(receipt).content.decode()


def test_the_payload_of_the_tests_is_the_forms(code: ReportCode) -> None:
    """The two ways in send the same groups of fields."""
    from wangge.systems.declarations.citizen.posting import payload_of

    assert set(a_payload()) <= set(payload_of({}, code.number))

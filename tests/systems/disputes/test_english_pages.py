"""Pages that only who handles a dispute sees, in English: the walls meet them closed."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse

from tests import cast
from tests.systems.disputes.dispute_cast import a_dispute, a_session, drafted, followed, mediating, signed
from tests.walls.test_english import chinese_left
from wangge.site.catalogues import compile_catalogues
from wangge.systems.disputes.queries.record import words_of

pytestmark = pytest.mark.django_db
# Sealed, so no table holds them in clear.
SAID = (
    "欧阳试甲", "司徒试乙", "虚构路", "号", "半夜漏水吵得睡不着", "双方都说了一遍", "要求赔天花板",
    "只愿出一半", "上门问过", "赔偿天花板修理费",
    "修好漏水的管子", "楼上水管漏水", "泡坏天花板", "各方已在协议书上签字",
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    compile_catalogues()


@pytest.fixture
def secretary():
    return cast.secretary()


@pytest.fixture
def desk(secretary, logged_in):
    browser = logged_in(secretary)
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return browser


def left(desk, address: str, **sent: str) -> list[str]:
    answer = desk.post(address, sent) if sent else desk.get(address)
    return [run for run in chinese_left(answer.content.decode()) if not any(word in run for word in SAID)]


@pytest.mark.parametrize("name", ["parties", "session", "agreement", "follow", "appoint"])
def test_a_page_of_who_handles_it_has_no_chinese_but_what_was_said(name, desk, secretary):
    case = mediating(secretary)
    drafted(case, secretary)
    address = reverse(f"disputes:{name}", args=[case.number])
    assert left(desk, address) == []
    assert left(desk, address, op="x", do="save", parties="2", terms="1") == []


def test_the_panel_has_none_at_any_stage(desk, secretary):
    free = a_dispute(cast.worker())
    case = mediating(secretary)
    address = reverse("cases:show", args=[case.number])
    for number in (free.number, case.number):
        assert left(desk, reverse("cases:show", args=[number])) == []
    a_session(case, secretary)
    signed(case, secretary)
    followed(case, secretary, "close", True, opinion=3)
    assert words_of(case) and left(desk, address) == []

"""The residents' pages in English: what is Chinese on them is data, an example, or the name of a language."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from tests.systems.declarations.intake import a_code
from tests.systems.declarations.test_citizen_form import filled, rows, the_form
from wangge.site.catalogues import compile_catalogues

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]
HAN = re.compile(r"[\u4e00-\u9fff]+")
DATA = {
    "网格",
    "甲一网格",
    "甲一社区",
    "甲街道",
    "蓬江区",
    "林",
    "月",
    "林晓月",
    "虚构花园",
    "栋",
    "甲一社区虚构花园",
    "湖北省武汉市",
}
QUOTED = {"简体中文", "长沙", "韶关"}


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    compile_catalogues()


@pytest.fixture
def client() -> Client:
    reader = Client()
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return reader


def chinese(page: str) -> set[str]:
    return set(HAN.findall(page)) - DATA - QUOTED


def test_the_way_from_the_form_to_the_receipt_and_back(client: Client) -> None:
    address = the_form(a_code())
    form = client.get(address)
    wrong = client.post(address, filled(form, people="2", **{"people.0.id_no": "1", "consent.notice": ""}))
    receipt = client.post(address, filled(form)).url
    at = f"/my/declarations/{rows()[0].report}"
    pages = {
        "form": form.content.decode(),
        "errors": wrong.content.decode(),
        "receipt": client.get(receipt).content.decode(),
        "again": client.get(f"{receipt}?again=1").content.decode(),
    }
    for name in ("/my/declarations/", f"{at}/0/correct/", f"{at}/0/withdraw/", f"{at}/again/"):
        pages[name] = client.get(name).content.decode()
    assert {name: left for name, page in pages.items() if (left := chinese(page))} == {}


@pytest.mark.parametrize(
    "at", ["/", "/c/", "/c/1234567890", f"/c/{'A' * 90}", "/r/AAAA", "/my/declarations/"]
)
def test_a_page_that_leads_nowhere(client: Client, at: str) -> None:
    assert chinese(client.get(at).content.decode()) == set()

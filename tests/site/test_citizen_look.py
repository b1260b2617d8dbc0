"""Type size and language of the residents' pages, remembered on the device; no account, no script."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_large_type_is_remembered() -> None:
    phone = Client(enforce_csrf_checks=True)
    answer = phone.post("/look/", {"type": "large", "next": "/c/"})
    assert answer.status_code == 302 and answer.url == "/c/"
    assert 'class="large"' in phone.get("/c/").content.decode()
    phone.post("/look/", {"type": "normal", "next": "/c/"})
    assert 'class="large"' not in phone.get("/c/").content.decode()


def test_language_is_remembered() -> None:
    phone = Client()
    phone.post("/look/", {"language": "en"})
    page = phone.get("/c/").content.decode()
    assert 'lang="en"' in page and "My declarations" in page


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_nobody_is_led_away(back: str) -> None:
    assert Client().post("/look/", {"type": "large", "next": back}).url == "/"


def test_what_is_not_a_size_or_a_language_is_not_kept() -> None:
    answer = Client().post("/look/", {"type": "<script>", "language": "xx-evil"})
    assert not answer.cookies


def test_the_first_page_begins_with_residents() -> None:
    page = Client().get("/").content.decode()
    assert page.index("我的报备") < page.index("登录工作台")
    assert 'href="/c/"' in page and 'href="/my/declarations/"' in page

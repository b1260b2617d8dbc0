"""Every page in English: what is still Chinese on it is somebody's data, or the name of a language."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests import cast
from tests.walls.row import Row
from tests.walls.table import ROWS, SIGNED_IN, WITH_FACTOR
from tests.walls.test_urls import ask, by_name, holder, present
from wangge.lib.scoping import EVERYWHERE, within
from wangge.site.catalogues import compile_catalogues
from wangge.site.waiting import glossary

HAN = re.compile(r"[\u4e00-\u9fff]+")
# What the reader is to type, and how the product itself is called.
QUOTED = ("简体中文", "网格", "虚构花园", "栋", "单元", "粤居码", "社区")
PAGES = [row for row in present(ROWS) if row.method == "GET"]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    compile_catalogues()


@pytest.fixture(autouse=True)
def _stand(ground: None) -> None:
    """A small district."""


def english(client: Client) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def data() -> str:
    """Every text of every table."""
    texts = []
    with within(EVERYWHERE):
        there = set(connection.introspection.table_names())
        for model in apps.get_models():
            if model._meta.db_table not in there:
                continue
            fields = [
                field.attname
                for field in model._meta.concrete_fields
                if isinstance(field, models.CharField | models.TextField | models.JSONField)
            ]
            texts += [str(value) for row in model._base_manager.values_list(*fields) for value in row]
    return "\n".join(texts)


def chinese_left(page: str) -> list[str]:
    """Runs of Chinese on a page that no table holds."""
    shown = re.sub(r"<!--.*?-->|<script.*?</script>|<style.*?</style>", "", page, flags=re.DOTALL)
    shown = re.sub(r'<span lang="zh-Hans">[^<]*</span>', "", shown)  # Chinese words beside their English
    held = data()
    return sorted({run for run in HAN.findall(shown) if run not in held and run not in QUOTED})


@pytest.mark.parametrize("row", PAGES, ids=by_name)
def test_a_page_has_no_chinese_but_data(row: Row, logged_in):
    answer = ask(english(logged_in(holder(row.right, cast.TOWN))), row)
    if "html" in answer.headers.get("Content-Type", "") and not answer.streaming:
        assert chinese_left(answer.content.decode()) == []


@pytest.mark.parametrize("name", sorted(SIGNED_IN - WITH_FACTOR))
def test_a_page_for_everybody_has_no_chinese(name, logged_in):
    answer = english(logged_in(cast.secretary())).get(reverse(name), follow=True)
    assert chinese_left(answer.content.decode()) == []


@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/nowhere/"])
def test_a_page_before_signing_in_has_no_chinese(address):
    assert chinese_left(english(Client()).get(address).content.decode()) == []


def test_the_switch_changes_the_language_and_back(logged_in):
    browser = logged_in(cast.secretary())
    assert "等我处理的事" in browser.get("/console/").content.decode()
    for language, word in (("en", "Waiting for me"), ("zh-hans", "等我处理的事")):
        browser.post(reverse("set_language"), {"language": language, "next": "/console/"})
        assert word in browser.get("/console/").content.decode()


@pytest.mark.parametrize("asked", ["zh", "zh-CN,zh;q=0.9", "zh-hans", "fr", ""])
def test_chinese_stays_chinese_whatever_the_browser_asks_for(asked, client):
    assert "登录" in client.get("/accounts/login/", headers={"accept-language": asked}).content.decode()


def test_a_browser_that_asks_for_english_gets_it(client):
    page = client.get("/accounts/login/", headers={"accept-language": "en-GB,en;q=0.9"}).content.decode()
    assert "Sign in" in page


def test_every_word_of_the_glossary_has_its_english_meaning():
    with override("en"):
        lacking = [
            word for word, _chinese, meaning in glossary() if not meaning or HAN.search(word + meaning)
        ]
    assert lacking == [], "add them to docs/words.en.md"

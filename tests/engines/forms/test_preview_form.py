"""A version is looked at on a phone frame; only what shows a form may run the engine."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.urls import reverse

from tests import cast
from wangge.engines.forms import actions
from wangge.engines.forms.words import WORDS, renderer_words

from .form_cast import workbook

SOURCES = Path(__file__).resolve().parents[3] / "front" / "src" / "forms"
SAID = re.compile(r'\b(?:say|complain|bad)\("(\w+)"')
OTHERS = re.compile(r'"(not_\w+|too_large|load_\w+|place_\w+|take_photo|pick_photo)"')
COMPOSED = {
    "place": ("denied", "no_signal", "too_long"),
    "unsupported": ("line", "other", "audio", "video", "file"),
}


@pytest.mark.django_db
@pytest.mark.usefixtures("ground", "everywhere")
def test_a_draft_and_a_published_version_stand_in_the_frame(logged_in):
    version = actions.upload_form(actor="test", area_code=cast.COMMUNITY, content=workbook())
    browser = logged_in(cast.secretary(cast.COMMUNITY))
    for state in ("draft", "published"):
        around = browser.get(reverse("forms:preview", args=[version.pk]))
        assert (
            "住几个人" in around.content.decode()
            and f"/console/forms/{version.pk}/preview/phone/" in around.content.decode()
        )
        assert "wasm" not in around["Content-Security-Policy"] and around["X-Frame-Options"] == "DENY"
        phone = browser.get(reverse("forms:phone", args=[version.pk]), {"type": "large"})
        policy = dict(line.split(" ", 1) for line in phone["Content-Security-Policy"].split("; "))
        assert policy["script-src"] == "'self' 'wasm-unsafe-eval'" and policy["frame-ancestors"] == "'self'"
        assert phone["X-Frame-Options"] == "SAMEORIGIN" and 'class="large"' in phone.content.decode(), state
        held = re.search(r'id="xform"[^>]*>(.*?)</script>', phone.content.decode(), re.DOTALL)
        assert held and json.loads(held[1]) == version.xform
        actions.publish_version(actor="test", version=version)


@pytest.mark.django_db
@pytest.mark.usefixtures("ground", "everywhere")
def test_the_phone_speaks_the_language_that_is_chosen(logged_in):
    version = actions.upload_form(actor="test", area_code=cast.COMMUNITY, content=workbook())
    browser = logged_in(cast.secretary(cast.COMMUNITY))
    address = reverse("forms:phone", args=[version.pk])
    for language, word in (("en", "Submit"), ("zh-hans", "提交"), ("xx", "提交")):
        page = browser.get(address, {"language": language}).content.decode()
        held = re.search(r'id="form-words"[^>]*>(.*?)</script>', page, re.DOTALL)
        assert held and json.loads(held[1])["submit"] == word


def test_every_text_of_the_renderer_has_its_words_and_none_is_idle():
    composed = {f"{kind}_{rest}" for kind, all_of_it in COMPOSED.items() for rest in all_of_it}
    sources = "".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.js"))
    said = composed | set(SAID.findall(sources)) | set(OTHERS.findall(sources))
    assert said - set(WORDS) == set()
    idle = {
        key for key in WORDS if f'"{key.removesuffix("_again")}"' not in sources and f'"{key}"' not in sources
    }
    assert idle - composed == set()
    assert all(renderer_words().values())

"""Procedures in pictures, and a district's own file: refused with all that is wrong, or used at once."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import cast
from tests.engines.cases.case_cast import opened
from wangge.engines.cases.actions.packs import load_procedure
from wangge.engines.cases.queries.procedures import procedure_now, text_of
from wangge.engines.cases.reading.packs import SHIPPED
from wangge.foundation.access.rules import Refused
from wangge.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path):
    settings.HOME = tmp_path


def own(**swaps: str) -> bytes:
    """The shipped incident with other words."""
    text = (SHIPPED / "incident.toml").read_text(encoding="utf-8")
    for old, new in swaps.items():
        text = text.replace(old, new)
    return text.encode()


def load(browser, content: bytes):
    file = SimpleUploadedFile("本区.toml", content)
    return browser.post(reverse("cases:procedure_load"), {"file": file})


def test_every_shipped_one_has_a_row_and_a_page_with_its_picture(logged_in):
    browser = logged_in(cast.secretary())
    page = browser.get(reverse("cases:procedures")).content.decode()
    keys = sorted(path.stem for path in SHIPPED.glob("*.toml"))
    assert len(keys) > 3
    for key in keys:
        assert reverse("cases:procedure", args=[key]) in page
        one = browser.get(reverse("cases:procedure", args=[key]))
        assert one.status_code == 200 and "<svg" in one.content.decode()
    assert browser.get(reverse("cases:procedure", args=["nosuch"])).status_code == 404


def test_an_own_file_holds_at_once_and_old_cases_keep_theirs(logged_in):
    before, admin = opened(), logged_in(cast.system_admin())
    answer = load(admin, own(事件处置="本区事件", 待受理="等受理"))
    assert answer.status_code == 302 and procedure_now("incident").name == "本区事件"
    after = opened()
    assert before.procedure_id != after.procedure_id
    page = logged_in(cast.secretary()).get(reverse("cases:show", args=[before.number])).content.decode()
    assert "待受理" in page and "等受理" not in page
    assert Entry.objects.get(kind="procedure.loaded").data["procedure"] == "incident"
    assert admin.post(reverse("cases:procedure_drop", args=["incident"])).status_code == 302
    assert procedure_now("incident").name == "事件处置"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (own(waiting="nowhere2").replace(b'start = "nowhere2"', b'start = "gone"'), "gone"),
        (b"key = ", "TOML"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"#" * (256 * 1024 + 1), "256 KB"),
        (b"", "流程"),
    ],
)
def test_a_bad_file_is_refused_in_words_and_nothing_is_written(content, words, logged_in, tmp_path):
    answer = load(logged_in(cast.system_admin()), content)
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page and "没有装入" in page
    assert list(tmp_path.rglob("*.toml")) == []


def test_all_faults_are_told_at_once(logged_in):
    broken = own().replace(b'closes = "community"', b'closes = "king"').replace(b'"2h"', b'"soon"')
    page = load(logged_in(cast.system_admin()), broken).content.decode()
    assert "king" in page and "soon" in page


def test_a_file_that_somebody_broke_by_hand_is_told_and_breaks_no_page(logged_in, settings):
    folder = settings.HOME / "districts" / settings.DISTRICT / "procedures"
    folder.mkdir(parents=True)
    (folder / "incident.toml").write_text("key = 3", encoding="utf-8")
    browser = logged_in(cast.secretary())
    assert "有错，用不了" in browser.get(reverse("cases:procedures")).content.decode()
    page = browser.get(reverse("cases:procedure", args=["incident"])).content.decode()
    assert "这个文件用不了" in page


def test_only_who_sets_the_system_may_load_one(logged_in):
    assert load(logged_in(cast.secretary()), own()).status_code == 403
    with pytest.raises(Refused):
        load_procedure(actor=cast.district_user(), content=own())
    page = logged_in(cast.secretary()).get(reverse("cases:procedures")).content.decode()
    assert reverse("cases:procedure_load") not in page


def test_the_key_names_the_file_and_cannot_lead_elsewhere(logged_in, settings, tmp_path):
    answer = load(logged_in(cast.system_admin()), own().replace(b'key = "incident"', b'key = "../../evil"'))
    assert answer.status_code == 422 and list(tmp_path.rglob("*evil*")) == []
    assert text_of("incident")

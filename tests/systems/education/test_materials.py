"""Materials: a PDF is looked at and sealed, used in all of its area, counted, taken out of use."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.systems.education.education_cast import PDF, a_held_session, a_material, a_put
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.lib.scoping import EVERYWHERE, Reach, within
from wangge.systems.education.actions import materials as actions
from wangge.systems.education.models import Material
from wangge.systems.education.queries.materials import content_of, in_force, numbers_of

pytestmark = pytest.mark.django_db


def put(actor="test", **more):
    with within(EVERYWHERE):
        return actions.add_material(actor=actor, put=a_put(**more))


def test_the_same_op_is_one_material():
    op = uuid4()
    assert put(op=op).pk == put(op=op).pk and Material._base_manager.count() == 1


def test_a_pdf_lies_sealed_and_comes_back_whole():
    row = put(kind="pdf", content=PDF)
    path = Path(default_storage.path(row.content.name))
    assert content_of(row) == PDF and PDF not in path.read_bytes() and row.size == len(PDF)
    assert row.title not in path.name


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "pdf"},
        {"kind": "pdf", "content": b"PK\x03\x04 a zip"},
        {"kind": "leaflet", "content": b"%PDF-1.4 cut off"},
        {"kind": "video"},
        {"kind": "video", "link": "http://video.example/1"},
        {"kind": "poster", "link": "javascript:alert(1)"},
        {"topic": "没有"},
    ],
    ids=["no file", "a zip", "cut", "no address", "http", "script", "topic"],
)
def test_what_cannot_be_used_is_refused(wrong):
    with pytest.raises(Unacceptable):
        put(**wrong)
    assert not Material._base_manager.exists()


def test_only_for_ones_own_areas():
    with pytest.raises(Refused):
        put(cast.secretary(), area=cast.TOWN)
    with pytest.raises(Refused):
        put(cast.worker(), area=cast.GRID)


def test_what_the_town_made_is_used_in_its_communities_and_not_elsewhere():
    row = a_material(cast.TOWN)
    with within(Reach((cast.COMMUNITY,))):
        assert list(in_force()) == [row]
    with within(Reach((cast.OTHER_COMMUNITY,))):
        assert not in_force()


def test_what_is_withdrawn_or_not_yet_in_force_is_not_given_out():
    a_material(since=timezone.localdate() + timedelta(days=1))
    row = a_material()
    with within(EVERYWHERE):
        actions.withdraw_material(actor="test", material=row)
        again = actions.withdraw_material(actor="test", material=row)
        assert again.withdrawn_at and not in_force() and list(in_force([row.pk])) == [row]


def test_a_community_does_not_withdraw_what_the_town_made(logged_in):
    row = a_material(cast.TOWN)
    address = reverse("education:material_withdraw", args=[row.pk])
    assert logged_in(cast.secretary()).post(address).status_code == 403
    assert logged_in(cast.officer()).post(address).status_code == 302


def test_given_out_is_counted_inside_the_reach():
    row = a_material("440703000000")
    a_held_session(given=[(row, 5)])
    a_held_session(cast.OTHER_COMMUNITY, given=[(row, 8)])
    with within(Reach((cast.COMMUNITY,))):
        assert numbers_of([row]) == {row.pk: 5}
    with within(EVERYWHERE):
        assert numbers_of([row]) == {row.pk: 13}


class TestPages:
    def post(self, browser, file=None, **more):
        today = timezone.localdate().isoformat()
        told = {"op": str(uuid4()), "title": "燃气手册", "topic": "gas", "kind": "pdf", "edition": "第一版",
                "area": cast.COMMUNITY, "since": today, "link": ""} | more  # fmt: skip
        told |= {} if file is None else {"file": SimpleUploadedFile("手册.pdf", file, "application/pdf")}
        return browser.post(reverse("education:material_new"), told)

    def test_put_in_listed_and_saved(self, logged_in):
        browser = logged_in(cast.secretary())
        assert self.post(browser, PDF).status_code == 302
        row = Material._base_manager.get()
        page = browser.get(reverse("education:materials")).content.decode()
        answer = browser.get(reverse("education:material_file", args=[row.pk]))
        assert "燃气手册" in page and answer.content == PDF
        assert answer["Content-Disposition"].startswith("attachment")

    def test_no_pdf_and_one_too_large_are_said_at_the_field(self, logged_in, monkeypatch):
        browser = logged_in(cast.secretary())
        none = self.post(browser, b"a text")
        monkeypatch.setattr("wangge.systems.education.forms.materials.LARGEST", 10)
        large = self.post(browser, PDF)
        assert none.status_code == large.status_code == 422
        assert "不是完整的 PDF" in none.content.decode() and "最多 20 MB" in large.content.decode()
        assert not Material._base_manager.exists()

    def test_one_without_a_file_has_none_to_save(self, logged_in):
        address = reverse("education:material_file", args=[a_material().pk])
        assert logged_in(cast.secretary()).get(address).status_code == 404

    @pytest.mark.parametrize("many", [1, 3])
    def test_the_list_and_those_out_of_use(self, logged_in, many):
        for number in range(many):
            a_material(title=f"在用的{number}")
        old = a_material(title="旧版")
        with within(EVERYWHERE):
            actions.withdraw_material(actor="test", material=old)
        browser = logged_in(cast.worker())
        now = browser.get(reverse("education:materials")).content.decode()
        before = browser.get(reverse("education:materials") + "?show=withdrawn").content.decode()
        assert now.count("在用的") == many and "旧版" not in now and "旧版" in before
        assert reverse("education:material_new") not in now

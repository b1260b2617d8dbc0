"""A session was held: numbers, materials, photos; corrected afterwards with what was before in the trail."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import cast
from tests.engines.cases.page_cast import picture, upload
from tests.systems.education.education_cast import a_held_session, a_material, a_session, held
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.education.actions.holding import correct_session, hold_session
from wangge.systems.education.models import Given, Session

pytestmark = pytest.mark.django_db


def hold(row, told, seen=1, actor="test", write=hold_session):
    with within(EVERYWHERE):
        return write(actor=actor, session=row, held=told, seen=seen)


def test_it_is_said_once_and_counted():
    material, row = a_material(), a_session()
    told = held(30, given=((material, 12),))
    assert hold(row, told).state == hold(row, told).state == "held"
    assert Given._base_manager.get().number == 12
    (data,) = Entry._base_manager.filter(kind="education.held").values_list("data", flat=True)
    assert data["attended"] == 30 and data["given"] == {str(material.pk): 12}


def test_not_before_it_has_begun():
    with pytest.raises(Unacceptable, match="还没有开始"):
        hold(a_session(days=1), held())


def test_not_elsewhere_and_not_what_was_called_off():
    with pytest.raises(Refused):
        hold(a_session(cast.OTHER_COMMUNITY), held(), actor=cast.secretary())
    row = a_session()
    Session._base_manager.filter(pk=row.pk).update(state="cancelled")
    with pytest.raises(Unacceptable, match="已取消"):
        hold(row, held())


@pytest.mark.parametrize("attended", [-1, 2_001, 5_000_001])
def test_a_number_that_cannot_be_is_refused(attended):
    with pytest.raises(Unacceptable):
        hold(a_session(), held(attended))


def test_a_million_is_taken_when_it_is_sure():
    assert hold(a_session(), held(1_000_000, sure=True)).attended == 1_000_000


def test_a_correction_keeps_the_numbers_before_in_the_trail():
    material = a_material()
    row = a_held_session(attended=30, given=[(material, 5)])
    hold(row, held(28, given=((material, 0),)), row.version, write=correct_session)
    row.refresh_from_db()
    (data,) = Entry._base_manager.filter(kind="education.corrected").values_list("data", flat=True)
    assert row.attended == data["attended"] == 28 and not Given._base_manager.exists()
    assert data["before"]["attended"] == 30 and data["before"]["given"] == {str(material.pk): 5}


def test_only_what_was_held_is_corrected():
    with pytest.raises(Unacceptable):
        hold(a_session(), held(), write=correct_session)


class TestForm:
    def post(self, browser, row, **more):
        told = {"op": str(uuid4()), "seen": row.version, "attended": 30, "minutes": 60, "notes": ""} | more
        return browser.post(reverse("education:hold", args=[row.pk]), told)

    def test_numbers_materials_and_photos_are_kept_and_shown(self, logged_in):
        material, row, browser = a_material(title="消防折页"), a_session(), logged_in(cast.secretary())
        told = {f"m{material.pk}": 7, "photos": [upload(picture("blue"))]}
        assert self.post(browser, row, **told).status_code == 302
        row.refresh_from_db()
        page = browser.get(reverse("education:session", args=[row.pk])).content.decode()
        assert "消防折页" in page and "× 7" in page and "人工填报" in page and row.photos[0] in page
        photo = browser.get(reverse("education:photo", args=[row.pk, row.photos[0]]))
        assert photo.status_code == 200 and photo["Content-Type"] == "image/jpeg"
        other = logged_in(cast.secretary(cast.OTHER_COMMUNITY))
        assert other.get(reverse("education:photo", args=[row.pk, row.photos[0]])).status_code == 404

    def test_a_photo_of_another_matter_is_not_shown_here(self, logged_in):
        row = a_session()
        address = reverse("education:photo", args=[row.pk, "0" * 64])
        assert logged_in(cast.secretary()).get(address).status_code == 404

    def test_a_million_is_asked_again_then_taken(self, logged_in):
        row, browser = a_session(), logged_in(cast.secretary())
        first = self.post(browser, row, attended=1_000_000)
        assert first.status_code == 422 and "确实有这么多" in first.content.decode()
        assert 'name="sure"' in first.content.decode()
        assert self.post(browser, row, attended=1_000_000, sure="on").status_code == 302

    @pytest.mark.parametrize(
        "wrong", [{"attended": -1}, {"minutes": 0}, {"attended": ""}, {"attended": "很多"}]
    )
    def test_numbers_that_are_none_are_said_at_their_field(self, logged_in, wrong):
        row = a_session()
        assert self.post(logged_in(cast.secretary()), row, **wrong).status_code == 422
        row.refresh_from_db()
        assert row.state == "planned"

    def test_a_photo_too_large_or_none_is_refused_in_words(self, logged_in, monkeypatch):
        monkeypatch.setattr("wangge.engines.cases.forms.photos.LARGEST_TAKEN", 100)
        row, browser = a_session(), logged_in(cast.secretary())
        large = self.post(browser, row, photos=[SimpleUploadedFile("大.jpg", b"x" * 200, "image/jpeg")])
        none = self.post(browser, row, photos=[SimpleUploadedFile("假.jpg", b"text", "image/jpeg")])
        assert large.status_code == none.status_code == 422
        assert "最多 40 MB" in large.content.decode() and "不是照片" in none.content.decode()

    def test_the_same_form_twice_is_one(self, logged_in):
        row, browser, op = a_session(), logged_in(cast.secretary()), str(uuid4())
        assert [self.post(browser, row, op=op).status_code for _ in range(2)] == [302, 302]
        assert Entry._base_manager.filter(kind__in=("education.held", "education.corrected")).count() == 1

    def test_behind_anothers_back_nothing_is_corrected(self, logged_in):
        row, browser = a_held_session(), logged_in(cast.secretary())
        self.post(browser, row, attended=31)
        late = self.post(browser, row, attended=99)
        assert late.status_code == 422 and "刚才有人改过" in late.content.decode()

    def test_before_it_begins_the_page_says_so(self, logged_in):
        answer = self.post(logged_in(cast.secretary()), a_session(days=2))
        assert answer.status_code == 422 and "还没有开始" in answer.content.decode()

    def test_calling_off_on_the_page(self, logged_in):
        row, browser = a_session(days=2), logged_in(cast.secretary())
        address, told = reverse("education:cancel", args=[row.pk]), {"op": str(uuid4()), "seen": 1}
        assert browser.post(address, told | {"reason": ""}).status_code == 422
        assert browser.post(address, told | {"reason": "台风预警"}).status_code == 302
        page = browser.get(reverse("education:session", args=[row.pk])).content.decode()
        assert "已取消" in page and "台风预警" in page

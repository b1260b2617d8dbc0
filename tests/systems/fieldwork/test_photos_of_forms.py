"""Photos of a form filled in at a visit arrive later, in pieces, and then stand with the form's answer."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests import cast
from tests.foundation.photos.picture_cast import digest_of, jpeg
from tests.systems.fieldwork.test_record_forms import filled_in
from tests.systems.fieldwork.visit_cast import QUESTIONS, a_campaign, a_room, visited
from wangge.engines.forms.models import Attachment, FormVersion, Submission
from wangge.engines.forms.queries import submissions_to
from wangge.engines.forms.rest_read import as_row
from wangge.foundation.access.models import Reading
from wangge.foundation.photos import actions as photos

pytestmark = pytest.mark.django_db
PICTURE = {"path": "/data/ask2/look", "name": "look", "type": "image", "label": "拍一张", "fact": ""}
INSIDE = "<ask2><gas>no</gas><look>1.jpg</look></ask2>"


@pytest.fixture
def room(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    room = a_room()
    a_campaign(room)
    FormVersion.objects.update(questions=[*QUESTIONS, PICTURE])
    return room


def kept(room, digest: str, *, sent: list[str], **more: str) -> Submission:
    """A visit with the form, whose picture is announced by its digest."""
    form = filled_in(INSIDE, **more) | {"files": [{"name": "1.jpg", "digest": digest}, {"name": "x"}, 3]}
    done = visited(room, "partly", actor=cast.worker(), forms=[form], photos=sent)
    return done.visit.submission


def arrives(content: bytes, *, announced: int = 0) -> None:
    size, digest = announced or len(content), digest_of(content)
    photos.announce(actor="test", digest=digest, size=size, area_code=cast.GRID)
    photos.append(actor="test", digest=digest, size=size, offset=0, piece=content)


def page(browser, row: Submission) -> str:
    return browser.get(reverse("forms:answer", args=[row.pk])).content.decode()


def system(row: Submission) -> dict[str, object]:
    return as_row(submissions_to(row.version.form).get(pk=row.pk))["__system"]


def test_a_photo_stands_with_the_answer_once_it_is_whole(room, logged_in):
    content = jpeg()
    row, browser = kept(room, digest_of(content), sent=[digest_of(content)]), logged_in(cast.secretary())
    file = reverse("forms:file", args=[Attachment.objects.get().pk])
    assert "还有 1 个文件没有传到" in page(browser, row) and file not in page(browser, row)
    assert (system(row)["attachmentsPresent"], system(row)["status"]) == (0, "missingAttachment")
    assert browser.get(file).status_code == 404
    arrives(content)
    assert file in page(browser, row) and "没有传到" not in page(browser, row)
    assert (system(row)["attachmentsPresent"], system(row)["status"]) == (1, None)
    shown = browser.get(file)
    assert shown["Content-Type"] == "image/jpeg" and b"".join(shown.streaming_content) == content
    assert Reading._base_manager.filter(subject_type="forms.submission").exists()
    outside = logged_in(cast.secretary(cast.OTHER_COMMUNITY))
    assert outside.get(file).status_code == 404


def test_the_photo_may_be_there_before_the_answer(room):
    arrives(jpeg())
    assert system(kept(room, digest_of(jpeg()), sent=[digest_of(jpeg())]))["attachmentsPresent"] == 1


def test_a_photo_that_did_not_come_with_the_visit_is_not_taken_for_the_answers(room):
    arrives(jpeg())
    row = kept(room, digest_of(jpeg()), sent=[])
    assert not Attachment.objects.exists() and system(row)["attachmentsExpected"] == 1


def test_a_photo_that_is_refused_is_told_with_its_reason(room, logged_in):
    content = b"no picture at all"
    row = kept(room, digest_of(content), sent=[digest_of(content)])
    arrives(content)
    told = page(logged_in(cast.secretary()), row)
    assert "这个文件不是照片" in told and "没有传到" not in told


def test_another_photo_under_the_same_name_takes_the_place_of_one_that_was_refused(room):
    row = kept(room, digest_of(b"none"), sent=[digest_of(b"none")])
    worker = row.worker
    form = filled_in(INSIDE) | {"files": [{"name": "1.jpg", "digest": digest_of(jpeg())}]}
    visited(room, "partly", actor=worker, forms=[form], photos=[digest_of(jpeg())])
    arrives(jpeg())
    assert system(row)["attachmentsPresent"] == 1 and Attachment.objects.count() == 1

"""One answer opened in the console: options in words, facts masked, files within reach, the look noted."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from tests import cast
from tests.registry.people.people_cast import PHONE
from wangge.engines.forms import actions
from wangge.engines.forms.answers import read_answer
from wangge.engines.forms.models import Attachment, Submission
from wangge.engines.forms.queries.opened import told_in
from wangge.foundation.access.models import Reading

from .home_cast import form, home, jpeg, member, person_row, sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


@pytest.fixture
def row(settings, tmp_path) -> Submission:
    settings.MEDIA_ROOT = tmp_path
    version, (room, household) = form(), home()
    person = member(room, household, "林试")
    xml = sheet(person_row(person.pk, name="林试", edu="high"), photo="a.jpg", state="let")
    files = {"a.jpg": ContentFile(jpeg(), "a.jpg")}
    kept = actions.keep_answer(
        worker=cast.worker(), version=version, answer=read_answer(xml), files=files, about=person
    )
    return kept.submission


def test_it_is_read_in_words_with_its_photo_and_the_look_is_noted(row, logged_in):
    browser, address = logged_in(cast.secretary()), reverse("forms:answer", args=[row.pk])
    page = browser.get(address).content.decode()
    assert all(words in page for words in ("高中", "出租", "家里的人 1", "有烟感报警器吗？"))
    assert PHONE not in page and "a.jpg" not in page and ">let<" not in page
    photo = reverse("forms:file", args=[Attachment.objects.get().pk])
    assert photo in page
    answer = browser.get(photo)
    assert answer["Content-Type"] == "image/jpeg" and b"".join(answer.streaming_content) == jpeg()
    assert "a.jpg" not in answer["Content-Disposition"]
    noted = Reading._base_manager.get()  # within ten minutes it is one reading
    assert (noted.subject_type, noted.subject_id) == ("people.person", str(row.person_id))
    Attachment.objects.update(fault="image", kind="")
    answer = browser.get(photo)
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    outside = logged_in(cast.secretary(cast.OTHER_COMMUNITY))
    assert outside.get(address).status_code == outside.get(photo).status_code == 404
    Submission.objects.update(xml_sealed="", files=[])
    assert "已经清空" in browser.get(address).content.decode()


def test_an_answer_that_could_not_be_given_says_why_in_words(settings, tmp_path, logged_in):
    settings.MEDIA_ROOT = tmp_path
    rows = person_row("", name="林试", way="own") + person_row("", name="林二")
    marked = sheet(rows, area="").decode().replace("<area></area>", '<area x:cannot="no_signal"></area>')
    marked = marked.replace("<data ", '<data xmlns:x="urn:wangge:forms" ', 1)
    marked = "<way x:cannot='made_up'></way>".join(marked.rsplit("<way></way>", 1))
    kept = actions.keep_answer(
        worker=cast.worker(), version=form(), answer=read_answer(marked.encode()), files={}
    )
    parts = {part.number: dict(part.lines) for part in told_in(kept.submission)}
    assert parts[0]["面积"] == "没有填：收不到定位信号"
    assert parts[1]["居住方式"] == "自购" and parts[2]["居住方式"] == "没有填：没有说明原因"
    page = logged_in(cast.secretary()).get(reverse("forms:answer", args=[kept.submission.pk]))
    assert "没有填：收不到定位信号" in page.content.decode()

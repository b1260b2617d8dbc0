"""A worker's answer: within reach, once, its photos looked at; nothing of it is lost."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from tests import cast
from wangge.engines.forms import actions
from wangge.engines.forms.answers import Unreadable, read_answer
from wangge.engines.forms.models import Attachment, Submission
from wangge.foundation.access.rules import Unacceptable

from .home_cast import form, home, jpeg, member, sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def keep(worker, version, xml: bytes, about=None, **files: bytes):
    named = {name.replace("_jpg", ".jpg"): ContentFile(body, name) for name, body in files.items()}
    return actions.keep_answer(
        worker=worker, version=version, answer=read_answer(xml), files=named, about=about
    )


def test_a_workers_answer_belongs_to_the_grid_of_what_it_is_about():
    version, (room, household) = form(), home()
    person, worker = member(room, household, "林试"), cast.worker()
    kept = keep(worker, version, sheet(), about=person)
    row = Submission.objects.get()
    assert (row.area_code, row.worker, row.device) == (cast.GRID, worker, None)
    assert (row.person, row.room, row.household) == (person, room, household)
    assert not kept.repeated and keep(worker, version, sheet(), about=person).repeated
    with pytest.raises(actions.Different):
        keep(cast.worker(), version, sheet())


def test_forms_homes_and_people_of_other_areas_are_refused_in_words():
    here, there = form(cast.COMMUNITY), form(cast.OTHER_COMMUNITY, "other_form")
    room, household = home(cast.OTHER_GRID)
    stranger = member(room, household, "林别")
    worker = cast.worker(cast.GRID)
    refusals = [
        (there, sheet(key="other_form"), None, "不属于您的区域"),
        (here, sheet(), room, "不在您的网格"),
        (here, sheet(), stranger, "不在您的网格"),
        (here, sheet(key="other_form"), None, "另一张表单"),
    ]
    for version, xml, about, words in refusals:
        with pytest.raises(Unacceptable, match=words):
            keep(worker, version, xml, about)
    with pytest.raises(Unacceptable):
        keep(cast.nobody(), here, sheet())
    assert not Submission.objects.exists()


def test_a_photo_that_is_none_is_refused_its_answer_stays_and_another_takes_its_place():
    worker, version, xml = cast.worker(), form(), sheet(photo="a.jpg")
    kept = keep(worker, version, xml, a_jpg=b"no photo")
    [(name, why)] = kept.refused
    assert (name, kept.missing) == ("a.jpg", ("a.jpg",)) and "照片" in why
    assert Submission.objects.exists() and not Attachment.objects.exists()
    kept = keep(worker, version, xml, a_jpg=jpeg())
    assert not kept.missing and Attachment.objects.get().kind == "jpeg"


def test_words_that_look_like_a_file_are_not_waited_for():
    kept = keep(cast.worker(), form(), sheet(block="见 a.jpg"))
    assert kept.missing == ()


@pytest.mark.parametrize(
    ("xml", "why"),
    [
        (sheet().replace(b"<data ", b"<html ").replace(b"</data>", b"</html>"), "root"),
        (sheet().replace(b"<smoke>y</smoke>", b"<smoke>y</smoke><smoke>n</smoke>"), "twice"),
    ],
)
def test_another_forms_root_and_double_answers_are_told_apart(xml, why):
    with pytest.raises(Unreadable) as refused:
        keep(cast.worker(), form(), xml)
    assert refused.value.why == why and not Submission.objects.exists()

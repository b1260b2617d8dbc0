"""After three years an answer says nothing any more, and its files are gone from the disk."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from tests import cast
from wangge.engines.forms import actions
from wangge.engines.forms.answers import read_answer
from wangge.engines.forms.models import Attachment, Submission
from wangge.engines.forms.own_data import own_answers
from wangge.engines.forms.retention import forget_old
from wangge.flows.table import SWEEPS
from wangge.foundation.journal.models import Entry

from .home_cast import form, home, jpeg, member, sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def aged(row: Submission, days: int) -> None:
    Submission._base_manager.filter(pk=row.pk).update(received_at=timezone.now() - timedelta(days=days))


def test_old_answers_are_emptied_and_newer_ones_stay():
    version, (room, household) = form(), home()
    person, worker = member(room, household, "林试"), cast.worker()

    def keep(instance: str) -> actions.Kept:
        answer = read_answer(sheet(instance=instance, photo="a.jpg", area="70"))
        files = {"a.jpg": ContentFile(jpeg(), "a.jpg")}
        return actions.keep_answer(worker=worker, version=version, answer=answer, files=files, about=person)

    old, new = keep("uuid:00000001").submission, keep("uuid:00000002").submission
    paths = {row.submission_id: Path(row.content.path) for row in Attachment.objects.all()}
    aged(old, 3 * 365 + 1)
    aged(new, 3 * 365 - 1)
    assert forget_old() == 1 and forget_old() == 0
    old.refresh_from_db()
    assert (old.xml_sealed, old.files, old.person, old.household, old.room) == ("", [], None, None, None)
    assert (old.worker, old.version, old.area_code) == (worker, version, cast.GRID)
    assert not paths[old.pk].exists() and paths[new.pk].exists()
    assert [row.submission for row in Attachment.objects.all()] == [new]
    assert len(own_answers(person).lines) == 1
    assert Entry.objects.get(kind="form.forgotten").data == {"answers": 1, "files": 1}
    assert keep("uuid:00000001").repeated  # a phone that sends it again is told that it is here
    assert forget_old() == 1 and not Attachment.objects.filter(submission=old).exists()


def test_the_sweep_is_swept():
    assert f"{forget_old.__module__}.forget_old" in SWEEPS

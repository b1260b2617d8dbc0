"""Files of answers lie sealed on the disk: new ones at once, older ones by the clock; keys may change."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests import cast
from wangge.engines.forms import actions
from wangge.engines.forms.answers import read_answer
from wangge.engines.forms.models import Attachment, Submission
from wangge.engines.forms.queries import answered
from wangge.engines.forms.queries.files import content_of
from wangge.engines.forms.sweeps import seal_old_files
from wangge.flows.table import SWEEPS
from wangge.registry.people.actions import reseal_all

from .home_cast import form, jpeg, sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
OLD, NEW = "1:" + "5a" * 32, "2:" + "6b" * 32


@pytest.fixture
def file(settings, tmp_path) -> Attachment:
    settings.MEDIA_ROOT = tmp_path
    files = {"a.jpg": ContentFile(jpeg(), "a.jpg")}
    answer = read_answer(sheet(photo="a.jpg", area="70"))
    actions.keep_answer(worker=cast.worker(), version=form(), answer=answer, files=files)
    return Attachment.objects.get()


def path_of(file: Attachment) -> Path:
    return Path(default_storage.path(Attachment.objects.get(pk=file.pk).content.name))


def laid_open(file: Attachment) -> Path:
    """As files lay before they were sealed."""
    path_of(file).unlink()
    file.content.name = "forms/2026/01/old.bin"
    file.save()
    path_of(file).parent.mkdir(parents=True, exist_ok=True)
    path_of(file).write_bytes(jpeg())
    return path_of(file)


def test_a_file_lies_sealed_and_is_read_back(file):
    assert jpeg()[:100] not in path_of(file).read_bytes() and content_of(file) == jpeg()
    assert file.size == len(jpeg()) and "a.jpg" not in str(path_of(file))
    assert seal_old_files() == 0


def test_a_file_that_lay_open_is_sealed_once_and_readable_before_and_after(file):
    before = laid_open(file)
    assert content_of(file) == jpeg()
    assert (seal_old_files(), seal_old_files()) == (1, 0)
    assert not before.exists() and content_of(Attachment.objects.get()) == jpeg()
    assert jpeg()[:100] not in path_of(file).read_bytes()


def test_a_run_that_was_killed_before_the_row_named_the_sealed_file_goes_on(file):
    sealed = path_of(file).read_bytes()
    before = laid_open(file)
    before.unlink()
    before.with_suffix(".sealed").write_bytes(sealed)
    with pytest.raises(LookupError):
        content_of(file)
    assert seal_old_files() == 1 and content_of(Attachment.objects.get()) == jpeg()


def test_a_file_that_is_gone_keeps_no_other_from_being_sealed(file):
    laid_open(file)
    gone = Attachment.objects.create(
        submission=file.submission, name="b.jpg", digest="0" * 64, size=1, content="forms/2026/01/gone.bin"
    )
    assert seal_old_files() == 1 and Attachment.objects.get(pk=gone.pk).content.name.endswith("gone.bin")


def test_after_a_rotation_answers_and_files_open_without_the_old_key(file, settings):
    settings.FIELD_KEYS = f"{OLD},{NEW}"
    done = reseal_all(actor="cli")
    assert (done["forms.submission.xml_sealed"], done["forms.attachment.content"]) == (1, 1)
    assert not any(reseal_all(actor="cli").values())
    settings.FIELD_KEYS = NEW
    assert content_of(file) == jpeg() and answered(Submission.objects.get()).single["/data/area"] == "70"


def test_the_sweep_is_swept():
    assert f"{seal_old_files.__module__}.seal_old_files" in SWEEPS

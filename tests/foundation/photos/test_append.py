"""A photo in pieces: resumed, repeated, killed, damaged, and never called whole when it is not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import cast
from wangge.foundation.access.models import Reading
from wangge.foundation.photos import actions, queries
from wangge.foundation.photos.models import Photo
from wangge.foundation.photos.sweeps import forget_old, forget_unfinished
from wangge.lib.scoping import EVERYWHERE, within

from .picture_cast import digest_of, jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def announced(content: bytes, digest: str = "") -> str:
    digest = digest or digest_of(content)
    actions.announce(actor="test", digest=digest, size=len(content), area_code=cast.GRID)
    return digest


def send(digest: str, content: bytes, offset: int = 0, until: int | None = None) -> actions.Standing:
    piece = content[offset:until]
    return actions.append(actor="test", digest=digest, size=len(content), offset=offset, piece=piece)


def file_of(digest: str) -> Path:
    return Path(default_storage.path(Photo._base_manager.get(digest=digest).content.name))


def test_pieces_in_order_make_a_whole_that_is_sealed():
    content = jpeg(noise=3_000)
    digest = announced(content)
    assert queries.missing_of([digest]) == [digest]
    assert send(digest, content, 0, 1_000) == actions.Standing(1_000, False)
    assert send(digest, content, 1_000) == actions.Standing(len(content), True)
    photo = Photo._base_manager.get(digest=digest)
    assert (photo.kind, photo.width, photo.height) == ("jpeg", 64, 48)
    assert queries.content_of(photo) == content
    assert content[:200] not in file_of(digest).read_bytes()
    assert [path.name for path in file_of(digest).parent.iterdir()] == [f"{digest}.sealed"]
    assert queries.missing_of([digest]) == []
    assert send(digest, content, 0, 500) == actions.Standing(len(content), True)  # sent again: answered again


def test_a_repeated_and_an_overlapping_piece_change_nothing():
    content = jpeg(1, noise=2_000)
    digest = announced(content)
    send(digest, content, 0, 900)
    assert send(digest, content, 0, 900).received == 900
    assert send(digest, content, 500, 1_500).received == 1_500
    assert send(digest, content, 1_500).complete


def test_a_gap_says_where_to_go_on():
    content = jpeg(2, noise=2_000)
    digest = announced(content)
    send(digest, content, 0, 300)
    with pytest.raises(actions.WrongOffset) as said:
        send(digest, content, 700, 900)
    assert said.value.received == 300


def test_what_a_killed_server_left_behind_does_not_mix_in():
    content = jpeg(3, noise=2_000)
    digest = announced(content)
    send(digest, content, 0, 600)
    with file_of(digest).open("ab") as file:  # written, but the transaction did not commit
        file.write(b"half a piece")
    assert send(digest, content, 600).complete
    other = jpeg(4, noise=2_000)
    digest = announced(other)
    send(digest, other, 0, 600)
    with file_of(digest).open("r+b") as file:  # committed, but the disk lost the end
        file.truncate(100)
    with pytest.raises(actions.WrongOffset) as said:
        send(digest, other, 600)
    assert said.value.received == 100
    assert send(digest, other, 100).complete


def test_bytes_of_another_digest_are_asked_for_again():
    content = jpeg(5)
    digest = announced(content)
    assert send(digest, bytes(len(content))) == actions.Standing(0, False)
    assert send(digest, content).complete
    content = jpeg(15)
    digest = announced(content)
    said = [send(digest, bytes(len(content))).refused for _try in range(4)]
    assert said == ["", "", "hash", "hash"]


def test_what_is_no_picture_is_refused_with_its_reason():
    for content, why in (
        (b"MZ" + bytes(500), "image"),
        (jpeg(6)[:-200], "cut"),
        (b"GIF89a" + bytes(99), "kind"),
    ):
        digest = announced(content)
        assert send(digest, content).refused == why
        assert queries.missing_of([digest]) == []
        assert not Photo._base_manager.get(digest=digest).content


def test_an_empty_and_an_enormous_photo_are_refused_when_announced():
    assert actions.announce(actor="t", digest="a" * 64, size=0, area_code=cast.GRID).refused == "empty"
    assert actions.announce(actor="t", digest="b" * 64, size=13 << 20, area_code=cast.GRID).refused == "large"
    for digest in ("../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"):
        with pytest.raises(ValueError, match="SHA-256"):
            actions.announce(actor="t", digest=digest, size=1, area_code=cast.GRID)


def test_nobody_spoke_of_it_or_of_another_size():
    content = jpeg(7)
    with pytest.raises(actions.NotAnnounced):
        send(digest_of(content), content)
    digest = announced(content)
    with pytest.raises(actions.NotAnnounced):
        actions.append(actor="t", digest=digest, size=len(content) + 1, offset=0, piece=b"x")


def test_what_never_ended_is_forgotten_and_may_come_anew():
    content = jpeg(8)
    digest = announced(content)
    send(digest, content, 0, 50)
    path = file_of(digest)
    assert forget_unfinished() == 0 and path.exists()
    Photo._base_manager.update(begun_at=timezone.now() - timedelta(days=31))
    assert forget_unfinished() == 1 and not path.exists()
    assert send(announced(content), content).complete
    Photo._base_manager.update(begun_at=timezone.now() - timedelta(days=99))
    assert forget_unfinished() == 0 and forget_old() == 0
    path = file_of(digest)
    Photo._base_manager.update(complete_at=timezone.now() - timedelta(days=3 * 365 + 1))
    assert forget_old() == 1 and forget_old() == 0 and not path.exists()
    assert Photo._base_manager.get(digest=digest).complete_at is not None


def test_the_console_shows_it_within_reach_and_logs_the_look(ground, logged_in):
    content = jpeg(9)
    digest = announced(content)
    address = reverse("photos:show", args=[digest])
    inside, outside = logged_in(cast.secretary()), logged_in(cast.secretary(cast.OTHER_COMMUNITY))
    assert inside.get(address).status_code == 404  # not whole yet
    send(digest, content)
    answer = inside.get(address)
    assert answer.content == content and answer["Content-Type"] == "image/jpeg"
    assert outside.get(address).status_code == 404
    assert Client().get(address).status_code == 302
    with within(EVERYWHERE):
        assert Reading.objects.filter(subject_type="photos.photo").count() == 1
        assert [photo.digest for photo in queries.photos_of([digest, "f" * 64])] == [digest]

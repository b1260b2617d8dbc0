"""Photos come in pieces: announced, appended, looked at once they are whole."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from wangge.foundation.journal import actions as journal
from wangge.lib.pictures import NotAPicture, Picture, read_picture
from wangge.lib.sealing.files import ENDING, write_sealed

from .enums import Refused
from .models import Photo

LARGEST = 12 * 1024 * 1024  # bytes of one photo
LARGEST_PIECE = 256 * 1024
DIGEST = re.compile(r"[0-9a-f]{64}")
MOST_TRIES = 3
UNFINISHED_KEPT = timedelta(days=30)  # a phone in a drawer may still send the rest


class NotAnnounced(LookupError):
    """Nobody said that a photo of this digest and size would come."""


class WrongOffset(ValueError):
    """A piece that does not go on where the last one ended; ``received`` says where that is."""

    def __init__(self, received: int) -> None:
        self.received = received
        super().__init__(str(received))


@dataclass(frozen=True)
class Standing:
    """How far a photo is: bytes here, whether it is whole and sound, else why it never will be."""

    received: int
    complete: bool
    refused: str = ""


def announce(*, actor: Any, digest: str, size: int, area_code: str) -> Photo:
    """A photo will come, or is here already; announcing it again changes nothing.

    Args:
        digest: SHA-256 of the whole file, 64 small hex digits.
        size: bytes of the whole file; 0, or more than ``LARGEST``, is refused at once.
    """
    if not DIGEST.fullmatch(digest):
        raise ValueError("not a SHA-256 in small hex digits")
    known = Photo._base_manager.filter(digest=digest).first()
    if known is not None:
        return known
    refused = Refused.EMPTY if size <= 0 else Refused.LARGE if size > LARGEST else ""
    made = Photo(
        digest=digest, size=min(max(size, 0), 2**31 - 1), area_code=area_code, refused=refused,
        made_by=_name(actor),
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:  # two phones announced the same file at once
        return Photo._base_manager.get(digest=digest)
    return made


def append(*, actor: Any, digest: str, size: int, offset: int, piece: bytes) -> Standing:
    """Add one piece of a photo; with the last one it is hashed, decoded and complete.

    A piece that was sent before is answered as if it came now. Nothing is lost when the server dies
    between two pieces: what the file holds decides where to go on; bytes a power failure took show as a wrong
    hash, and the photo begins anew. The whole photo is sealed, and forced to the disk before it is called
    complete.

    Args:
        offset: bytes before this piece, not negative.
        piece: at most ``LARGEST_PIECE`` bytes.

    Raises:
        NotAnnounced: no operation spoke of this digest, or of another size.
        WrongOffset: the piece lies beyond the end of what is here.
    """
    with transaction.atomic():
        photo = Photo._base_manager.select_for_update().filter(digest=digest).first()
        if photo is None or (photo.size != size and not photo.refused):
            raise NotAnnounced(digest)
        if photo.complete_at or photo.refused:
            return _standing(photo)
        _write(photo, offset, piece)
    return _finish(photo, actor) if photo.received == photo.size else _standing(photo)


def _write(photo: Photo, offset: int, piece: bytes) -> None:
    here = _held(photo)
    if offset > here:
        raise WrongOffset(here)
    fresh = piece[here - offset :][: photo.size - here]
    if not photo.content:
        photo.content.name = f"photos/{timezone.localdate():%Y/%m}/{photo.digest}"
    path = _path(photo)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        file.truncate(here)  # what a killed writer left beyond what was written down
        file.seek(here)
        file.write(fresh)
    photo.received = here + len(fresh)
    photo.save(update_fields=["content", "received"])


def _path(photo: Photo) -> Path:
    return Path(default_storage.path(str(photo.content.name)))


def _held(photo: Photo) -> int:
    """Bytes that are both written down and in the file."""
    if not photo.content:
        return 0
    path = _path(photo)
    return min(photo.received, path.stat().st_size) if path.exists() else 0


def _finish(photo: Photo, actor: Any) -> Standing:
    """Hash and decode without holding the row; two who finish at once find the same."""
    path = _path(photo)
    if not path.exists():  # the other one has just sealed it
        return _standing(Photo._base_manager.get(pk=photo.pk))
    content = path.read_bytes()
    if sha256(content).hexdigest() != photo.digest:
        return _anew(photo, actor)
    try:
        picture = read_picture(content)
    except NotAPicture as why:
        return _refuse(photo, why.why, actor)
    sealed = f"{photo.content.name}{ENDING}"
    write_sealed(Path(default_storage.path(sealed)), content)
    standing = _complete(photo, picture, sealed, actor)
    path.unlink(missing_ok=True)
    return standing


@transaction.atomic
def _anew(photo: Photo, actor: Any) -> Standing:
    """The bytes are not those of the digest: all of them are asked for again, but not for ever."""
    row = Photo._base_manager.select_for_update().get(pk=photo.pk)
    if row.complete_at is None and row.received:
        row.received, row.tries = 0, row.tries + 1
        row.save(update_fields=["received", "tries"])
    return _refuse(row, Refused.HASH, actor) if row.tries >= MOST_TRIES else _standing(row)


@transaction.atomic
def _refuse(photo: Photo, why: str, actor: Any) -> Standing:
    row = Photo._base_manager.select_for_update().get(pk=photo.pk)
    if not row.refused and row.complete_at is None:
        row.refused, row.content = why, ""
        row.save(update_fields=["refused", "content"])
        journal.record("photo.refused", actor=actor, area=row.area_code, subject=row, data={"why": why})
        _path(photo).unlink(missing_ok=True)
    return _standing(row)


@transaction.atomic
def _complete(photo: Photo, picture: Picture, sealed: str, actor: Any) -> Standing:
    row = Photo._base_manager.select_for_update().get(pk=photo.pk)
    if row.complete_at is None:
        row.kind, row.width, row.height = picture.kind, picture.width, picture.height
        row.content.name, row.complete_at = sealed, timezone.now()
        row.save(update_fields=["kind", "width", "height", "content", "complete_at"])
        journal.record("photo.completed", actor=actor, area=row.area_code, subject=row)
    return _standing(row)


def _standing(photo: Photo) -> Standing:
    return Standing(photo.received, photo.complete_at is not None, photo.refused)


def _name(actor: Any) -> str:
    return actor if isinstance(actor, str) else str(actor.get_username())

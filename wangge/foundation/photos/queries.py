"""Reads of photos. How far one is may be asked by whoever knows its digest; the picture obeys the reach."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.core.files.storage import default_storage
from django.db.models import OuterRef, QuerySet

from wangge.lib.sealing.files import read_sealed

from .enums import Refused
from .models import Photo


def standing_of(digest: str) -> Photo | None:
    """A photo that was announced, wherever; for its sender, who knows the digest."""
    return Photo._base_manager.filter(digest=digest).first()


def missing_of(digests: Iterable[str]) -> list[str]:
    """Those that were announced, are not complete and not refused; in the order given."""
    asked = list(dict.fromkeys(digests))
    rows = Photo._base_manager.filter(digest__in=asked, complete_at=None, refused="")
    waiting = set(rows.values_list("digest", flat=True))
    return [digest for digest in asked if digest in waiting]


def whole_of(digests: Iterable[str]) -> set[str]:
    """Those that are complete; the others are still to come, or refused."""
    rows = Photo._base_manager.filter(digest__in=set(digests)).exclude(complete_at=None)
    return set(rows.values_list("digest", flat=True))


def arrived(digest: OuterRef) -> QuerySet[Photo]:
    """The complete photo of a digest that another row names, for ``Exists``; its page obeys its own reach."""
    return Photo._base_manager.filter(digest=digest).exclude(complete_at=None).exclude(content="")


def standings_of(digests: Iterable[str]) -> dict[str, Photo]:
    """Photos that were announced, wherever, by digest; for rows that name them and obey their own reach."""
    return {photo.digest: photo for photo in Photo._base_manager.filter(digest__in=set(digests))}


def why_refused(photo: Photo) -> str:
    """In words; "" while it is not refused."""
    return str(Refused(photo.refused).label) if photo.refused else ""


def photos_of(digests: Iterable[str]) -> list[Photo]:
    """The photos of a matter within reach, in the order given."""
    asked = list(dict.fromkeys(digests))
    found = {photo.digest: photo for photo in Photo.objects.filter(digest__in=asked)}
    return [found[digest] for digest in asked if digest in found]


def content_of(photo: Photo) -> bytes:
    """The picture itself; for whoever logs the look. Only of a complete one."""
    return read_sealed(Path(default_storage.path(str(photo.content.name))))

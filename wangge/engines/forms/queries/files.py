"""The files of answers: which are here, which are still on their way, which will never be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wangge.foundation.photos import queries as photos
from wangge.lib.sealing.files import ENDING, read_sealed

from ..models import Attachment, Submission


@dataclass(frozen=True)
class Files:
    """here: with kind and size; missing: how many are to come; refused: why others never will, in words."""

    here: list[Attachment]
    missing: int
    refused: list[str]


def files_of(row: Submission) -> Files:
    """The files of an answer, by name."""
    files = list(Attachment.objects.filter(submission=row).order_by("name"))
    sent = photos.standings_of(file.digest for file in files if not file.content)
    here, refused = [], []
    for file in files:
        photo = sent.get(file.digest)
        if file.content:
            here.append(file)
        elif photo is not None and photo.complete_at and photo.content:
            file.kind, file.size = photo.kind, photo.size
            here.append(file)
        elif photo is not None and photo.refused:
            refused.append(photos.why_refused(photo))
    return Files(here, max(0, len(row.files) - len(here) - len(refused)), refused)


def content_of(file: Attachment) -> bytes:
    """The file itself; for whoever notes the look.

    Raises:
        LookupError: it has not arrived, or was forgotten.
    """
    if file.content:
        path = Path(default_storage.path(str(file.content.name)))
        try:
            return read_sealed(path) if path.suffix == ENDING else path.read_bytes()
        except FileNotFoundError as gone:
            raise LookupError(file.pk) from gone
    photo = photos.standings_of([file.digest]).get(file.digest)
    if photo is None or not photo.complete_at or not photo.content:
        raise LookupError(file.pk)
    file.kind = photo.kind
    return photos.content_of(photo)


def names_here(row: Submission) -> set[str]:
    """Names of the files of an answer that are here."""
    return set(_here(Attachment._base_manager.filter(submission=row)).values_list("name", flat=True))


def number_here() -> Any:
    """How many of the files of an answer are here, to annotate rows with."""
    rows = _here(Attachment._base_manager.filter(submission=OuterRef("pk"))).order_by()
    return Coalesce(Subquery(rows.values("submission").annotate(n=Count("pk")).values("n")), 0)


def _here(rows: QuerySet[Attachment]) -> QuerySet[Attachment]:
    return rows.filter(~Q(content="") | Exists(photos.arrived(OuterRef("digest"))))


def pictures_here(row: Submission) -> dict[str, str]:
    """Name → digest of the pictures of an answer that came among the photos and are whole."""
    files = dict(_awaited(Attachment._base_manager.filter(submission=row)).values_list("name", "digest"))
    whole = photos.whole_of(files.values())
    return {name: digest for name, digest in files.items() if digest in whole}


def answers_with(digest: str) -> QuerySet[Submission]:
    """The answers that named this photo by its digest, wherever; for reactions."""
    files = _awaited(Attachment._base_manager.filter(digest=digest))
    return Submission._base_manager.filter(pk__in=files.values("submission"))


def _awaited(rows: QuerySet[Attachment]) -> QuerySet[Attachment]:
    """Those that are photos: they came, or come, in pieces."""
    return rows.filter(content="")

"""Materials in reach, how many were given out, the file of one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from wangge.lib.sealing.files import read_sealed

from ..enums import State
from ..models import Given, Material


def materials(topic: str = "", *, withdrawn: bool = False) -> QuerySet[Material]:
    """The materials the reader may give out; those that are withdrawn on demand."""
    rows = (
        Material.objects.exclude(withdrawn_at=None)
        if withdrawn
        else Material.objects.filter(withdrawn_at=None)
    )
    return (rows.filter(topic=topic) if topic else rows).order_by("topic", "title", "-since", "pk")


def in_force(also: Sequence[int] = ()) -> QuerySet[Material]:
    """Those that may be given out today, and ``also`` those that were given out already."""
    today = Q(withdrawn_at=None, since__lte=timezone.localdate())
    return Material.objects.filter(today | Q(pk__in=also)).order_by("title", "pk")


def numbers_of(rows: Sequence[Material]) -> dict[int, int]:
    """How many of each were given out in reach."""
    given = Given.objects.filter(material__in=rows, session__state=State.HELD)
    return dict(given.values_list("material").annotate(n=Sum("number")))


def content_of(material: Material) -> bytes:
    """The PDF.

    Raises:
        LookupError: there is none.
    """
    if not material.content:
        raise LookupError(material.pk)
    try:
        return read_sealed(Path(default_storage.path(str(material.content.name))))
    except FileNotFoundError as gone:
        raise LookupError(material.pk) from gone

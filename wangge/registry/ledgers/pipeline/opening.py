"""A batch → everything its run needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from wangge.foundation.territory.models import Area
from wangge.lib.scoping import EVERYWHERE, prefix_of, within

from ..models import Batch
from . import store
from .clean import CleaningContext
from .cleaning import helper
from .doors import DoorReader
from .intake import BESIDE, take_in
from .offers import File, understand
from .organisations import Organisations
from .places import Doors
from .running import Run
from .writing import Stamp

STAFF_KINDS = ("staff", "organisations")


def day_of(batch: Batch) -> date:
    """The day a batch speaks of: as given, else the day it came in."""
    return batch.as_of or timezone.localtime(batch.created_at).date()


@contextmanager
def open_run(
    batch: Batch, progress: Callable[[int], None] = lambda rows: None, *, beside: bool = False
) -> Iterator[Run]:
    """Read and understand the file of a batch; with ``beside`` a second process helps with a long one."""
    long = sum(sheet.get("rows", 0) for sheet in batch.sheets) >= BESIDE
    kept = store.opened(batch.stored, Path(batch.file_name).suffix.lower())
    with helper(beside and long) as pool, kept as path:
        context = CleaningContext(settings.DEMO or settings.TEST, timezone.localdate(), batch.area_code[:6])
        reader = DoorReader(names_of(batch.area_code), home_of(batch.area_code))
        told = batch.sheets[0].get("package") if batch.sheets else None
        intake = take_in(
            path, batch.file_name, batch.mapping, context, reader, _constants(batch), pool, told, progress
        )
    doors = Doors(reader, grids_of(batch.area_code))
    staff = [i for i, name in enumerate(intake.names) if _kind(batch, name) in STAFF_KINDS]
    prefix = prefix_of(home_of(batch.area_code) or batch.area_code)
    file: File = understand(intake, doors, prefix, staff)
    stamp = Stamp(batch.source, day_of(batch), timezone.now(), batch.pk, settings.DEMO)
    yield Run(file, doors, Organisations(home_of(batch.area_code) or batch.area_code[:12]), prefix, stamp)


def home_of(area_code: str) -> str:
    """The community an area is or lies in, "" for a town or district."""
    return area_code[:12] if len(prefix_of(area_code[:12])) == 12 else ""


def names_of(area_code: str) -> list[tuple[str, str]]:
    """The names of the district's towns and communities; names of areas are no secret."""
    with within(EVERYWHERE):
        areas = Area.objects.filter(code__startswith=area_code[:6], level__in=("town", "community"))
        return list(areas.values_list("name", "code"))


def grids_of(area_code: str) -> dict[str, str]:
    """Names and numbers of the grids of an area, by community: "440703006120|3" and the like → code."""
    with within(EVERYWHERE):
        areas = Area.objects.filter(code__startswith=prefix_of(area_code)[:12], level="grid", valid_to=None)
        grids: dict[str, str] = {}
        for code, name in areas.values_list("code", "name"):
            for word in (code, name, str(int(code[12:])), code[12:]):
                grids[f"{code[:12]}|{word}"] = code
        return grids


def _constants(batch: Batch) -> dict[str, dict[str, str]]:
    """What each sheet says once for all its rows; a batch of an older release only knows the employer."""
    return {
        s["name"]: s.get("told") or {"employer": s["employer"]}
        for s in batch.sheets
        if s.get("told") or s.get("employer")
    }


def _kind(batch: Batch, sheet: str) -> str:
    return next((s.get("kind", "") for s in batch.sheets if s["name"] == sheet), "")

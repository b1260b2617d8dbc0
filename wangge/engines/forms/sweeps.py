"""What is looked after by the clock: files of answers that came before files were sealed."""

from __future__ import annotations

from pathlib import Path

from django.core.files.storage import default_storage
from django.db import transaction

from wangge.lib.sealing.files import ENDING, write_sealed

from .models import Attachment

AT_ONCE = 200


def seal_old_files() -> int:
    """Seal the files that lie open; returns how many. One after the other: after a kill the next run goes on
    with what is left. A file that is gone is passed over."""
    sealed, last = 0, 0
    open_ones = Attachment._base_manager.exclude(content="").exclude(content__endswith=ENDING).order_by("pk")
    while keys := list(open_ones.filter(pk__gt=last).values_list("pk", flat=True)[:AT_ONCE]):
        sealed += sum(_seal(pk) for pk in keys)
        last = keys[-1]
    return sealed


def _seal(pk: int) -> bool:
    """The open file is taken away before the row names the sealed one: killed between the two, the next run
    finds the sealed one and names it, and nothing stays open."""
    with transaction.atomic():
        row = Attachment._base_manager.select_for_update().filter(pk=pk).first()
        old = str(row.content.name) if row else ""
        if row is None or not old or old.endswith(ENDING):
            return False
        row.content.name = f"{old.removesuffix('.bin')}{ENDING}"
        before, after = (Path(default_storage.path(name)) for name in (old, str(row.content.name)))
        if before.exists():
            write_sealed(after, before.read_bytes())
            before.unlink()
        elif not after.exists():
            return False
        row.save(update_fields=["content"])
    return True

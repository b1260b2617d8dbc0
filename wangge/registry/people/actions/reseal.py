"""Key rotation: every sealed value under the newest key, every blind index under the one to come."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models, transaction

from wangge.foundation.journal import actions as journal
from wangge.lib.bulk import update_rows
from wangge.lib.sealing import reindex, reseal_many, seal
from wangge.lib.sealing.files import ENDING, reseal_file

from ..models import Person

AT_ONCE = 2_000
INDEXED = (("id_sealed", "id_index"), ("phone_sealed", "phone_index"))
Progress = Callable[[str, int], None]  # (column, rows done)


def sealed_columns() -> list[tuple[type[models.Model], str]]:
    """Every column of every installed app that holds sealed values; such columns end in ``_sealed``."""
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.name.endswith("_sealed")
    ]


def sealed_files() -> list[tuple[type[models.Model], str]]:
    """Every file column of every installed app whose files are sealed (``lib.sealing.files``); their models
    name them in ``sealed_files``."""
    return [(model, name) for model in apps.get_models() for name in getattr(model, "sealed_files", ())]


def sealed_as(model: type[models.Model], column: str) -> str | None:
    """The purpose a column's values are sealed for; None: by a key of their own that the house key seals."""
    purposes: dict[str, str | None] = getattr(model, "sealed_as", {})
    return purposes.get(column, "")


def reseal_all(*, actor: Any, progress: Progress = lambda column, rows: None) -> dict[str, int]:
    """Seal with the newest key what older keys sealed, files too; returns rows changed per column.

    Goes in pieces of its own transactions: after a kill the next run goes on with what is left.

    Raises:
        UnknownKey: a value's key is no longer in the ring; nothing of its piece was written.
    """
    done: dict[str, int] = {}
    for model, column in sealed_columns():
        purpose = sealed_as(model, column)
        if purpose is None:
            continue
        name = f"{model._meta.label_lower}.{column}"
        last, done[name] = 0, 0
        while rows := _reseal_piece(model, column, purpose, last):
            last, done[name] = rows[-1], done[name] + len(rows)
            progress(name, len(rows))
    for model, column in sealed_files():
        name = f"{model._meta.label_lower}.{column}"
        done[name] = _reseal_files(model, column)
        progress(name, done[name])
    changed = {name: rows for name, rows in done.items() if rows}
    journal.record("keys.rotated", actor=actor, area="", changes={"rows": changed})
    return done


@transaction.atomic
def _reseal_piece(model: type[models.Model], column: str, purpose: str, last: Any) -> list[Any]:
    """The keys of the rows that were sealed anew, at most AT_ONCE."""
    stale = model._base_manager.select_for_update().filter(pk__gt=last).exclude(**{column: ""})
    stale = stale.exclude(**{f"{column}__startswith": newest()}).order_by("pk")
    rows = list(stale.values_list("pk", column)[:AT_ONCE])
    fresh = reseal_many([value for _pk, value in rows], purpose)
    update_rows(model, model._meta.pk.name, {model._meta.pk.name: [pk for pk, _value in rows], column: fresh})
    return [pk for pk, _value in rows]


def _reseal_files(model: type[models.Model], column: str) -> int:
    """Files are read at their head only when they are current; one that is forgotten meanwhile is left."""
    names = model._base_manager.filter(**{f"{column}__endswith": ENDING}).values_list(column, flat=True)
    changed = 0
    for name in names.iterator():
        with suppress(FileNotFoundError):
            changed += reseal_file(Path(default_storage.path(name)))
    return changed


def newest() -> str:
    """How every value that the newest key sealed begins, e.g. ``v2.a.``."""
    return seal("?").rpartition(".")[0] + "."


@transaction.atomic
def reindex_people(*, actor: Any, key_id: int, progress: Progress = lambda column, rows: None) -> int:
    """Write the blind indexes that hold once ``key_id`` stands first in the ring; returns rows read.

    All or nothing, since look-ups know one index key only. Stop the writers, run this, then move the
    key to the front of WANGGE_FIELD_KEYS and start again.
    """
    last, total = 0, 0
    while rows := list(_people_after(last)):
        ids, columns = [row[0] for row in rows], list(zip(*rows, strict=True))[1:]
        for (sealed, index), values in zip(INDEXED, columns, strict=True):
            fresh: list[str | None] = list(reindex(values, key_id=key_id))
            if index == "id_index":
                fresh = [value or None for value in fresh]
            update_rows(Person, "id", {"id": ids, index: fresh})
            progress(f"people.person.{sealed}", len(ids))
        last, total = ids[-1], total + len(ids)
    journal.record("keys.reindexed", actor=actor, area="", changes={"rows": total, "key": key_id})
    return total


def _people_after(last: int) -> models.QuerySet:
    people = Person._base_manager.select_for_update().filter(pk__gt=last).order_by("pk")
    return people.values_list("id", *[sealed for sealed, _index in INDEXED])[:AT_ONCE]

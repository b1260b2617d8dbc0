"""What changed in some areas since a cursor; each query costs by what changed there, not by what is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256

from django.db.models import Count, Sum

from wangge.foundation.journal.models import Entry
from wangge.foundation.territory.queries import path_of
from wangge.registry.people.models import Building

from ..sections import Changed
from .cursor import Cursor

MOST = 20_000  # lines; beyond, sending everything anew is cheaper
# Reading changes nothing; signing in and out neither.
IDLE = ("person.revealed", "person.viewed", "ledger.exported", "ledger.export_fetched")


# An adjudication taken back removes a person whom no line names.
UNNAMED = ("case.reopened",)


class TooMuch(Exception):
    """So much changed, or in a way nobody can tell, that the phone had better begin anew."""


def above(areas: Iterable[str]) -> set[str]:
    """The communities, towns and districts in which these areas lie."""
    return {code for area in areas for code in path_of(area)}


def changed_since(cursor: Cursor, areas: Iterable[str]) -> Changed:
    """What the trail says changed in exactly these areas and those above them.

    Raises:
        TooMuch: more than ``MOST`` lines.
    """
    codes = sorted(set(areas) | above(areas))
    lines = Entry._base_manager.filter(id__gt=cursor.entry, area_code__in=codes).exclude(kind__in=IDLE)
    rows = list(lines.order_by().values_list("subject_type", "subject_id", "kind")[: MOST + 1])
    if len(rows) > MOST or any(event in UNNAMED for _kind, _key, event in rows):
        raise TooMuch
    found: dict[str, set[str]] = defaultdict(set)
    for kind, key, event in rows:
        found[kind].add(key)
        found[event].add(key)  # also by what happened: "ledger.imported" -> keys of batches
    found["people.organisation"] |= _moved_away(cursor, codes)
    return Changed(found)


def _moved_away(cursor: Cursor, codes: list[str]) -> set[str]:
    """Organisations that left these areas: their line stands where they went."""
    lines = Entry._base_manager.filter(id__gt=cursor.entry, kind="organisation.moved")
    rows = lines.order_by().values_list("subject_id", "changes")
    return {key for key, changes in rows if changes.get("from") in codes}


def marks_of(areas: Iterable[str]) -> dict[str, str]:
    """Area code -> a mark of which buildings stand in it.

    A division moves whole buildings with all that is in them, by whichever way it was decided and also on a
    day fixed long before, without a line for every row. A mark that differs says: send that area anew.
    """
    codes = sorted(set(areas))
    rows = Building._base_manager.filter(area_code__in=codes).order_by().values("area_code")
    counts = {row["area_code"]: (row["n"], row["sum"]) for row in rows.annotate(n=Count("pk"), sum=Sum("pk"))}
    return {code: sha256(repr(counts.get(code)).encode()).hexdigest()[:8] for code in codes}

"""Who was registered, left, died, was merged in a period; and which facts people and visits told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from wangge.foundation.journal.models import Entry
from wangge.registry.people.enums import PersonStatus
from wangge.registry.people.models import Merge, Tie

from .period import Hit, Period
from .ties import learned

GONE = {"person.left": "left", "person.died": "died"}
CASE = "case.settled"  # its subject is the case; the person stands among the changes
TOLD = {
    "person.updated": "changed",
    CASE: "changed",
    "person.confirmed": "confirmed",
    "person.contradicted": "contradicted",
    "person.contradiction_settled": "settled",
    "discrepancy.repaired": "repaired",
}


def _newcomers(period: Period) -> QuerySet[Tie]:
    """Of everybody who was registered in the period and stands in the register, the first tie in the area."""
    ties = learned(period)
    first = ties.filter(person=OuterRef("person"), pk__lt=OuterRef("pk"))
    people = ties.filter(period.during("person__created_at"))
    return people.exclude(person__status=PersonStatus.MERGED).filter(~Exists(first))


def count_new(period: Period) -> Counter[tuple[str, str, int, str]]:
    """Newly registered persons by source and area; one query."""
    grouped = _newcomers(period).order_by().values("person__source", "area_code").annotate(n=Count("pk"))
    rows = grouped.values_list("person__source", "area_code", "n")
    return Counter({("new", "", source, area): number for source, area, number in rows})


def newcomers(period: Period) -> Iterator[Hit]:
    """The same, one by one."""
    rows = (
        _newcomers(period)
        .order_by("pk")
        .values_list("person__source", "area_code", "person", "person__created_at")
    )
    for source, area, person, at in rows.iterator(chunk_size=2_000):
        yield Hit("new", "", source, area, person, at)


def merges(period: Period) -> Iterator[Hit]:
    """Merges that stand at the end of the period, and those that were undone in it."""
    rows = Merge.objects.filter(period.inside())
    for merge in rows.filter(period.during("at")).order_by("pk"):
        if merge.undone_at is None or merge.undone_at >= period.end:
            yield Hit("merged", "", 0, merge.area_code, merge.kept_id, merge.at)
    for merge in rows.filter(period.during("undone_at")).order_by("pk"):
        yield Hit("unmerged", "", 0, merge.area_code, merge.kept_id, merge.undone_at)


def told(period: Period) -> Iterator[Hit]:
    """What lines of the trail say: departures, and facts by name."""
    lines = Entry.objects.filter(period.during("at"), period.inside(), kind__in=[*GONE, *TOLD])
    rows = lines.order_by("pk").values_list("kind", "area_code", "subject_id", "at", "changes")
    for kind, area, subject, at, changes in rows.iterator(chunk_size=2_000):
        person = int(changes.get("person", 0)) if kind == CASE else int(subject)
        for what, field in _facts(kind, changes):
            yield Hit(what, field, int(changes.get("source", 0)), area, person, at)


def _facts(kind: str, changes: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if kind in GONE:
        yield GONE[kind], ""
        return
    filled = changes.get("filled", [])
    named = [changes["field"]] if "field" in changes else changes.get("fields", [])
    for field in named:
        yield ("filled" if field in filled else TOLD[kind]), field
    for field in changes.get("confirmed", []):
        yield "confirmed", field

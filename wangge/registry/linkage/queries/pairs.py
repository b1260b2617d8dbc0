"""Pairs as pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from wangge.foundation.territory import queries as territory
from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.registry.people.enums import PersonStatus
from wangge.registry.people.models import Person

from ..enums import MACHINE, PairState
from ..models import Pair
from .explaining import percent, words_of

PRESENT = (PersonStatus.ACTIVE, PersonStatus.PENDING)
# What the tabs of the list show.
VIEWS: dict[str, Q] = {
    "open": Q(state=PairState.OPEN, one__status__in=PRESENT, other__status__in=PRESENT),
    "decided": Q(state__in=[PairState.SAME, PairState.DIFFERENT]) & ~Q(decided_by=MACHINE),
    "merged": Q(state=PairState.SAME, decided_by=MACHINE),
    "refused": Q(state=PairState.REFUSED),
}
ORDERS = {"gain": ("-gain", "pk"), "probability": ("-probability", "pk")}


def pairs(
    view: str = "open", *, order: str = "gain", area: str = "", run: int | None = None
) -> QuerySet[Pair]:
    """Pairs in reach.

    Args:
        view: a key of ``VIEWS``. order: a key of ``ORDERS``; decided ones come the latest first.
        area: only pairs whose both sides lie in it. run: only of this run.
    """
    found = Pair.objects.filter(VIEWS.get(view, VIEWS["open"])).select_related("one", "other", "merge")
    if area:
        found = found.filter(prefix_filter("area_code", prefix_of(area)))
    if run is not None:
        found = found.filter(run=run)
    return (
        found.order_by("-decided_at", "-pk")
        if view in ("decided", "merged")
        else found.order_by(*ORDERS[order])
    )


def open_pairs() -> QuerySet[Pair]:
    """Those that wait, in no order: to count."""
    return Pair.objects.filter(VIEWS["open"])


def next_pair(pair: Pair) -> int | None:
    """The open pair after this one by gain; the first again after the last; None when no other waits."""
    others = open_pairs().exclude(pk=pair.pk).order_by("-gain", "pk")
    after = others.filter(Q(gain__lt=pair.gain) | Q(gain=pair.gain, pk__gt=pair.pk))
    return after.values_list("pk", flat=True).first() or others.values_list("pk", flat=True).first()


@dataclass(frozen=True)
class PairLine:
    """A pair in the list."""

    pair: Pair
    percent: str
    reasons: list[str]
    area: str
    kept: Person
    absorbed: Person
    undone: bool


def lines_of(found: list[Pair]) -> list[PairLine]:
    """What the list shows of the pairs; one query for the names of areas."""
    names = territory.names_of({pair.area_code for pair in found})
    return [
        PairLine(
            pair, percent(pair.probability), words_of(pair.findings), names.get(pair.area_code, ""),
            *_sides(pair), bool(pair.merge_id and pair.merge and pair.merge.undone_at),
        )
        for pair in found
    ]  # fmt: skip


def _sides(pair: Pair) -> tuple[Person, Person]:
    """The one that stays first, where there was a merge."""
    merged_first = pair.one.status == PersonStatus.MERGED and pair.other.status != PersonStatus.MERGED
    return (pair.other, pair.one) if merged_first else (pair.one, pair.other)

"""Phones and what they sent, for the console; within reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from wangge.foundation.photos.queries import missing_of

from ..enums import State
from ..models import Operation, Phone

LAST = 100  # operations shown of one phone


def phones() -> QuerySet[Phone]:
    """Those not wiped first, who called last on top; with what is rejected and what has not arrived.

    ``rejected`` counts operations that wait for a decision, ``gaps`` those recorded before the newest one and
    not here yet: the phone still has them.
    """
    sent = Operation._base_manager.filter(phone=OuterRef("pk"), copy_of=None).order_by().values("phone")
    arrived = sent.annotate(n=Count("seq", distinct=True, filter=Q(seq__gt=0))).values("n")
    rejected = (
        Operation._base_manager.filter(phone=OuterRef("pk"), state=State.REJECTED)
        .order_by().values("phone").annotate(n=Count("pk")).values("n")
    )  # fmt: skip
    rows = Phone.objects.select_related("user").annotate(
        rejected=Coalesce(Subquery(rejected), Value(0)),
        gaps=F("last_seq") - Coalesce(Subquery(arrived), Value(0)),
    )
    return rows.order_by(F("wiped_at").asc(nulls_first=True), F("seen_at").desc(nulls_last=True), "-pk")


@dataclass(frozen=True)
class Line:
    """One operation as the console shows it."""

    row: Operation
    missing: int

    @property
    def photos(self) -> int:
        return len(self.row.photos)


def operations_of(phone: Phone, *, state: str = "") -> list[Line]:
    """What a phone sent within reach, the newest first, with how many photos are still to come."""
    rows: QuerySet[Operation] = Operation.objects.filter(phone=phone)
    if state:
        rows = rows.filter(state=state)
    shown = list(rows.order_by("-id")[:LAST])
    announced = [photo["digest"] for row in shown for photo in row.photos]
    missing = set(missing_of(announced)) if announced else set()
    return [Line(row, sum(p["digest"] in missing for p in row.photos)) for row in shown]


def rejected_within() -> QuerySet[Operation]:
    """Operations within reach that wait for a decision, the newest first."""
    rows: Any = Operation.objects.filter(state=State.REJECTED)
    return rows.select_related("phone__user").order_by("-id")
